"""What years of teaching add to what a class gains."""

import pytest

from tests.little import Little

CURVE = {"curve_years": [0, 1, 5, 10], "curve": [0.0, 0.03, 0.05, 0.07], "curve_factor": 1.0,
         "usual_gain": [0.05, 0.06]}  # fmt: skip


def gain(*years, subject=0, **values):
    teachers = {"id": range(len(years)), "school": [0] * len(years), "subject": [subject] * len(years),
                "experience": years}  # fmt: skip
    return Little(teachers=teachers).lives("experience", **(CURVE | values)).teachers.experience_effect


def test_a_beginner_gives_less_and_ten_years_are_as_good_as_thirty():
    assert gain(0, 1, 3, 10, 30) == pytest.approx([-0.06, -0.03, -0.02, 0.01, 0.01])


def test_the_usual_mix_of_each_phase_counts_as_nothing():
    assert gain(5, subject=-1) == pytest.approx([0.0], abs=1e-7)
    assert gain(5, subject=0) == pytest.approx([-0.01])


def test_a_steeper_curve_is_steeper_both_ways():
    assert gain(0, 30, curve_factor=2.0) == pytest.approx([-0.12, 0.02])


def test_the_class_gains_what_the_years_of_its_teacher_add():
    system = Little(
        schools={"id": [0]},
        teachers={"id": [1, 1], "school": [0, 0], "subject": [0, 0], "experience": [0, 10]},
        classes={"id": [0, 1], "school": [0, 0], "subject": [0, 0], "teacher": [0, 1]},
    )
    effect = system.lives("experience", **CURVE).lives("teaching").classes.teaching_effect
    assert effect[1] - effect[0] == pytest.approx(0.07, rel=1e-4)
