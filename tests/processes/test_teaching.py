"""What a class gains with its teacher and its department."""

import numpy as np
import pytest

from tests.little import Little


def taught(
    quality, teacher=None, subject=0, department=0.0, term=0, elapsed=1, practice=0.0, standard_effect=0.0, **values
):
    """What classes gain [n] that are taught, one each unless said, by teachers of the qualities given."""
    count = len(quality)
    teacher = np.arange(count) if teacher is None else np.array(teacher)
    departments = np.full((1, 8), department)
    system = Little(
        schools={"id": [0], "department_effect": departments},
        teachers={"id": np.arange(count), "quality": quality, "practice": np.full(count, practice),
                  "standard_effect": np.full(count, standard_effect)},
        classes={"id": np.arange(len(teacher)), "school": np.zeros(len(teacher)), "teacher": teacher,
                 "subject": np.full(len(teacher), subject)},
        term=term, elapsed=elapsed,
    )  # fmt: skip
    alone = {"teacher_sd": [0.140, 0.115], "practice_share": 0.0}
    return system.lives("teaching", **(alone | values)).classes.teaching_effect


def test_a_better_teacher_gives_more():
    gain = taught([0.0, 0.0], stable_share=1.0)
    assert taught([1.0, -1.0], stable_share=1.0) - gain == pytest.approx([0.115, -0.115], rel=1e-4)


def test_all_classes_of_a_teacher_gain_the_same():
    gain = taught([0.5, -0.5], teacher=[0, 0, 1])
    assert gain[0] == gain[1] != gain[2]


@pytest.mark.parametrize(("subject", "sd"), [(-1, 0.140), (0, 0.115)])
def test_teachers_differ_as_much_as_the_numbers_say(subject, sd):
    quality = np.sqrt(2) * np.sin(np.arange(4000))  # standard deviation 1
    assert taught(quality, subject=subject).std() == pytest.approx(sd, rel=0.05)


def test_part_of_a_teachers_effect_lasts_and_part_is_of_the_year():
    quality = np.sqrt(2) * np.sin(np.arange(4000))
    this, following = taught(quality, elapsed=1), taught(quality, elapsed=2)
    assert np.corrcoef(this, following)[0, 1] == pytest.approx(0.60, abs=0.03)


def test_the_department_adds_its_own_in_secondary_and_there_are_none_in_primary():
    assert taught([0.0], department=0.05) - taught([0.0]) == pytest.approx([0.05], rel=1e-4)
    assert taught([0.0], subject=-1, department=0.05) == taught([0.0], subject=-1)


def test_a_class_without_a_teacher_has_its_department_only():
    assert taught([3.0], teacher=[-1], department=0.05) == pytest.approx([0.05])


def test_a_wider_factor_spreads_teachers_of_both_phases():
    for subject in (-1, 0):
        assert taught([2.0], subject=subject, teacher_sd_factor=1.2) == pytest.approx(
            1.2 * taught([2.0], subject=subject), rel=1e-4
        )


def test_practice_tells_beside_the_gift_and_the_gift_tells_the_less_the_more_practice_there_is():
    nobody = taught([0.0], stable_share=1.0)
    assert taught([0.0], practice=0.5, stable_share=1.0) - nobody == pytest.approx([0.5 * 0.115], rel=1e-4)
    gift = taught([1.0], stable_share=0.6, practice_share=0.4) - taught([0.0], stable_share=0.6, practice_share=0.4)
    assert gift == pytest.approx([0.6 * 0.115], rel=1e-4)  # the root of 0.6 times 0.6


def test_what_the_school_has_agreed_on_tells_as_practice_does():
    follows = taught([0.0], stable_share=1.0, standard_effect=0.2) - taught([0.0], stable_share=1.0)
    assert follows == pytest.approx([0.2 * 0.115], rel=1e-4)
