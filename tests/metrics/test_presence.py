"""Attendance and participation by phase and group."""

import numpy as np
import pytest

from tests.metrics.tiny_system import measured, tiny_pupils, tiny_system

SYSTEM = tiny_system(
    tiny_pupils(
        8,
        year_group=[11, 11, 7, 7, 6, 6, 0, 0],
        fsm6=[True, True, False, False, True, True, False, False],
        attendance_year=[0.80, 0.95, 0.95, 1.00, 0.85, 0.85, 0.80, 0.95],
        self_direction=[0.4, 0.2, 0.0, 0.2, 0.0, 0.0, 0.0, 0.0],
        disruptive=[False, True, False, False, True, False, False, False],
        participation=[0.5, 0.7, 0.8, 0.8, 0.6, 0.6, 0.6, 0.8],
        needs=[1, 6, 0, 4, 2, 0, 0, 0],
        home_distance=[1.5, 1.0, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0],
        belonging=[0.5, 0.0, -0.5, 0.0, 0.0, 0.0, 0.0, 0.0],
        expectation=[-1.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0],
        needs_met=[0, 6, 0, 0, 0, 0, 0, 0],
    )
)


def of(metric: str, phase: str, group: str) -> float:
    return measured(SYSTEM, metric)[phase, 0, group, ""]


def test_attendance_is_the_mean_of_the_year_by_phase():
    assert of("attendance", "secondary", "all") == pytest.approx(0.925, abs=1e-6)
    assert of("attendance", "primary", "fsm6") == pytest.approx(0.85, abs=1e-6)


def test_the_attendance_gap_is_how_much_less_the_group_is_there():
    assert of("gap_attendance", "secondary", "fsm6") == pytest.approx(0.10, abs=1e-6)


def test_persistent_absence_counts_pupils_below_nine_tenths():
    assert of("persistent_absence", "secondary", "all") == 0.25
    assert of("persistent_absence", "primary", "fsm6") == 1.0


def test_the_risk_of_persistent_absence_is_told_as_a_ratio():
    assert of("persistent_absence_ratio", "primary", "fsm6") == 2.0
    assert np.isnan(of("persistent_absence_ratio", "secondary", "fsm6"))


def test_participation_and_its_gap():
    assert of("participation", "secondary", "fsm6") == pytest.approx(0.6, abs=1e-6)
    assert of("gap_participation", "secondary", "fsm6") == pytest.approx(0.2, abs=1e-6)


def test_a_need_counts_until_a_service_meets_it():
    assert of("unmet_needs", "secondary", "all") == 0.5
    assert of("unmet_needs", "secondary", "fsm6") == 0.5
    assert of("unmet_needs", "primary", "fsm6") == 0.5


def test_disruption_is_told_as_a_share_of_pupils():
    assert of("disruption", "secondary", "all") == 0.25
    assert of("disruption", "primary", "fsm6") == 0.5


def test_what_is_expected_is_a_mean_by_group():
    assert of("expectation", "secondary", "fsm6") == -0.5
    assert of("expectation", "secondary", "all") == 0.0


def test_the_distance_of_home_and_school_is_a_mean_by_group():
    assert of("home_distance", "secondary", "fsm6") == 1.25
    assert of("home_distance", "secondary", "all") == 1.0


def test_belonging_is_a_mean_by_group():
    assert of("belonging", "secondary", "fsm6") == 0.25
    assert of("belonging", "secondary", "all") == 0.0


def test_self_direction_is_the_mean_of_pupils():
    assert of("self_direction", "secondary", "all") == pytest.approx(0.2)
    assert of("self_direction", "secondary", "fsm6") == pytest.approx(0.3)
