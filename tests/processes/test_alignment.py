"""How far home and school lie apart, and what work with parents does about it."""

import numpy as np
import pytest

from schoolsim.policy.levers import default_levers
from tests.little import Little

STEADY = {"family_sd": 0.0, "ambition_pull": 0.0}
EAL = Little().national["primary"]["eal"]


def autumn(values=None, levers=None, **pupils):
    """Some pupils of year 3 after an autumn."""
    count = len(pupils["id"])
    rows = {"year_group": [3] * count, "home_distance": [1.0] * count} | pupils
    system = Little(pupils=rows, levers=levers)
    return system.lives("alignment", **(STEADY | (values or {}))).pupils.home_distance


def test_a_child_not_yet_met_begins_where_homes_like_its_own_lie():
    distance = autumn(id=[1, 2], home_distance=[0.0, 0.0], ses=[0.0, 1.0])
    assert distance == pytest.approx([1 - 0.1 * EAL, 0.8 - 0.1 * EAL])


def test_the_distance_goes_with_position_language_and_what_the_pupil_expects():
    rows = {"ses": [0, -1, 0, 0], "eal": [0, 0, 1, 0], "expectation": [0, 0, 0, 1.0], "home_distance": [0.0] * 4}
    distance = autumn({"ambition_pull": 0.05}, id=[5] * 4, **rows)
    assert distance - distance[0] == pytest.approx([0, 0.2, 0.1, -0.05], abs=1e-6)


def test_an_hour_with_a_family_that_comes_closes_its_share():
    hours = {"uptake": 1.0, "closed_per_hour": 0.1, "drift": 0.0001, "usual_hours": 0}
    for worked, left in ((0, 1.0), (1, 0.9), (2, 0.81)):
        assert autumn(hours, {"parental_engagement.hours": worked}, id=[1])[0] == pytest.approx(left, rel=1e-3)


def test_as_many_families_come_as_the_sheet_says():
    ids = np.arange(10_000)
    distance = autumn({"uptake": 0.3, "closed_per_hour": 0.5}, {"parental_engagement.hours": 4}, id=ids)
    assert (distance < 0.5).mean() == pytest.approx(0.3, abs=0.02)


def test_without_work_the_distance_returns():
    pupils = {"id": [1], "year_group": [3], "home_distance": [0.2]}
    system = Little(pupils=pupils, levers={"parental_engagement.hours": 0})
    seen = []
    for year in range(20):
        system.state.elapsed = year
        seen.append(float(system.lives("alignment", **STEADY).pupils.home_distance[0]))
    assert (np.diff(seen) > 0).all()
    assert seen[-1] > 0.95


@pytest.mark.parametrize("values", [{}, {"uptake": 0.6, "closed_per_hour": 0.04}, {"drift": 0.5}])
def test_with_the_usual_hours_the_nation_stays_where_it_is(values):
    rows = {"id": np.arange(40_000), "year_group": [3] * 40_000, "eal": np.arange(40_000) < 40_000 * EAL}
    system = Little(pupils=rows)
    for year in range(8):
        system.state.elapsed = year
        system.lives("alignment", **values)
    assert system.pupils.home_distance.mean() == pytest.approx(1.0, abs=0.01)


def test_the_usual_hours_are_those_of_the_lever():
    assert Little().values["alignment"]["usual_hours"] == default_levers()["parental_engagement.hours"]


def test_no_home_is_nearer_than_the_closest():
    assert autumn(id=[1], ses=[20.0], home_distance=[0.0])[0] == pytest.approx(0.01)
