"""The turn of the school year: who goes, who moves up, who comes."""

import numpy as np
import pytest

from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.session import Session
from tests.little import grow, plan


def turned(session, target=None):
    """The system after nothing but the turn of the school year."""
    system = session.system
    if target is not None:
        grow(system, target)
    system.state.elapsed, system.state.term = system.elapsed + 1, 0
    system.flows.clear()
    carry_out(system, BY_NAME["cohorts"])
    return system


def rolls(system):
    return np.bincount(system.pupils.year_group, minlength=12).tolist()


def newcomers(system, year_group):
    return system.pupils.select((system.pupils.school < 0) & (system.pupils.year_group == year_group))


GROWING = [120] * 7 + [130] * 5
SHRINKING = [120] * 7 + [90] * 5


def test_everybody_moves_up_one_year_and_year_11_leaves(town):
    before = {int(i): int(y) for i, y in zip(town.system.pupils.id, town.system.pupils.year_group, strict=True)}
    system = turned(town)
    after = dict(zip(system.pupils.id.tolist(), system.pupils.year_group.tolist(), strict=True))
    assert {i: y + 1 for i, y in before.items() if y < 11}.items() <= after.items()
    assert not {i for i, y in before.items() if y == 11} & after.keys()


def test_a_new_cohort_repeats_the_starts_roll_and_sizes_stay(settled):
    system = settled.fork().system
    for _ in range(9):
        system.step()
    assert rolls(system) == system.target_roll.tolist() == [120] * 12


@pytest.mark.parametrize("year_group", [0, 7])
def test_newcomers_sit_in_no_class_until_classes_are_formed(town, year_group):
    new = newcomers(turned(town, GROWING), year_group)
    assert len(new) == (120 if year_group == 0 else 10)
    assert (new.get("class_group") == -1).all()


def test_new_children_have_no_results_yet(town):
    new = newcomers(turned(town), 0)
    assert all(np.isnan(new.get(f"measured_{stage}")).all() for stage in (5, 7, 11, 14, 16))


def test_new_children_know_only_what_reception_asks_for(town):
    attainment = newcomers(turned(town), 0).get("attainment")
    assert (attainment[:, 3:] == 0).all()
    assert (attainment[:, :3] != 0).all()


def test_new_children_live_where_and_are_who_children_of_the_start_were(town):
    system, new = town.system, newcomers(turned(town), 0)
    models = system.templates["year_group"] == system.elapsed % 7
    for trait in ("fsm6", "eal", "home_area", "ethnicity"):
        assert sorted(new.get(trait)) == sorted(system.templates[trait][models])


def test_new_children_have_luck_of_their_own(town):
    system, new = town.system, newcomers(turned(town), 0)
    known = np.concatenate([system.templates[name] for name in ("absence_trait", "participation_trait")])
    assert not np.isin(new.get("absence_trait"), known).any()
    assert new.get("absence_trait").std() == pytest.approx(1, abs=0.25)


def test_pupils_arrive_over_the_border_where_the_next_year_group_is_larger(town):
    system = turned(town, GROWING)
    assert rolls(system) == [120] * 7 + [130] + [120] * 4
    assert (system.flows["arrived over the border"], system.flows["crossed the border"]) == (10, 0)


def test_whoever_arrives_has_a_past(town):
    new = newcomers(turned(town, GROWING), 7)
    assert np.isfinite(new.get("measured_11")).all()
    assert (new.get("attainment")[:, :3] != 0).all()


def test_pupils_leave_over_the_border_where_the_next_year_group_is_smaller(town):
    system = turned(town, SHRINKING)
    assert rolls(system)[7] == pytest.approx(90, abs=15)
    assert rolls(system)[8:] == [120] * 4
    assert (system.flows["crossed the border"], system.flows["arrived over the border"]) == (120 - rolls(system)[7], 0)


def test_those_whose_homes_hold_only_older_children_arrive_and_as_many_others_leave(town):
    grow(town.system, [120] * 12, outer=50)
    system = turned(town)
    assert system.flows["arrived over the border"] == 50
    assert rolls(system)[7] == pytest.approx(120, abs=20)
    models = {name: column[:][system.arrivals["outer"]] for name, column in system.arrivals.items()}
    assert sorted(newcomers(system, 7).get("home_area")) == sorted(models["home_area"])


def test_who_came_and_who_went_add_up(town):
    before = len(town.system.pupils)
    system = turned(town, SHRINKING)
    came = system.flows["entered reception"] + system.flows["arrived over the border"]
    assert len(system.pupils) == before + came - system.flows["finished"] - system.flows["crossed the border"]


@pytest.mark.parametrize(
    "target", [[120] * 12, GROWING, [120] * 2 + [130] * 3 + [140] * 7], ids=["even", "one rise", "two rises"]
)
def test_ids_are_unique_for_ten_years(settled, target):
    system = settled.fork().system
    grow(system, target)
    before = seen = set(system.pupils.id.tolist())
    for _ in range(10):
        for _ in range(3):
            system.step()
        now = set(system.pupils.id.tolist())
        assert len(now) == len(system.pupils)
        assert not (now - before) & seen
        before, seen = now, seen | now


def test_another_world_has_other_children(town):
    other = Session(plan(), seed=99).run_to(0)
    here, there = newcomers(turned(town), 0), newcomers(turned(other), 0)
    assert not np.isin(here.get("absence_trait"), there.get("absence_trait")).any()
