"""Needs: who has them, how long they last, and what a service on the site does about them."""

import numpy as np
import pytest

from schoolsim.people.needs import KNOWN, unmet
from schoolsim.policy.levers import default_levers
from schoolsim.processes.barriers import chance_of_needs, usual_unmet_count
from tests.little import Little

MANY = 20_000
HEALTH, HOUSING, INCOME = 1, 2, 4
GROUPS = ("poverty", "special_needs", "care", "carer")
PLAIN = {"prevalence": [0.1, 0.2, 0.3]} | {f"{who}_extra": [0, 0, 0] for who in GROUPS}


def autumn(levers=None, count=MANY, values=PLAIN, **pupils):
    """Some pupils of year 3 after an autumn."""
    rows = {"id": np.arange(count), "year_group": [3] * count} | pupils
    return Little(pupils=rows, levers=levers).lives("barriers", **values)


def having(system, need):
    return float(((system.pupils.needs & need) > 0).mean())


def test_as_many_have_each_need_as_the_sheet_says():
    system = autumn()
    shares = [having(system, need) for need in (HEALTH, HOUSING, INCOME)]
    assert shares == pytest.approx([0.1, 0.2, 0.3], abs=0.01)


def test_poor_children_in_care_with_special_needs_and_who_care_have_more_on_the_same_luck():
    for column, who in (("fsm6", "poverty"), ("sen", "special_needs"), ("in_care", "care"), ("young_carer", "carer")):
        pupils = {"id": np.zeros(2, int), "year_group": [3, 3], column: [0, 1]}
        system = Little(pupils=pupils)
        system.values["barriers"] |= PLAIN | {f"{who}_extra": [0.1, 0, 0]}
        chance = chance_of_needs(system, system.pupils.year_group, system.pupils.arrays())
        assert chance[:, 1] - chance[:, 0] == pytest.approx([0.1, 0, 0]), column


@pytest.mark.parametrize(("phase", "year"), [("primary", 3), ("secondary", 9)])
def test_a_country_as_poor_as_the_nation_has_needs_as_common_as_the_nation(phase, year):
    poor = np.arange(MANY) < MANY * Little().national[phase]["fsm6"]
    system = Little(pupils={"id": np.arange(MANY), "year_group": [year] * MANY, "fsm6": poor})
    system.values["barriers"] |= {f"{who}_extra": [0, 0, 0] for who in ("special_needs", "care", "carer")}
    chance = chance_of_needs(system, system.pupils.year_group, system.pupils.arrays())
    assert chance.mean(axis=1) == pytest.approx(system.values["barriers"]["prevalence"], rel=1e-3)


def test_a_need_that_lasts_wholly_is_there_next_year_and_one_that_does_not_is_drawn_anew():
    for lasting, kept in ((1.0, 1.0), (0.0, 0.1)):
        system = autumn()
        had = system.pupils.needs & HEALTH > 0
        system.elapsed = system.state.elapsed = 2
        system.lives("barriers", **PLAIN, lasting=lasting)
        assert (system.pupils.needs[had] & HEALTH > 0).mean() == pytest.approx(kept, abs=0.03)


def test_needs_are_as_common_from_year_to_year_though_they_come_and_go():
    system = autumn()
    first = system.pupils.needs & HOUSING
    for year in (2, 3, 4):
        system.elapsed = system.state.elapsed = year
        system.lives("barriers", **PLAIN)
        assert having(system, HOUSING) == pytest.approx(0.2, abs=0.01)
    assert 0.05 < (first != system.pupils.needs & HOUSING).mean() < 0.3


def test_services_meet_the_share_that_they_have_room_for_and_only_needs_that_are_there():
    system = autumn({"services.needs_met": 0.4})
    needs, met = system.pupils.needs, system.pupils.needs_met
    assert (met & ~needs).max() == 0
    assert (met & INCOME > 0).sum() / (needs & INCOME > 0).sum() == pytest.approx(0.4, abs=0.02)


def test_more_room_leaves_nobody_out_who_was_helped_before():
    few, many = autumn({"services.needs_met": 0.1}).pupils, autumn({"services.needs_met": 0.5}).pupils
    assert (few.needs == many.needs).all()
    assert (few.needs_met & ~many.needs_met).max() == 0


def test_what_is_met_is_no_longer_unmet():
    system = autumn({"services.needs_met": 0.0}, count=3)
    system.put("pupils", needs=[KNOWN | HEALTH | INCOME, KNOWN | HOUSING, KNOWN], needs_met=[INCOME, 0, 0])
    assert unmet(system.pupils).tolist() == [HEALTH, HOUSING, 0]


def test_the_norm_holds_under_the_services_of_the_status_quo():
    values = Little().values["barriers"]
    assert values["usual_met"] == default_levers()["services.needs_met"]
    assert usual_unmet_count(Little()) == pytest.approx(0.9 * sum(values["prevalence"]))


def test_the_needs_of_a_child_are_its_own_wherever_its_row_stands():
    ids = np.array([7, 8, 9])
    rows = {"id": ids, "year_group": [3, 3, 3], "fsm6": [True, False, True]}
    turned = {name: np.asarray(column)[::-1] for name, column in rows.items()}
    one, other = (Little(pupils=pupils).lives("barriers").pupils.needs for pupils in (rows, turned))
    assert one.tolist() == other[::-1].tolist()


def test_who_comes_to_be_in_need_and_who_is_helped_are_counted():
    system = autumn()
    assert system.flows["new need"] == (system.pupils.needs != KNOWN).sum()
    assert system.flows["need met"] == (system.pupils.needs_met > 0).sum()
