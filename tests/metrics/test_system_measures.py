"""Segregation, rolls, choice and teachers on two or five schools."""

import numpy as np
import pytest

from tests.metrics.tiny_system import every_subject, measured, tiny_pupils, tiny_system

SECONDARY = ("secondary", 0, "all", "")


def test_segregation_compares_where_poor_and_other_pupils_go():
    school = [0, 0, 0, 1, 1, 1, 1, 1]
    system = tiny_system(tiny_pupils(8, school=school, fsm6=[True, True, False, True, False, False, False, False]))
    assert measured(system, "dissimilarity")["secondary", 0, "fsm6", ""] == pytest.approx(7 / 15)
    assert measured(system, "segregation")["secondary", 0, "fsm6", ""] == pytest.approx(7 / 24)


def test_a_phase_without_schools_shows_nothing():
    assert np.isnan(measured(tiny_system(tiny_pupils(2)), "dissimilarity")["primary", 0, "fsm6", ""])


def test_places_are_unfilled_year_group_by_year_group():
    places = np.zeros((2, 12))
    places[:, 11], places[:, 10] = 2, 2
    system = tiny_system(tiny_pupils(4, school=[0, 0, 0, 1]), places=places)
    # three pupils on two places fill both, one of the other school's four is taken, and nobody is in year 10
    assert measured(system, "unfilled_places")[SECONDARY] == pytest.approx(5 / 8)


def test_rolls_are_polarised_when_one_school_is_full_and_the_other_half_empty():
    places = np.zeros((2, 12))
    places[:, 11] = 4
    system = tiny_system(tiny_pupils(6, school=[0, 0, 0, 0, 1, 1]), places=places)
    assert measured(system, "roll_polarisation")[SECONDARY] == pytest.approx(0.25)
    assert measured(system, "roll")[SECONDARY] == 6


def five_schools(**columns):
    pupils = tiny_pupils(10, school=np.repeat(np.arange(5), 2), **columns)
    ones = np.ones(5, int)
    years = {"first_year": 7 * ones, "last_year": 11 * ones}
    system = tiny_system(pupils, phase=ones, in_halo=ones < 0, places=np.full((5, 12), 1), **years)
    system.teachers.school = np.array([0, 0, 4, 4, 2, -1])
    system.teachers.quality = np.array([0.5, 1.5, 0.25, 0.25, 9.0, 9.0])
    return system


def test_teachers_of_the_least_and_most_disadvantaged_fifths_are_compared():
    poor = [False] * 8 + [True, True]
    poor[3] = poor[5] = poor[7] = True
    assert measured(five_schools(fsm6=poor), "teacher_quality_gap")[SECONDARY] == pytest.approx(0.75)


def test_the_lowest_fifth_of_schools_is_found_by_this_years_measured_results():
    months = every_subject(5, 5, -9, -9, 3, 3, 4, 4, 6, 6)
    system = five_schools(measured_16=months)
    system.schools.places[1] = 2
    assert measured(system, "fill_lowest_fifth")[SECONDARY] == pytest.approx(2 / 24)


def test_admissions_of_several_entry_years_count_by_how_many_they_admitted():
    system = tiny_system(tiny_pupils(2))
    system.admissions_summary = {
        0: {"admitted": 30.0, "first_preference_share": 1.0, "nearest_school_share": 0.5},
        3: {"admitted": 10.0, "first_preference_share": 0.6, "nearest_school_share": 0.1},
    }
    assert measured(system, "first_preference_share")["primary", 0, "all", ""] == pytest.approx(0.9)
    assert measured(system, "nearest_school_share")["primary", 0, "all", ""] == pytest.approx(0.4)


def test_a_system_that_never_admitted_anybody_says_nothing_of_preferences():
    assert measured(tiny_system(tiny_pupils(2)), "first_preference_share").empty
