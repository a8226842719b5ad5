"""Sums and means by group."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from schoolsim.rules import grouping

CODES = arrays(np.int64, st.integers(1, 30), elements=st.integers(-1, 6))


def test_codes_are_renumbered_without_gaps_and_keep_their_order():
    codes, count = grouping.compact(np.array([7, -1, 3, 7]))
    assert codes.tolist() == [1, -1, 0, 1]
    assert count == 2


@given(CODES)
def test_renumbering_by_table_and_by_sorting_agree(codes):
    spread = np.where(codes < 0, -1, codes * 10**9)  # too wide for a table
    by_table, by_sorting = grouping.compact(codes), grouping.compact(spread)
    assert by_table[0].tolist() == by_sorting[0].tolist()
    assert by_table[1] == by_sorting[1]


def test_the_same_class_number_in_two_schools_is_two_classes():
    codes, count = grouping.nest(np.array([0, 0, 1, 1]), np.array([5, 6, 5, 5]))
    assert codes.tolist() == [0, 1, 2, 2]
    assert count == 3


@given(CODES)
def test_group_sums_add_up_to_the_sum_of_all_who_are_in_a_group(codes):
    values = np.arange(len(codes), dtype=float)
    assert grouping.sums(values, codes, 7).sum() == values[codes >= 0].sum()


def test_columns_are_summed_one_by_one():
    values = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    assert grouping.sums(values, np.array([0, 1, 0]), 2).tolist() == [[5.0, 50.0], [2.0, 20.0]]


def test_unknown_values_do_not_enter_a_mean():
    means = grouping.means(np.array([1.0, np.nan, 3.0, np.nan]), np.array([0, 0, 0, 1]), 3)
    assert means[0] == 2.0
    assert np.isnan(means[1:]).all()


def test_fifths_hold_equal_numbers_from_low_to_high():
    fifths = grouping.fifths(np.array([9.0, 1.0, np.nan, 5.0, 3.0, 7.0, 2.0, 4.0, 6.0, 8.0, 10.0]))
    assert fifths.tolist() == [4, 0, -1, 2, 1, 3, 0, 1, 2, 3, 4]
