"""The spread between teachers as it is written down."""

from types import SimpleNamespace

import numpy as np
import pytest

from schoolsim.metrics import METRICS, YearView, teachers
from tests.metrics.tiny_system import NORMS, tiny_pupils, tiny_system


def view_of(teacher_count: int, apart: float) -> YearView:
    """Every teacher has two classes of two pupils in one subject; half the teachers' classes do better by `apart`."""
    pupil = np.arange(teacher_count * 4)
    group = np.repeat((pupil // 2)[:, None], 8, axis=1)
    system = tiny_system(tiny_pupils(len(pupil), year_group=np.full(len(pupil), 11), class_group=group))
    count = teacher_count * 2
    system.classes = SimpleNamespace(
        year_group=np.full(count, 11), set_rank=np.zeros(count), subject=np.zeros(count, int),
        school=np.zeros(count, int), teacher_id=np.arange(count) // 2,
    )  # fmt: skip
    prior = np.where(pupil % 2 == 0, -10.0, 10.0)
    system.pupils.measured_11 = np.repeat(prior[:, None], 3, axis=1)
    gain = np.where(pupil // 4 % 2 == 0, 0.0, apart)
    system.pupils.measured_16 = np.repeat((prior + gain)[:, None], 8, axis=1)
    return YearView(system, NORMS, [])


def teacher_sd(view: YearView) -> float:
    ((phase, stage, group, basis, value),) = METRICS["teacher_sd"].rows(view)
    assert (phase, stage, group, basis) == ("secondary", 16, "all", "measured")
    return value


def test_the_spread_is_that_between_teachers_of_a_department():
    half = teachers.LEAST_TEACHERS / 2
    expected = 10.6 / 2 / 26.5 * np.sqrt(2 * half / (2 * half - 1))  # SD of two equal halves, a sample
    assert teacher_sd(view_of(teachers.LEAST_TEACHERS, 10.6)) == pytest.approx(expected, rel=0.03)


def test_few_teachers_show_nothing():
    assert np.isnan(teacher_sd(view_of(teachers.LEAST_TEACHERS - 2, 10.6)))
