"""How head and community fit."""

import pytest

from tests.little import Little


def fit(background, families, joined=1):
    system = Little(
        pupils={"id": [1, 2], "school": [0, 0], "ses": [families, families]}, schools={"id": [0]},
        heads={"id": [1], "background": [background], "joined": [joined]},
    )  # fmt: skip
    found = system.lives("contextual_fit", usual_mismatch=0.8, spread=0.5, learning_years=4.0, learnt=0.5,
                         usual_learnt=0.0)  # fmt: skip
    return float(found.heads.fit[0])


def test_the_nearer_the_families_the_better():
    assert fit(0.0, 0.0) == pytest.approx(1.6)
    assert fit(0.0, 1.0) == fit(1.0, 0.0) == pytest.approx(-0.4)


def test_years_in_the_post_mend_part_of_it():
    assert fit(1.0, 0.0, joined=-40) == pytest.approx(-0.4 + 0.5, abs=0.01)


def test_it_has_its_limits():
    assert fit(-4.0, 4.0) == -2.0


def test_a_school_without_pupils_is_taken_as_usual():
    system = Little(schools={"id": [0]}, heads={"id": [1], "background": [3.0], "joined": [1]})
    assert system.lives("contextual_fit", learnt=0.0, usual_learnt=0.0).heads.fit == pytest.approx([0.0])
