"""Selection by test: who sits, who passes, what families then hear, and whom the past has sorted."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.people.selection import heard_given_pass, moved_by_test, sit_the_test
from schoolsim.people.transfer import TransferRound

GRAMMAR, MODERN = True, False


def round_of(distance, capacity, near=None):
    """Everybody looks for a place in year 7, at the kilometres given [n, k]."""
    distance, near = np.array(distance, float), None if near is None else np.array(near)
    who, schools = np.arange(len(distance)), np.arange(len(capacity))
    return TransferRound(7, who, schools, np.array(capacity), distance, near=near)


def children(score, fsm6=None, ses=None):
    """Pupils of some measured attainment at 11, the same in every subject."""
    poor = np.zeros(len(score), bool) if fsm6 is None else np.array(fsm6)
    ses = np.zeros(len(score)) if ses is None else ses
    return SimpleNamespace(measured_11=np.tile(np.array(score)[:, None], 3), fsm=poor, fsm6=poor, ses=ses)


def after_test(
    score, going=None, distance=None, near=None, passes=1.0, selective=(GRAMMAR, MODERN), places=None, **pupils
):
    """A round after its test; the first school is a grammar school, to which a share `going` [n] of neighbours go.

    It has as many `places` as children go, unless they are said.
    """
    share = np.full(len(score), 0.5) if going is None else np.array(going)
    free = [share.sum() if places is None else places] + [9] * (len(selective) - 1)
    round_ = round_of([[1.0, 1.0]] * len(score) if distance is None else distance, free, near)
    known = np.array(selective)[round_.positions()]
    heard = np.where(known, share[:, None] / np.maximum(known.sum(axis=1, keepdims=True), 1), 0.1)
    round_.selective, round_.heard = np.array(selective) if any(selective) else None, np.log(np.maximum(heard, 1e-9))
    sit_the_test(children(score, **pupils), round_, passes)
    return round_


def test_where_no_school_selects_nobody_sits_a_test():
    round_ = after_test([1.0, 2.0], selective=(MODERN, MODERN))
    assert round_.passed is None
    assert np.isfinite(round_.distance).all()
    assert heard_given_pass(round_, 1.3) == 0.0


def test_the_best_pass_and_the_others_cannot_reach_the_grammar_school():
    round_ = after_test([5.0, 9.0, 7.0], going=[1 / 3] * 3)
    assert round_.passed.tolist() == [False, True, False]
    assert np.isfinite(round_.distance).tolist() == [[False, True], [True, True], [False, True]]


@pytest.mark.parametrize(("going", "passes", "count"), [(0.5, 1.0, 2), (0.5, 1.5, 3), (0.0, 1.5, 0), (1.0, 1.0, 4)])
def test_as_many_pass_as_go_from_their_streets_times_the_passes_for_each(going, passes, count):
    assert after_test([1.0, 2.0, 3.0, 4.0], going=[going] * 4, passes=passes).passed.sum() == count


def test_the_mark_is_lower_where_more_neighbours_go():
    apart = [[1.0, 1.0], [1.0, 1.0], [5.0, 1.0], [5.0, 1.0]]
    found = after_test([9.0, 5.0, 7.0, 6.0], going=[0.9, 0.9, 0.1, 0.1], distance=apart)
    assert found.passed.tolist() == [True, True, False, False]


@pytest.mark.parametrize(("places", "count"), [(1.0, 1), (2.0, 2), (4.0, 4)])
def test_the_mark_moves_until_as_many_pass_as_there_are_places(places, count):
    assert after_test([1.0, 2.0, 3.0, 4.0], going=[0.5] * 4, places=places).passed.sum() == count


def test_three_kinds_of_need_have_a_mark_of_their_own_and_means_have_none():
    better_off = after_test([9.0, 8.0, 2.0, 1.0], ses=np.array([-1.0, -1.0, 1.0, 1.0]))
    assert better_off.passed.tolist() == [True, True, False, False]


def test_children_are_compared_with_others_of_their_kind():
    round_ = after_test([9.0, 8.0, 2.0, 1.0], fsm6=[False, False, True, True])
    assert round_.passed.tolist() == [True, False, True, False]


def test_who_has_no_grammar_school_in_view_does_not_pass():
    near = [[0, 1], [1, 2], [0, 2]]
    round_ = after_test([1.0, 9.0, 5.0], [1.0] * 3, near=near, selective=(GRAMMAR, MODERN, MODERN))
    assert round_.passed.tolist() == [True, False, True]
    assert np.isfinite(round_.distance).all()


def test_who_cannot_be_taken_by_the_grammar_school_does_not_take_a_pass():
    round_ = after_test([9.0, 5.0], [1.0, 1.0], distance=[[np.inf, 1.0], [1.0, 1.0]])
    assert round_.passed.tolist() == [False, True]


def test_a_child_without_a_result_passes_only_where_everybody_does():
    assert after_test([np.nan, -5.0], [0.5, 0.5]).passed.tolist() == [False, True]
    assert after_test([np.nan, -5.0], [1.0, 1.0]).passed.tolist() == [True, True]


def test_of_those_who_pass_a_share_wishes_for_the_school():
    round_ = after_test([9.0, 1.0, 1.0, 1.0], going=[0.2] * 4, passes=1.6)
    heard = np.exp(np.log([0.2, 0.8]) + heard_given_pass(round_, 0.7)[0])
    assert heard / heard.sum() == pytest.approx([0.7, 0.3])
    assert heard_given_pass(round_, 0.7)[1:].tolist() == [[0.0, 0.0]] * 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.floats(0.5, 1))
def test_what_is_heard_stays_finite(going, uptake):
    assert np.isfinite(heard_given_pass(after_test([1.0] * len(going), going=going), uptake)).all()


def test_those_who_scored_best_among_those_alike_are_in_the_grammar_school():
    schooling = np.array([[0, 2], [0, 3], [1, 2], [1, 3]])
    luck = np.array([0.1, 0.2, 0.3, 0.4])
    moved = moved_by_test(schooling, np.array([1, 9, 8, 2]), np.zeros(4, int), np.array([0, 0, 1, 0], bool), luck, 1)
    assert moved.tolist() == [[0, 3], [0, 2], [1, 2], [1, 3]]


@given(st.lists(st.tuples(st.integers(1, 2), st.floats(-9, 9), st.floats(0, 1)), min_size=1))
def test_where_no_school_is_selective_everybody_stays(people):
    school, score, luck = (np.array(column) for column in zip(*people, strict=True))
    schooling, alike = np.stack([school, school], axis=1), np.zeros(len(school), int)
    assert (moved_by_test(schooling, score, alike, np.array([True, False, False]), luck, 1) == schooling).all()


PEOPLE = st.lists(st.tuples(st.integers(0, 3), st.floats(-9, 9), st.integers(0, 2), st.floats(0, 1)), min_size=1)


@given(PEOPLE)
def test_no_school_gains_or_loses_pupils_of_any_group(people):
    school, score, alike, luck = (np.array(column) for column in zip(*people, strict=True))
    selective, years = np.array([True, False, False, True]), np.stack([9 - school, school, school], axis=1)
    moved = moved_by_test(years, score, alike, selective, luck, year=1)
    assert (moved[:, 0] == years[:, 0]).all()
    assert (moved[:, 1] == moved[:, 2]).all()
    assert sorted(zip(alike, moved[:, 1], strict=True)) == sorted(zip(alike, school, strict=True))
    for group in np.unique(alike):
        passed = selective[moved[:, 1]] & (alike == group)
        others = ~selective[moved[:, 1]] & (alike == group)
        assert score[passed].min(initial=np.inf) >= score[others].max(initial=-np.inf)
