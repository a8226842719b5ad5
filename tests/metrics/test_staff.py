"""Who teaches whom."""

from types import SimpleNamespace

import numpy as np
import pytest

from tests.metrics.tiny_system import measured, tiny_pupils, tiny_system

FSM6, EVERYBODY = ("secondary", 0, "fsm6", ""), ("secondary", 0, "all", "")


def four_pupils():
    """Two poor pupils with a new and weak beginner in one of two lessons, two others with an old hand in both."""
    group = np.full((4, 8), -1)
    group[:, :2] = [[0, 1], [0, 1], [1, 1], [1, 1]]
    system = tiny_system(tiny_pupils(4, fsm6=[True, True, False, False], class_group=group))
    system.classes.teacher = np.array([0, 1])
    system.teachers = SimpleNamespace(
        school=np.array([0, 0]), quality=np.array([-1.0, 1.0]), experience=np.array([0, 12]), joined=np.array([4, -3]),
        specialist=np.array([False, True]), morale=np.array([-1.0, 1.0]), absence=np.array([0.04, 0.02]),
    )
    return system


@pytest.mark.parametrize(
    ("metric", "row", "value"),
    [("teacher_quality", FSM6, 0.0), ("teacher_quality", EVERYBODY, 0.5), ("gap_teacher_quality", FSM6, 1.0),
     ("early_teachers", FSM6, 0.5), ("gap_early_teachers", FSM6, -0.5),
     ("new_teachers", EVERYBODY, 0.25), ("covered_lessons", FSM6, 0.0),
     ("specialist_lessons", FSM6, 0.5), ("gap_specialist_lessons", FSM6, 0.5), ("teacher_morale", FSM6, 0.0),
     ("gap_teacher_morale", FSM6, 1.0), ("teacher_absence", EVERYBODY, 0.025)],
)  # fmt: skip
def test_lessons_are_counted_by_who_gives_them(metric, row, value):
    assert measured(four_pupils(), metric)[row] == pytest.approx(value, abs=1e-5)


def test_lessons_without_a_teacher_are_left_out():
    system = four_pupils()
    system.classes.teacher = np.array([-1, 1])
    assert measured(system, "teacher_quality")[FSM6] == pytest.approx(1.0)
    assert measured(system, "covered_lessons")[FSM6] == pytest.approx(0.5)


def test_who_has_no_lessons_shows_nothing():
    assert np.isnan(measured(four_pupils(), "teacher_quality")["primary", 0, "fsm6", ""])
