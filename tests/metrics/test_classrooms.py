"""Classes and those who teach them, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

import schoolsim.metrics  # noqa: F401 (registers)
from schoolsim.metrics.registry import METRICS
from schoolsim.metrics.view import YearView
from tests.metrics.tiny_system import NORMS, tiny_pupils, tiny_system


@pytest.fixture
def view() -> YearView:
    """Four pupils of year 11: three in one class, one in another, in every subject."""
    pupils = tiny_pupils(4, class_group=np.array([[0] * 8, [0] * 8, [0] * 8, [1] * 8]))
    return YearView(tiny_system(pupils), NORMS)


def value(view: YearView, name: str) -> float:
    return {row[0]: row[4] for row in METRICS[name].rows(view)}["secondary"]


def test_class_size_is_the_mean_over_classes_not_over_pupils(view):
    assert value(view, "class_size") == pytest.approx((3 * 8 + 8) / 2)


def test_half_of_the_classes_are_sets(view):
    assert value(view, "taught_in_sets") == 0.5


def test_experience_is_the_mean_of_the_phase_s_teachers(view):
    assert value(view, "teacher_experience") == 5.0


def test_practice_is_the_mean_of_the_phase_s_teachers(view):
    assert value(view, "teacher_practice") == 0.2


def test_what_was_learnt_together_counts_newcomers_as_having_learnt_nothing(view):
    assert value(view, "learnt_together") == 0.01


def test_what_is_agreed_on_is_the_mean_of_schools(view):
    assert value(view, "practice_agreed") == pytest.approx(0.2)


def test_practice_spreads_inside_departments_and_not_between_them(view):
    assert np.isnan(value(view, "practice_spread"))  # one teacher a school
    view.teachers.school, view.teachers.subject = np.array([0, 0, 0, 1]), np.array([2, 2, 3, 2])
    view.teachers.practice, view.teachers.standard_effect = np.array([0.5, -0.1, 9.0, 0.0]), np.array([-0.1, 0.1, 0, 0])
    assert value(view, "practice_spread") == pytest.approx(np.sqrt(2 * 0.2**2))


def test_low_sets_are_set_beside_top_sets_and_mixed_classes_left_out(view):
    view.classes.year_group, view.classes.school = np.full(4, 11), np.zeros(4, int)
    view.classes.set_rank, view.classes.teaching_effect = np.array([1, 2, 3, 0]), np.array([0.10, 0.04, -0.06, 9.0])
    assert value(view, "low_set_teaching") == pytest.approx(-0.11)


def test_without_sets_there_is_nothing_to_tell_of_low_ones(view):
    view.classes.set_rank = np.zeros_like(view.classes.set_rank)
    assert np.isnan(value(view, "low_set_teaching"))


def test_beliefs_are_the_mean_of_the_phase_s_teachers(view):
    assert value(view, "deficit_belief") == pytest.approx(0.2)


def test_initiatives_and_what_is_left_of_hours_are_means_of_schools(view):
    assert (value(view, "initiatives"), value(view, "effective_hours")) == pytest.approx((3.5, 0.9))
