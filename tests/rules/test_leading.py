"""How heads decide: plans that fit, rules that can be put in their place."""

from dataclasses import replace

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.errors import InputError
from schoolsim.rules.leading import ANALYSIS, NOBODY, Plan, at_random, judge, some
from schoolsim.session import Session
from tests.little import plan

DRAWS = Draws(1, "leadership", 3)


@pytest.fixture(scope="module")
def picture():
    """What the heads of the invented town see."""
    seen = []
    session = Session(plan(settling_years=0), seed=1)
    session.decide(lambda shown, draws: seen.append(shown) or judge(shown, draws)).step()
    return seen[0]


def even(count, **parts):
    usual = dict.fromkeys(("corridors", "style", "voice", "narrowing"), np.zeros(count))
    usual |= {"energy": np.ones((count, 9))}
    return Plan(**(usual | {"target": np.full(count, NOBODY)} | parts))


def test_energy_is_what_there_is():
    assert even(3).checked(3).energy == pytest.approx(np.full((3, 9), 1 / 9))


@pytest.mark.parametrize("part", [
    {"energy": np.ones((3, 8))}, {"energy": -np.ones((3, 9))}, {"energy": np.zeros((3, 9))},
    {"style": np.full(3, np.nan)}, {"voice": np.zeros(2)},
])  # fmt: skip
def test_a_plan_that_does_not_fit_is_refused_by_name(part):
    with pytest.raises(InputError, match=next(iter(part))):
        even(3, **part).checked(3)


def test_shares_stay_shares_and_targets_groups():
    made = even(2, style=np.array([-1.0, 2.0]), target=np.array([7, 1])).checked(2)
    assert made.style.tolist() == [0.0, 1.0]
    assert made.target.tolist() == [NOBODY, 1]


@pytest.mark.parametrize("rule", [judge, at_random])
def test_rules_make_plans_that_fit(picture, rule):
    made = rule(picture, DRAWS).checked(len(picture))
    assert made.energy.sum(axis=1) == pytest.approx(np.ones(len(picture)))
    assert ((made.corridors > 0) & (made.corridors < 0.6)).all()


def test_heads_who_throw_dice_do_so_alike_in_the_same_world(picture):
    assert (at_random(picture, DRAWS).energy == at_random(picture, DRAWS).energy).all()


def test_only_the_chosen_decide_otherwise(picture):
    both = some([1], at_random)(picture, DRAWS)
    others = judge(picture, DRAWS)
    same = np.isclose(both.energy, others.energy).all(axis=1)
    assert same.tolist() == [row != 1 for row in range(len(picture))]


def test_a_gap_in_sight_is_worked_on_and_none_makes_heads_look(picture):
    seen, unseen = (replace(picture, gaps=np.full((len(picture), 3), gap)) for gap in (0.4, np.nan))
    assert (judge(seen, DRAWS).target == 0).all()
    assert (judge(unseen, DRAWS).target == NOBODY).all()


def test_a_program_may_decide_and_its_decisions_move_results():
    def results(rule):
        world = Session(plan(years=3, settling_years=0), seed=1)
        return (world.decide(rule) if rule else world).run().system.pupils.attainment.mean()

    assert results(judge) == results(None) != results(at_random)


def test_a_fork_keeps_the_rule(town):
    rule = some([0], at_random)
    assert town.decide(rule).fork().system.decide is rule


def test_views_turn_heads_to_different_things(picture):
    habits = replace(picture.habits, taste_sd=0.0, view_tilt=0.5)
    tilted = replace(picture, habits=habits, structure=np.zeros(len(picture)))
    first, second = (judge(replace(tilted, view=np.full(len(picture), view)), DRAWS).energy for view in (0, 1))
    assert (first[:, ANALYSIS] > second[:, ANALYSIS]).all()
