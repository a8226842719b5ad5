"""Variation between pupils, classes, departments and schools in tables built for it."""

import numpy as np
import pytest

from schoolsim.metrics.registry import METRICS
from schoolsim.rules import variance
from schoolsim.rules.scale import sigma
from tests.metrics.tiny_system import every_subject, measured, tiny_pupils, tiny_system
from tests.rules.simulated_schools import crossed_town

TRUE_16, TRUE_11 = ("secondary", 16, "all", "true"), ("primary", 11, "all", "true")


def simulated(seed: int = 1):
    """Leavers at 16 with known components; the rule is tested elsewhere, here that metrics apply it."""
    result, codes = crossed_town(np.random.default_rng(seed), subjects=8)
    prior = result[:, :3] * 0.5
    pupils = tiny_pupils(
        len(result), school=codes["school"], class_group=codes["class"], attainment=result, measured_11=prior
    )
    count = codes["school"].max() + 1
    schools = {"phase": np.ones(count, int), "first_year": np.full(count, 7), "last_year": np.full(count, 11)}
    return tiny_system(pupils, **schools, places=np.ones((count, 12))), result, codes


def test_leavers_at_sixteen_are_split_over_schools_departments_and_classes():
    system, result, codes = simulated()
    split = variance.crossed_components(result, codes["school"], codes["class"])
    for level in ("school", "department", "class", "pupil", "pupil_subject"):
        assert measured(system, f"variance_{level}")[TRUE_16] == pytest.approx(split[level] / 26.5**2)
        assert measured(system, f"share_{level}")[TRUE_16] == pytest.approx(split.share(level))


def test_value_added_is_split_after_the_prior_is_taken_off():
    system, *_ = simulated()
    raw, added = (measured(system, f"variance_pupil{kind}")[TRUE_16] for kind in ("", "_va"))
    assert 0 < added < raw / 2


def test_leavers_at_eleven_are_split_over_schools_and_the_class_of_their_teacher():
    months = np.array([0.0, 2.0, 10.0, 12.0, 20.0, 22.0, 30.0, 32.0])
    pupils = tiny_pupils(
        8, year_group=6, school=[0, 0, 0, 0, 1, 1, 1, 1], attainment=every_subject(*months),
        class_group=np.tile([[0], [0], [1], [1], [2], [2], [3], [3]], (1, 8)),
    )  # fmt: skip
    system = tiny_system(pupils, phase=[0, 0])
    found = {level: measured(system, f"variance_{level}")[TRUE_11] * 17.5**2 for level in ("pupil", "class", "school")}
    # half squared differences: 2 in a class, 51 between classes of a school, 226 between schools
    assert found == pytest.approx({"pupil": 2.0, "class": 49.0, "school": 175.0})


def test_one_authority_cannot_show_its_own_variance():
    system, *_ = simulated()
    assert measured(system, "variance_authority").isna().all()
    assert measured(system, "share_authority_va").isna().all()


def test_the_three_ratios_differ_in_what_they_hold_against_the_school():
    system, *_ = simulated()
    within, teaching, department = (
        measured(system, f"ratio_{name}")[TRUE_16] for name in ("within", "teaching", "department")
    )
    assert within > teaching > department > 0


def test_each_ratio_exists_raw_and_in_value_added():
    names = {f"ratio_{name}{kind}" for name in ("within", "teaching", "department") for kind in ("", "_va")}
    assert names <= set(METRICS)


def test_schools_that_differ_by_ten_months_have_that_spread():
    months = np.concatenate([np.linspace(-5, 5, 50), np.linspace(5, 15, 50)])
    system = tiny_system(tiny_pupils(100, school=np.repeat([0, 1], 50), attainment=every_subject(*months)))
    assert measured(system, "between_school_sd")[TRUE_16] == pytest.approx(10 / np.sqrt(2) / sigma(16), rel=0.01)


def test_equal_schools_have_no_share_of_the_variance_but_for_luck():
    months = np.tile(np.linspace(-20, 20, 50), 2)
    system = tiny_system(tiny_pupils(100, school=np.repeat([0, 1], 50), attainment=every_subject(*months)))
    assert measured(system, "total_school_share")[TRUE_16] <= 0
    assert measured(system, "between_school_sd")[TRUE_16] == 0


def test_pupils_without_a_school_belong_to_no_school_mean():
    months = np.concatenate([np.linspace(-5, 5, 50), np.linspace(5, 15, 50), [900.0, -900.0]])
    school = np.concatenate([np.repeat([0, 1], 50), [-1, -1]])
    system = tiny_system(tiny_pupils(102, school=school, attainment=every_subject(*months)))
    assert measured(system, "between_school_sd")[TRUE_16] == pytest.approx(10 / np.sqrt(2) / sigma(16), rel=0.01)


def test_stages_are_correlated_on_measured_totals():
    prior = every_subject(1, 2, 3, 4, subjects=3)
    system = tiny_system(tiny_pupils(4, measured_11=prior, measured_16=every_subject(2, 4, 6, 8)))
    assert measured(system, "correlation_with_prior")["secondary", 16, "all", "measured"] == pytest.approx(1.0)
