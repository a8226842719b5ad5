"""Who gets which post."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws
from schoolsim.people.teacher_market import Sight, cut_to_posts, match, strangers

SIGHT = Sight(quality=0.3, experience=0.4)
LUCK = np.sqrt(2) * np.sin(np.arange(20_000) ** 1.5)


def test_the_best_looking_post_gets_who_stands_highest_field_by_field():
    post = match(np.array([0, 0, 1]), np.array([0.5, -0.5, 0.0]), np.array([0, 1, 0]), np.array([-1.0, 0.0, 1.0]))
    assert post.tolist() == [1, 2, 0]


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=12))
def test_no_school_and_no_applicant_would_rather_have_one_another(rows):
    field, looks, standing = (np.array(column) for column in zip(*rows, strict=True))
    post = match(field, looks, field, standing)
    assert sorted(post.tolist()) == list(range(len(rows)))
    assert (field[post] == field).all()
    for one in range(len(rows)):
        for other in range(len(rows)):
            wished = field[one] == field[other] and looks[post[other]] > looks[post[one]]
            assert not (wished and standing[one] > standing[other])


def test_where_there_are_fewer_posts_than_applicants_the_best_stay():
    kept = cut_to_posts(np.array([0, 0, 1]), np.array([1.0, 2.0, 0.0]), np.array([1, 1]))
    assert kept.tolist() == [False, True, True]


def test_somebody_comes_from_elsewhere_for_every_post_that_nobody_from_around_takes():
    drawn = strangers(np.array([0, 0, 0, 1]), np.array([2, 0]), Draws(1, "workforce", 0), np.arange(4))
    assert (drawn[:3].sum(), drawn[3]) == (1, True)


def test_schools_see_years_and_some_of_the_quality():
    standing = SIGHT.standing(np.array([1.0, 0.0, 0.0]), np.array([5, 9, 5]), np.zeros(3))
    assert standing == pytest.approx([0.3, 0.4, 0.0])


def test_strangers_at_the_end_of_the_queue_are_weaker_and_of_fewer_years():
    ahead, behind = (np.full(len(LUCK), z) for z in (1.0, -1.0))
    apart = SIGHT.quality_behind(ahead, LUCK).mean() - SIGHT.quality_behind(behind, LUCK).mean()
    assert apart == pytest.approx(0.6)
    assert SIGHT.fresh(behind, LUCK, 0.45).mean() > SIGHT.fresh(ahead, LUCK, 0.45).mean() + 0.1


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.0), (1.0, 1.0)])
def test_all_or_none_of_the_applicants_may_be_beginners(share, expected):
    assert SIGHT.fresh(np.zeros(5), np.zeros(5), share).mean() == expected
