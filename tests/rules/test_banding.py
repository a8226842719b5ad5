"""Fair banding: equal shares of every band, no place over, and nobody passed over unfairly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.kernels import matching_numba, matching_plain
from schoolsim.rules.banding import bands_of_applicants, by_band


def placed(lists, claim, capacity, band, split, bands, flavour=matching_numba):
    """The school of each child [n], -1 for none."""
    market = by_band(*(np.array(one) for one in (lists, claim, capacity, band, split)), bands)
    rank = flavour.match(*market)
    return np.where(rank >= 0, np.array(lists)[np.arange(len(lists)), np.maximum(rank, 0) // bands], -1)


def test_bands_hold_as_many_applicants_of_each_school_and_come_in_order_of_the_test():
    there = np.array([[0], [0], [0], [0], [1], [-1]])
    bands = bands_of_applicants(there, np.array([5.0, np.nan, 9.0, 7.0, 1.0, 0.0]), 2)
    assert bands[:5, 0].tolist() == [0, 0, 1, 1, 0]


def test_places_go_in_equal_shares_to_bands_and_inside_them_by_claim():
    claim = [[4.0], [3.0], [2.0], [1.0]]
    assert placed([[0]] * 4, claim, [2], [[0], [0], [1], [1]], [True], 2).tolist() == [0, -1, 0, -1]


def test_places_that_a_band_leaves_go_to_the_next_band():
    assert placed([[0]] * 3, [[3.0], [2.0], [1.0]], [2], [[2], [2], [2]], [True], 3).tolist() == [0, 0, -1]


def test_a_school_that_does_not_band_goes_by_claim_alone():
    claim = [[4.0], [3.0], [2.0], [1.0]]
    assert placed([[0]] * 4, claim, [2], [[0], [0], [1], [1]], [False], 2).tolist() == [0, 0, -1, -1]


@pytest.mark.parametrize("flavour", [matching_numba, matching_plain])
@given(data=st.data())
def test_no_banded_school_is_over_its_places_and_nobody_of_a_band_is_passed_over_for_a_worse_claim(flavour, data):
    count, schools, bands = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    lists = np.array([data.draw(st.permutations(range(schools))) for _ in range(count)])
    claims = np.array([data.draw(st.permutations(range(count))) for _ in range(schools)], float).T
    band = np.array([[data.draw(st.integers(0, bands - 1)) for _ in range(schools)] for _ in range(count)])
    capacity = np.array([data.draw(st.integers(0, 4)) for _ in range(schools)])
    by_entry = (np.take_along_axis(table, lists, axis=1) for table in (claims, band))
    school = placed(lists, next(by_entry), capacity, next(by_entry), np.ones(schools, bool), bands, flavour)
    assert (np.bincount(school + 1, minlength=schools + 1)[1:] <= capacity).all()
    for i, j in ((i, j) for i in range(count) for j in range(schools)):
        preferred = school[i] < 0 or list(lists[i]).index(j) < list(lists[i]).index(school[i])
        rivals = (school == j) & (band[:, j] == band[i, j])
        if preferred:
            assert (school == j).sum() == capacity[j]
            assert not (claims[rivals, j] < claims[i, j]).any()
