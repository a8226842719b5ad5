"""Figures of girls, ethnic groups, care, needs and moves, from a handful of rows worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.facts import groups, looks
from schoolsim.people.population import ETHNICITIES
from schoolsim.rules.measures import probit_gap
from schoolsim.session import Session
from tests.little import plan

SUMMER = groups.SUMMERS[0]


def pupils(count=100, **columns):
    """Pupils alike in all that is not given: White boys without needs, who never moved and reach nothing at 16."""
    usual = {"authority": 0, "year": SUMMER, "stage": 16, "id": np.arange(count), "female": False, "ethnicity": 0,
             "sen": 0, "fsm6": False, "in_care": False, "move_count": 0, "measured": 0.0, "prior": 0.0,
             "english": False, "maths": False, "five_good": False, "five_good_em": False}  # fmt: skip
    return pd.DataFrame(usual | columns)


def first(members, of=100):
    """The first so many are, or reach, what the others do not."""
    return np.arange(of) < members


def met_at_11(leavers, moves=0):
    """The same pupils five years before, with the moves they had made by then."""
    return pd.concat([leavers, leavers.assign(stage=11, year=leavers["year"] - 5, move_count=moves)], ignore_index=True)


def test_girls_are_ahead_by_the_points_by_which_more_of_them_reach_the_mark():
    girls = np.arange(100) % 2 == 0
    leavers = pupils(female=girls, five_good_em=girls & first(60))
    young = pupils(stage=11, female=girls, english=girls, maths=True)
    figures = groups.girls_and_ethnic_groups({"groups": pd.concat([leavers, young])})
    found = [figures[name] for name in ("girls_16", "girls_english_11", "girls_maths_11")]
    assert found == pytest.approx([0.6, 1.0, 0.0])


def test_an_ethnic_group_stands_against_white_pupils_alone():
    white = pupils(five_good=first(52))
    indian = pupils(ethnicity=ETHNICITIES.index("indian"), five_good=first(64))
    figures = groups.girls_and_ethnic_groups({"groups": pd.concat([white, indian, pupils(ethnicity=8)])})
    assert figures["indian"] == pytest.approx(0.31, abs=0.01)
    assert np.isnan(figures["chinese"])


def test_those_who_leave_in_other_summers_do_not_count():
    early = pupils(year=SUMMER - 1, female=first(50), five_good_em=first(50))
    late = pupils(female=first(50))
    assert groups.girls_and_ethnic_groups({"groups": pd.concat([early, late])})["girls_16"] == 0.0


def test_needs_stand_against_those_without_any_and_care_against_all_others():
    needs = np.repeat([0, 1, 2, 0], 25)
    reached = first(20, 25)
    marks = {"five_good": np.tile(reached, 4), "five_good_em": np.tile(reached, 4) & (needs < 1)}
    leavers = pupils(sen=needs, in_care=~first(75), **marks)
    figures = groups.care_needs_and_moves({"groups": met_at_11(leavers)})
    assert figures["in_care"] == pytest.approx(0.0)
    assert np.isnan(figures["needs_with_statement"])  # none of them reached it: no gap can be shown
    some = leavers.assign(five_good_em=np.where(needs == 1, np.tile(first(5, 25), 4), leavers["five_good_em"]))
    found = groups.care_needs_and_moves({"groups": met_at_11(some)})["needs_without_statement"]
    assert found == pytest.approx(-probit_gap(0.2, 0.8))


def test_only_moves_since_11_count_and_only_what_the_result_at_11_does_not_tell():
    luck = np.random.Generator(np.random.PCG64(1))
    prior, moves = luck.normal(size=500), luck.integers(0, 4, 500)
    result = prior - 0.2 * moves + 0.1 * luck.normal(size=500)
    leavers = pupils(500, prior=prior, measured=result, move_count=2 + moves, five_good=moves < 3)
    figures = groups.care_needs_and_moves({"groups": met_at_11(leavers, moves=2)})
    assert figures["a_move"] == pytest.approx(-0.2 / result.std(), abs=0.02)
    assert figures["moved_often"] == pytest.approx(1.0)
    assert figures["share_moved_often"] == pytest.approx((moves == 3).mean())


def test_pupils_of_two_authorities_with_one_id_are_two_pupils():
    apart = pd.concat([met_at_11(pupils(4, authority=place, measured=range(4)), moves=-3 * place) for place in (0, 1)])
    assert groups.care_needs_and_moves({"groups": apart})["share_moved_often"] == 0.5


def test_the_look_has_every_pupil_of_the_two_stages_and_what_the_recorder_says_they_reached():
    run = Session(plan(years=1), seed=1).run()
    seen, year_groups = looks.groups(run), run.system.pupils.year_group
    assert (seen["stage"] == 16).sum() == (year_groups == 11).sum()
    assert (seen["stage"] == 11).sum() == (year_groups == 6).sum()
    metrics = run.observe().metrics.query("year == 1 and stage == 16 and group == 'all' and basis == 'measured'")
    told = metrics.set_index("metric")["value"]
    assert seen.loc[seen["stage"] == 16, "five_good"].mean() == pytest.approx(told["five_good"])
    assert seen.loc[seen["stage"] == 16, "five_good_em"].mean() == pytest.approx(told["threshold"])
