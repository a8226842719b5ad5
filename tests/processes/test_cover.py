"""What a class loses without a teacher of its own, or with one trained for another subject."""

import pytest

from tests.little import Little

LOSSES = {"cover_loss": 0.1, "outside_loss": 0.04, "usual_cover": [0.0] * 9, "usual_outside": [0.0] * 9}


def effect(teacher=(0, 1, -1), subject=(0, 0, 0), **values):
    """Three classes: of a specialist, of somebody trained for another subject, of nobody."""
    system = Little(
        schools={"id": [0]},
        teachers={"id": [0, 1], "school": [0, 0], "specialist": [True, False]},
        classes={"id": [0, 1, 2], "school": [0] * 3, "subject": subject, "teacher": teacher},
    )
    return system.lives("cover", **(LOSSES | values)).classes.cover_effect


def test_a_class_of_a_vacant_post_loses_most_and_one_of_an_outsider_some():
    assert effect() == pytest.approx([0, -0.04, -0.1])


def test_the_usual_loss_of_a_subject_counts_as_nothing():
    usual = {"usual_cover": [0.0, 0.2, 0.0] + [0.0] * 6, "usual_outside": [0.0, 0.5, 0.0] + [0.0] * 6}
    assert effect(subject=(0, 0, 1), **usual) == pytest.approx([0.04, 0.0, -0.1])


def test_class_teachers_have_a_usual_loss_of_their_own():
    assert effect(subject=(-1, -1, -1), usual_cover=[0.1] + [0.0] * 8)[0] == pytest.approx(0.01)


def test_pupils_of_a_covered_class_learn_less_by_that_much():
    from tests.processes.test_learning import after

    group = [[0, 1, -1, -1, -1, -1, -1, -1]]
    found = after(id=[1], class_group=group, classes={"id": [0, 1], "cover_effect": [0.0, -0.1]})
    assert found[0, 1] < found[0, 0] == 0
