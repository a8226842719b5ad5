"""Ids are earned from cohort, area and order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws
from schoolsim.people.ids import in_order, order_within, pupil_id, rank_within

children = st.tuples(st.integers(-900, 900), st.integers(0, 40_000), st.integers(0, 60_000))


@given(st.sets(children, min_size=1, max_size=50))
def test_different_children_have_different_ids_that_a_float_can_hold(some):
    cohort, area, order = np.array(sorted(some)).T
    ids = pupil_id(cohort, area, order)
    assert len(set(ids)) == len(some)
    assert (ids >= 0).all() and (ids < 2**53).all()


def test_an_id_depends_on_nobody_else():
    alone = pupil_id(np.array([3]), np.array([7]), np.array([2]))
    together = pupil_id(np.array([1, 3]), np.array([9, 7]), np.array([0, 2]))
    assert alone[0] == together[1]


def test_order_counts_the_children_of_one_cohort_and_area():
    cohort, area = np.array([0, 0, 1, 0, 1]), np.array([5, 6, 5, 5, 5])
    assert order_within(cohort, area).tolist() == [0, 0, 0, 1, 1]


def test_rank_is_by_score_within_the_group():
    assert rank_within(np.array([1, 0, 1, 1]), np.array([0.9, 0.1, 0.2, 0.5])).tolist() == [2, 0, 0, 1]


groups = st.sampled_from([-1, 0, 1, 2, 65_535, 65_536, 2**40])
scores = st.one_of(st.floats(0, 1), st.sampled_from([0.5, -0.0, 0.0, float("nan"), float("inf")]))


@given(st.lists(st.tuples(groups, scores), max_size=30))
def test_rank_follows_score_then_row_order_for_any_groups_ties_and_missing_scores(rows):
    group = np.array([row[0] for row in rows], np.int64)
    score = np.array([row[1] for row in rows])
    order = np.lexsort((score, group))
    rank = rank_within(group, score)
    for value in set(group.tolist()):
        assert rank[order][group[order] == value].tolist() == list(range((group == value).sum()))


def test_ranks_are_the_same_whether_groups_stand_in_order_or_not():
    rows = np.arange(150_000)
    group, score = np.repeat(np.arange(300), 500), Draws(1, "test", 0).uniform(rows, "score")
    shuffled = np.argsort(Draws(1, "test", 0).uniform(rows, "order"))
    in_order = rank_within(group, score)
    assert (rank_within(group[shuffled], score[shuffled]) == in_order[shuffled]).all()
    assert (np.sort(in_order.reshape(300, 500), axis=1) == np.arange(500)).all()


def test_a_group_larger_than_a_block_is_ranked_whole():
    group = np.repeat([0, 1, 2], [70_000, 140_000, 3])
    assert rank_within(group).tolist() == [*range(70_000), *range(140_000), 0, 1, 2]


def test_nobody_has_no_rank():
    assert rank_within(np.empty(0, int), np.empty(0)).tolist() == []


@given(st.lists(scores, max_size=20))
def test_rows_of_equal_or_missing_score_keep_their_order(some):
    score = np.array(some, float)
    assert in_order(score).tolist() == np.argsort(score, kind="stable").tolist()
