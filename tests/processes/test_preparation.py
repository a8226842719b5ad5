"""How far schools prepare for tests, and what it leaves in pupils and in results."""

import numpy as np
import pytest

from schoolsim.rules.scale import sigma
from tests.little import Little

A_TABLE_ENTRY = 0.016
"""Months: half of the smallest step in which the table holds results at 16."""
ALIKE = {"habit_spread": 0.0, "erosion": 2.0, "recovery": 0.25}


def school(share=0.15, schools=1, **pupils):
    """Pupils of one school, which prepares for tests in this share of its teaching."""
    count = len(pupils["year_group"])
    usual = {"id": np.arange(count), "school": [0] * count}
    return Little(levers={"tests.preparation_share": share}, pupils=usual | pupils, schools={"id": np.arange(schools)})


def directs(system, **values):
    return system.lives("preparation", **(ALIKE | values)).pupils.self_direction


def test_the_usual_preparation_leaves_pupils_as_they_are():
    system = school(year_group=[6, 3])
    assert directs(system) == pytest.approx([0.0, 0.0], abs=1e-6)
    assert system.schools.preparation[0] == pytest.approx(0.0, abs=1e-6)


def test_more_of_it_costs_self_direction_in_years_with_tests_and_in_no_others():
    assert directs(school(0.35, year_group=[2, 3, 6, 9, 10, 11])) == pytest.approx([-0.4, 0, -0.4, 0, -0.4, -0.4])


def test_less_of_it_builds_self_direction():
    assert directs(school(0.05, year_group=[6])) == pytest.approx([0.2])


def test_what_was_lost_is_partly_made_up_in_a_year_without_tests():
    assert directs(school(0.35, year_group=[7], self_direction=[-0.4])) == pytest.approx([-0.3])


def test_who_is_in_no_school_is_not_prepared():
    assert directs(school(0.5, year_group=[6], school=[-1])) == pytest.approx([0.0])


def test_schools_differ_by_habit_around_what_the_lever_says():
    system = school(schools=4000, year_group=[6])
    found = system.lives("preparation", habit_spread=0.4).schools.preparation
    assert found.mean() == pytest.approx(0.0, abs=0.003)
    assert np.log((found + 0.15) / 0.15).std() == pytest.approx(0.4, rel=0.05)
    assert (found == system.lives("preparation", habit_spread=0.4).schools.preparation).all()


def shown_more(year, stage, above):
    """What the same pupil measures in a school that prepares by `above` more than usual, less in a usual one."""
    results = []
    for more in (0.0, above):
        pupils = {"id": [1], "year_group": [year], "school": [0]}
        system = Little(term=2, pupils=pupils, schools={"id": [0], "preparation": [more]})
        results.append(system.lives("assessment", coaching_gain=0.5).pupils.get(f"measured_{stage}")[0])
    return np.subtract(results[1], results[0])


def test_tests_of_prepared_years_show_what_was_practised():
    assert shown_more(6, 11, 0.2) == pytest.approx([0.1 * sigma(11)] * 3, rel=1e-4)
    assert shown_more(11, 16, 0.2) == pytest.approx([0.1 * sigma(16)] * 8, abs=A_TABLE_ENTRY)


def test_tests_of_other_years_do_not():
    assert shown_more(9, 14, 0.2) == pytest.approx([0.0] * 8)
