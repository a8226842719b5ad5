"""How a school rates its teachers, and who gets which set."""

import numpy as np
import pytest

from schoolsim.rules.scale import SUBJECTS
from tests.little import Little

MATHS = SUBJECTS.index("maths")


def rating(quality, experience=None, ids=None, practice=None, **values):
    """How teachers [n] are rated."""
    count = len(quality)
    rows = {"id": np.arange(count) if ids is None else ids, "quality": quality, "practice": practice or [0.0] * count,
            "experience": [0] * count if experience is None else experience}  # fmt: skip
    system = Little(teachers=rows)
    system.values["teaching"] |= {"stable_share": 0.64, "practice_share": 0.75 if practice else 0.0}
    return system.lives("setting", **values).teachers.rating


def test_a_school_that_sees_all_rates_by_quality_and_years():
    rated = rating([1.0, -1.0, 0.0], [0, 0, 5], seen_share=1.0, experience_weight=0.8, full_experience=10)
    assert rated == pytest.approx([1.0, -1.0, 0.4], abs=1e-6)


def test_practice_counts_as_what_is_seen_of_a_teacher():
    rated = rating([1.0, 1.0], practice=[0.0, 0.4], seen_share=1.0, experience_weight=0.0)
    assert rated == pytest.approx([0.5, 1.0], abs=1e-6)


def test_years_beyond_the_fullest_count_no_more():
    assert np.ptp(rating([0.0, 0.0], [10, 30], seen_share=1.0)) == 0


def test_what_a_school_sees_is_partly_wrong():
    quality = np.sqrt(2) * np.sin(np.arange(5000))
    rated = rating(quality, experience_weight=0.0, seen_share=0.25)
    assert np.corrcoef(rated, quality)[0, 1] == pytest.approx(0.5, abs=0.03)


def test_a_wrong_impression_lasts():
    first, again = (Little(teachers={"id": [1, 2, 3]}, elapsed=year).lives("setting") for year in (1, 2))
    assert (first.teachers.rating == again.teachers.rating).all()


def department(strength, rated):
    """Sets of four pupils by number, and the teachers of one department of maths: who takes which set [4]."""
    ids = np.arange(4)
    system = Little(
        pupils={"id": ids, "year_group": [8] * 4, "school": [0] * 4, "measured_11": [[-value] * 3 for value in ids]},
        schools={"id": [0], "phase": [1], "last_year": [11]},
        teachers={"id": ids, "school": [0] * 4, "subject": [MATHS] * 4, "rating": rated},
        levers={"setting.teachers_to_top": strength},
    )  # fmt: skip
    system.values["classes"]["class_size"] = [1, 1]
    taught = system.lives("classes").classes
    rows = np.flatnonzero(taught.subject == MATHS)
    return taught.teacher[rows[np.argsort(taught.set_rank[rows])]].tolist()


def test_at_full_strength_the_best_rated_take_the_top_sets_in_order():
    assert department(1.0, [0.0, 3.0, 1.0, 2.0]) == [1, 3, 2, 0]


def test_the_other_way_round_they_take_the_lowest():
    assert department(-1.0, [0.0, 3.0, 1.0, 2.0]) == [0, 2, 3, 1]


def test_by_lot_the_rating_makes_no_difference():
    assert department(0.0, [0.0, 3.0, 1.0, 2.0]) == department(0.0, [5.0, -3.0, 1.0, 2.0])


def test_every_teacher_has_as_many_classes_whatever_the_strength():
    for strength in (0.0, 0.3, 1.0):
        assert sorted(department(strength, [0.0, 3.0, 1.0, 2.0])) == [0, 1, 2, 3]
