"""Deferred acceptance: the same in both flavours, within places, stable, and the best for pupils."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws
from schoolsim.kernels import matching_numba, matching_plain

FLAVOURS = [matching_numba, matching_plain]


@st.composite
def markets(draw, most_pupils=7, most_schools=4):
    """Preferences [n, ranks] (-1 fills), strict priorities by school [n, schools], capacities."""
    pupils, schools = draw(st.integers(1, most_pupils)), draw(st.integers(1, most_schools))
    ranks = draw(st.integers(1, schools))
    lists = np.full((pupils, ranks), -1)
    for i in range(pupils):
        wanted = draw(st.permutations(range(schools)))[: draw(st.integers(0, ranks))]
        lists[i, : len(wanted)] = wanted
    claims = np.array([draw(st.permutations(range(pupils))) for _ in range(schools)], float).T
    capacity = np.array(draw(st.lists(st.integers(0, 3), min_size=schools, max_size=schools)), np.int64)
    return lists, claims, capacity


def outcome(flavour, lists, claims, capacity):
    """Rank given [n] and school given [n], -1 for none."""
    priority = np.take_along_axis(claims, np.maximum(lists, 0), axis=1)
    rank = flavour.match(lists, priority, capacity)
    return rank, np.where(rank >= 0, lists[np.arange(len(lists)), np.maximum(rank, 0)], -1)


def ranked(lists, i, school):
    """How pupil i ranks a school; nothing at all comes after the last one named."""
    found = np.flatnonzero(lists[i] == school) if school >= 0 else []
    return found[0] if len(found) else lists.shape[1]


def stable(lists, claims, capacity, school):
    """Whether nobody has a better claim to a place, or a free place, in a school preferred to the one given."""
    for i, wanted in product(range(len(lists)), range(len(capacity))):
        if ranked(lists, i, wanted) < ranked(lists, i, school[i]):
            there = claims[school == wanted, wanted]
            if len(there) < capacity[wanted] or (len(there) and there.min() < claims[i, wanted]):
                return False
    return True


@given(markets())
def test_both_flavours_give_the_same_places(market):
    compiled, plain = (outcome(flavour, *market)[0] for flavour in FLAVOURS)
    assert compiled.tolist() == plain.tolist()


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(market=markets())
def test_no_school_is_over_its_places_and_nobody_is_where_not_named(flavour, market):
    lists, _, capacity = market
    _, school = outcome(flavour, *market)
    assert (np.bincount(school[school >= 0], minlength=len(capacity)) <= capacity).all()
    assert all(school[i] in lists[i] for i in np.flatnonzero(school >= 0))


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(market=markets())
def test_nobody_with_a_better_claim_is_left_out_of_a_school_preferred(flavour, market):
    assert stable(*market, outcome(flavour, *market)[1])


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(market=markets(most_pupils=4, most_schools=3))
def test_no_stable_matching_is_better_for_any_pupil(flavour, market):
    lists, _, capacity = market
    _, school = outcome(flavour, *market)
    mine = [ranked(lists, i, school[i]) for i in range(len(lists))]
    for other in product(*[{-1, *row.tolist()} for row in lists]):
        given_out = np.array(other)
        full = (np.bincount(given_out[given_out >= 0], minlength=len(capacity)) > capacity).any()
        if not full and stable(*market, given_out):
            assert all(mine[i] <= ranked(lists, i, other[i]) for i in range(len(lists)))


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_pupil_loses_a_place_held_so_far_to_a_better_claim(flavour):
    lists, claims = np.array([[0, 1], [0, 1]]), np.array([[1.0, 5.0], [2.0, 5.0]])
    assert outcome(flavour, lists, claims, np.array([1, 1]))[1].tolist() == [1, 0]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_whoever_names_nothing_gets_nothing(flavour):
    lists = np.array([[-1, -1], [1, -1]])
    assert outcome(flavour, lists, np.ones((2, 2)), np.array([1, 1]))[1].tolist() == [-1, 1]


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("places", [0, -2])
def test_a_school_without_places_admits_nobody(flavour, places):
    lists = np.array([[0, 1]])
    assert outcome(flavour, lists, np.ones((1, 2)), np.array([places, 1]))[1].tolist() == [1]


@given(st.integers(0, 2**32))
def test_a_large_market_is_matched_alike_by_both(seed):
    draws = Draws(seed, "market", 0)
    pupils, schools = 200, 9
    taste = draws.uniform(np.arange(pupils * schools), "taste").reshape(pupils, schools)
    claims = draws.uniform(np.arange(pupils * schools), "claim").reshape(pupils, schools)
    market = np.argsort(taste, axis=1), claims, np.full(schools, 15)
    compiled, plain = (outcome(flavour, *market)[1] for flavour in FLAVOURS)
    assert compiled.tolist() == plain.tolist()
    assert (compiled >= 0).sum() == 9 * 15
