"""Who is there: absence by poverty, age, person, school and spell."""

import numpy as np
import pytest

from schoolsim.processes.attendance import expected_absence, more_for_needs
from schoolsim.processes.barriers import chance_of_needs, usual_unmet
from tests.little import Little

STEADY = {"trait_sd": 0.0, "term_sd": 0.0}


def absence(pupils, schools=None, term=0, **values):
    """Share of sessions missed [n] by some pupils of one school, without spells unless asked for."""
    count = len(pupils["id"])
    usual = {"year_group": [7] * count, "school": [0] * count}
    climate = schools or {"id": [0], "attendance_climate": [0.0]}
    system = Little(pupils=usual | pupils, schools=climate, term=term)
    return 1 - system.lives("attendance", **(STEADY | values)).pupils.attendance


def test_a_poorer_pupil_misses_more_school_on_the_same_luck():
    missed = absence({"id": [5, 5], "fsm6": [True, False]}, term_sd=0.45)
    assert missed[0] / missed[1] == pytest.approx(np.exp(0.35), rel=1e-4)


def test_absence_follows_the_year_group():
    missed = absence({"id": [1, 2], "year_group": [7, 11]}, base_absence=[0.03] * 11 + [0.06])
    assert missed[1] == pytest.approx(2 * missed[0], rel=1e-4)


def test_a_country_as_poor_as_the_nation_misses_what_the_nation_misses():
    poor = np.arange(1000) < 1000 * Little().national["secondary"]["fsm6"]
    chance = usual_unmet(Little(), np.full(1000, 7), poor)
    missed = absence({"id": np.arange(1000), "fsm6": poor}) * more_for_needs(Little(), chance)
    assert missed.mean() == pytest.approx(Little().values["attendance"]["base_absence"][7], rel=0.005)


def test_each_need_that_nobody_meets_costs_sessions():
    needs = {"needs": [0, 1, 3, 3], "needs_met": [0, 0, 0, 2]}
    missed = absence({"id": [5, 5, 5, 5]} | needs, need_log_ratio=[0.3, 0.1, 0.0], need_strength=2.0)
    assert missed / missed[0] == pytest.approx(np.exp([0.0, 0.6, 0.8, 0.6]), rel=1e-4)


def test_pupils_miss_on_average_what_their_chances_of_need_make_expected():
    count = 40_000
    rows = {"id": np.arange(count), "year_group": [7] * count, "school": [0] * count, "fsm6": [True] * count}
    system = Little(pupils=rows, schools={"id": [0]}).lives("barriers")
    expected = expected_absence(
        system.pupils.year_group, system.pupils.fsm6, system,
        0.9 * chance_of_needs(system, system.pupils.year_group, system.pupils.arrays()),
    )  # fmt: skip
    missed = 1 - system.lives("attendance", **STEADY).pupils.attendance
    assert missed.mean() == pytest.approx(expected.mean(), rel=0.005)


def test_absence_goes_with_the_persons_tendency():
    missed = absence({"id": [5, 5, 5], "absence_trait": [-1, 0, 1]}, trait_sd=0.7)
    assert missed[0] < missed[1] < missed[2]
    assert missed[2] / missed[1] == pytest.approx(np.exp(0.7), rel=1e-4)


def test_a_schools_climate_bears_on_its_own_pupils_only():
    schools = {"id": [0, 1], "attendance_climate": [0.0, 0.5]}
    missed = absence({"id": [5, 5, 5], "school": [0, 1, -1]}, schools)
    assert missed[1] / missed[0] == pytest.approx(np.exp(0.5), rel=1e-4)
    assert missed[2] == missed[0]


def test_spells_and_traits_do_not_change_the_mean():
    ids = np.arange(20_000)
    quiet = absence({"id": ids[:1]})[0]
    assert absence({"id": ids}, term_sd=0.45).mean() == pytest.approx(quiet, rel=0.01)


def test_nobody_on_roll_misses_more_than_the_largest_share():
    missed = absence({"id": [1], "absence_trait": [9.0]}, trait_sd=0.8, highest_absence=0.9)
    assert missed[0] == pytest.approx(0.9)


def test_the_year_so_far_is_the_mean_of_its_terms():
    system = Little(pupils={"id": [1], "year_group": [7], "attendance_year": [0.2]}, schools={"id": [0]})
    terms = []
    for term in range(3):
        system.term = system.state.term = term
        terms.append(system.lives("attendance").pupils.attendance[0])
        assert system.pupils.attendance_year[0] == pytest.approx(np.mean(terms), rel=1e-5)
    assert len(set(terms)) == 3
