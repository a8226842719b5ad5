"""Pupils are dealt into classes: even blocks of those who stand next to one another."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.people.classes import deal, plan_classes

GROUPS = 4


def test_each_group_is_cut_into_as_many_blocks_as_asked_in_the_order_of_the_key():
    group = np.array([1, 0, 1, 1, 0, 1])
    key = np.array([0.1, 0.9, 0.8, 0.2, 0.4, 0.7])
    assert deal(group, np.array([1, 2])).by_rank(key).tolist() == [0, 0, 1, 0, 0, 1]


def test_two_orders_of_the_same_pupils_make_classes_of_the_same_sizes():
    group = np.repeat([0, 1], [7, 5])
    dealt = deal(group, np.array([3, 2]))
    one, other = (dealt.by_rank(key) for key in (np.linspace(0, 0.9, 12), np.linspace(0.9, 0, 12)))
    assert one.tolist() != other.tolist()
    for school in (0, 1):
        sizes = [np.bincount(number[group == school]).tolist() for number in (one, other)]
        assert sizes[0] == sizes[1]


@given(st.lists(st.tuples(st.integers(0, GROUPS - 1), st.floats(0, 0.999)), max_size=40), st.integers(1, 5))
def test_blocks_of_a_group_differ_by_one_pupil_at_most(rows, count):
    group, key = np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows])
    number = deal(group, np.full(GROUPS, count)).by_rank(key)
    for value in set(group.tolist()):
        sizes = np.bincount(number[group == value], minlength=count)
        assert len(sizes) == count and np.ptp(sizes) <= 1


def test_the_first_classes_of_a_secondary_year_stand_subject_after_subject():
    roll = np.zeros((2, 12), int)
    roll[0, 0], roll[1, 7] = 40, 50
    plan = plan_classes(roll, [30, 28])
    assert plan.first_seats()[12 + 7].tolist() == [2, 4, 6, 8, 10, 12, 14, 16]
    assert plan.base[0, 0] == 0
