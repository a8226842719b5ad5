"""Gaps on tables small enough to work out by hand."""

import numpy as np
import pytest

from schoolsim.people.groups import ETHNICITIES
from schoolsim.rules.scale import STAGES, sigma
from tests.metrics.tiny_system import every_subject, measured, tiny_pupils, tiny_system

SIXTEEN = ("secondary", 16)
POOR = np.array([True, True, False, False])
TRUE, SAT = every_subject(-10, -20, 20, 30), every_subject(-10, -30, 20, 50)


def four_leavers(**columns):
    return tiny_system(tiny_pupils(4, fsm6=POOR, attainment=TRUE, measured_16=SAT, **columns))


def test_the_gap_is_the_difference_of_means_in_months_and_in_sd():
    system = four_leavers()
    assert measured(system, "gap_months")[(*SIXTEEN, "fsm6", "true")] == 40.0
    assert measured(system, "gap_sd")[(*SIXTEEN, "fsm6", "true")] == pytest.approx(40 / 26.5)


def test_measured_gaps_come_from_tests_and_true_ones_from_attainment():
    gap = measured(four_leavers(), "gap_months")
    assert (gap[(*SIXTEEN, "fsm6", "true")], gap[(*SIXTEEN, "fsm6", "measured")]) == (40.0, 55.0)


def test_both_sides_of_a_gap_are_told():
    system = four_leavers()
    assert measured(system, "attainment")[(*SIXTEEN, "fsm6", "true")] == pytest.approx(-15 / 26.5)
    assert measured(system, "attainment_reference")[(*SIXTEEN, "fsm6", "true")] == pytest.approx(25 / 26.5)
    assert measured(system, "attainment")[(*SIXTEEN, "all", "true")] == pytest.approx(5 / 26.5)


def test_everybody_is_compared_with_nobody():
    assert "all" not in measured(four_leavers(), "gap_sd").index.get_level_values("group")


def test_a_group_of_one_has_no_gap():
    system = tiny_system(tiny_pupils(4, fsm6=np.array([True, False, False, False]), attainment=TRUE))
    assert np.isnan(measured(system, "gap_months")[(*SIXTEEN, "fsm6", "true")])


def test_an_ethnic_group_is_measured_against_white_british_pupils():
    ethnicity = [ETHNICITIES.index(name) for name in ("indian", "indian", "white_british", "white_british", "mixed")]
    system = tiny_system(tiny_pupils(5, ethnicity=ethnicity, attainment=every_subject(30, 10, 0, 2, -900)))
    assert measured(system, "gap_months", ("indian",))[(*SIXTEEN, "indian", "true")] == -19.0


def test_an_intersection_is_measured_against_everybody_else():
    system = four_leavers(female=np.array([False, False, False, True]))
    gap = measured(system, "gap_months", ("fsm6&boys",))
    assert gap[(*SIXTEEN, "fsm6&boys", "true")] == 40.0


def test_the_rate_of_five_good_grades_with_english_and_maths_and_its_gap():
    system = tiny_system(tiny_pupils(4, fsm6=POOR, measured_16=every_subject(45, 30, 40, 90)))
    assert measured(system, "threshold")[(*SIXTEEN, "fsm6", "measured")] == 0.5
    assert measured(system, "gap_threshold")[(*SIXTEEN, "fsm6", "measured")] == 0.5


def test_points_count_grades_and_attainment_8_counts_two_of_them_twice():
    system = tiny_system(tiny_pupils(4, fsm6=POOR, measured_16=every_subject(10, 30, 40, 60)))
    assert measured(system, "points")[(*SIXTEEN, "fsm6", "measured")] == 16.0
    assert measured(system, "gap_attainment8")[(*SIXTEEN, "fsm6", "measured")] == 30.0


@pytest.mark.parametrize(("stage", "phase"), [(5, "primary"), (7, "primary"), (11, "primary"), (14, "secondary")])
def test_earlier_stages_read_their_own_tests_and_subjects(stage, phase):
    subjects = 3 if phase == "primary" else 8
    tests = np.array([12.0, 0.0, 12.0, 12.0])
    months = tests if stage == 5 else np.tile(tests[:, None], (1, subjects))
    true = np.hstack([np.tile(tests[:, None], (1, subjects)), np.full((4, 8 - subjects), 777.0)])
    pupils = tiny_pupils(4, fsm6=POOR, year_group=STAGES[stage], attainment=true, **{f"measured_{stage}": months})
    system = tiny_system(pupils)
    for basis in ("true", "measured"):
        assert measured(system, "gap_sd")[(phase, stage, "fsm6", basis)] == pytest.approx(6 / sigma(stage))
        assert measured(system, "gap_threshold")[(phase, stage, "fsm6", basis)] == 0.5


def test_progress_is_value_added_and_zero_for_everybody():
    prior = np.tile(np.array([0.0, 1.0, 0.0, 1.0])[:, None], (1, 3))
    system = tiny_system(tiny_pupils(4, fsm6=POOR, measured_11=prior, measured_16=every_subject(0, 10, 4, 14)))
    progress = measured(system, "progress")
    assert progress[(*SIXTEEN, "fsm6", "measured")] == pytest.approx(-2 / 26.5, abs=1e-6)
    assert progress[(*SIXTEEN, "all", "measured")] == pytest.approx(0, abs=1e-6)


def test_pupils_who_missed_the_tests_count_as_members_but_not_in_results():
    sat = every_subject(10, 30, 40, np.nan)
    system = tiny_system(tiny_pupils(4, fsm6=POOR, measured_16=sat))
    assert measured(system, "pupils")[(*SIXTEEN, "all", "")] == 4
    assert measured(system, "points")[(*SIXTEEN, "all", "measured")] == pytest.approx(8 * 8 / 3, abs=1e-5)


def test_the_order_of_pupils_changes_no_bit_of_a_mean():
    rng = np.random.default_rng(1)
    months, poor, order = rng.normal(0, 20, (999, 8)).astype("f4"), rng.random(999) < 0.3, rng.permutation(999)
    one = tiny_system(tiny_pupils(999, fsm6=poor, attainment=months))
    other = tiny_system(tiny_pupils(999, fsm6=poor[order], attainment=months[order]))
    assert measured(one, "gap_sd").equals(measured(other, "gap_sd"))
