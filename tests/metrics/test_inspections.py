"""What inspectors make of schools, and what it takes."""

import pytest

from tests.metrics.tiny_system import measured, tiny_pupils, tiny_system


def of_secondaries(name, **schools):
    pupils = tiny_pupils(4, school=[0, 0, 1, 1])
    return measured(tiny_system(pupils, **schools), name).loc[("secondary", 0, "all", "")]


@pytest.mark.parametrize(("name", "share"), [("good", 0.5), ("inadequate", 0.5), ("outstanding", 0)])
def test_shares_of_grades_are_of_schools(name, share):
    assert of_secondaries(f"graded_{name}") == share


def test_schools_never_inspected_are_left_out():
    assert of_secondaries("graded_good", inspection_grade=[2, 0]) == 1.0


def test_special_measures_and_days_are_means_of_schools():
    assert of_secondaries("in_special_measures") == 0.5
    assert of_secondaries("inspector_days") == 4.0
    assert of_secondaries("head_days") == 5.0
    assert of_secondaries("sharing") == pytest.approx(0.95)


def test_costs_are_told_for_each_pupil():
    assert of_secondaries("oversight_cost") == 2500.0
