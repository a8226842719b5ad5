"""Verdicts on numbers and facts: in range often enough, wide is undecided, nothing is loosened."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.lab.facts.register import Number
from schoolsim.lab.facts.scoring import ENOUGH_SEEDS, Verdict, combined, score

MET, NOT_MET, UNDECIDED, REPORTED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDECIDED, Verdict.REPORTED
SHARE = Number("share", "a share", "share", low=1.0, high=2.0)
EFFECT = Number("effect", "an effect", "SD", low=0.0, high=5.0, signed=True)
EXACT = Number("roll", "a difference", "pupils", high=0.0)
FREE = Number("raw", "a raw figure", "ratio")
FIGURES = st.lists(st.floats(-4, 6), min_size=1, max_size=30)


def verdict(values, number=SHARE):
    return score(values, number).verdict


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.5] * 20, MET),
        ([1.5] * 12 + [2.1] * 8, MET),
        ([1.9] * 11 + [2.1] * 9, NOT_MET),
        ([2.1] * 20, NOT_MET),
        ([1.0, 2.0] * 10, MET),
        ([0.0] * 4 + [1.5] * 12 + [3.0] * 4, UNDECIDED),
        ([2.5, 7.0] * 10, NOT_MET),
    ],
    ids=["all in", "12 of 20 in", "11 of 20 in", "all out", "on the ends", "wide", "wide and never in"],
)
def test_a_number_is_met_when_median_and_enough_seeds_lie_in_a_range_that_is_not_dwarfed(values, expected):
    assert verdict(values) is expected


def test_the_median_must_lie_in_the_range_too():
    straddling = Number("x", "", "", low=-1.0, high=1.0, signed=False)
    assert verdict([0.9] * 12 + [1.4] * 8, straddling) is MET
    assert score([0.9] * 12 + [1.4] * 8, straddling).inside == 0.6
    assert verdict([0.9] * 9 + [1.4] * 11, straddling) is NOT_MET


def test_a_signed_effect_needs_the_right_sign_in_nine_seeds_of_ten():
    assert verdict([0.1] * 18 + [-0.1] * 2, EFFECT) is MET
    assert verdict([0.1] * 17 + [-0.1] * 3, EFFECT) is NOT_MET
    fall = Number("effect", "", "SD", low=-5.0, high=0.0, signed=True)
    assert verdict([-0.1] * 20, fall) is MET


def test_a_number_with_one_end_is_never_too_wide():
    assert verdict([0.0] * 20, EXACT) is MET
    assert verdict([0.0] * 7 + [900.0] * 13, EXACT) is NOT_MET


def test_a_seed_that_cannot_show_the_figure_counts_as_outside():
    assert score([1.5] * 11 + [math.nan] * 9, SHARE).inside == 0.55
    assert verdict([1.5] * 11 + [math.nan] * 9) is NOT_MET


def test_what_no_seed_can_show_is_undecided():
    shown = score([math.nan] * 20, SHARE)
    assert (shown.verdict, shown.inside, shown.seed_count) == (UNDECIDED, 0.0, 20)
    assert score([], SHARE).verdict is UNDECIDED


def test_a_number_without_a_range_is_reported_and_not_scored():
    assert verdict([7.0] * 20, FREE) is REPORTED
    assert combined([MET, REPORTED]) is MET


def test_the_interval_holds_the_middle_of_the_seeds_and_its_width_is_told():
    shown = score(np.arange(101.0), SHARE)
    assert (shown.low, shown.median, shown.high, shown.width) == (2.5, 50.0, 97.5, 95.0)


def test_fewer_than_twenty_seeds_are_provisional():
    assert score([1.5] * (ENOUGH_SEEDS - 1), SHARE).provisional
    assert not score([1.5] * ENOUGH_SEEDS, SHARE).provisional


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [([MET, MET], MET), ([MET, UNDECIDED], UNDECIDED), ([UNDECIDED, NOT_MET, MET], NOT_MET), ([REPORTED], UNDECIDED)],
)
def test_a_fact_is_met_when_all_its_numbers_are(verdicts, expected):
    assert combined(verdicts) is expected


@given(values=FIGURES, order=st.randoms(use_true_random=False))
def test_the_order_of_seeds_is_irrelevant(values, order):
    mixed = list(values)
    order.shuffle(mixed)
    assert score(mixed, SHARE) == score(values, SHARE)


@given(values=FIGURES, factor=st.sampled_from([0.25, 2.0, 64.0]))
def test_the_unit_is_irrelevant(values, factor):
    scaled = Number("share", "", "", low=SHARE.low * factor, high=SHARE.high * factor)
    assert verdict([value * factor for value in values], scaled) is verdict(values)


@given(values=FIGURES)
def test_what_is_met_has_its_median_and_most_seeds_in_the_range(values):
    shown = score(values, SHARE)
    inside = sum(SHARE.low - 1e-9 <= value <= SHARE.high + 1e-9 for value in values) / len(values)
    if shown.verdict is MET:
        assert SHARE.low <= shown.median <= SHARE.high
        assert inside >= 0.6
        assert shown.width <= 2 * (SHARE.high - SHARE.low)


@given(values=FIGURES, replaced=st.integers(0, 29))
def test_one_more_seed_in_the_middle_of_the_range_never_unmakes_a_met_number(values, replaced):
    better = [*values]
    better[replaced % len(values)] = 1.5
    if verdict(values) is MET:
        assert verdict(better) is MET
