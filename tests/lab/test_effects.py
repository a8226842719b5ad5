"""Paired effects from tiny frames."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import GAP, effect, frame

from schoolsim.lab.effects import Cell, Effect, changes, find, half_width, paired_effects, split_spread, summarise


def test_difference_is_taken_within_a_replicate_whatever_the_order_of_rows():
    metrics = frame({"stand-still": [0.5, 0.9], "reform": [0.4, 0.8]}).iloc[[3, 0, 2, 1]]
    found = find(paired_effects(metrics, "stand-still"), GAP, regime="reform")
    assert (found.n, found.mean, found.sd) == (2, pytest.approx(-0.1), pytest.approx(0.0))


def test_interval_of_three_pairs_is_students_with_two_degrees_of_freedom():
    found = effect([0.5, 0.5, 0.5], [0.4, 0.3, 0.2])
    assert found.high - found.mean == pytest.approx(4.302653 * 0.1 / np.sqrt(3), rel=1e-6)


def test_agreement_counts_runs_with_the_sign_of_the_mean_and_a_tie_is_none():
    found = effect([0.5, 0.5, 0.5, 0.5], [0.3, 0.4, 0.5, 0.55])
    assert (found.agree_count, found.agree_share) == (2, 0.5)


def test_one_replicate_has_a_difference_but_no_interval():
    found = effect([0.5], [0.4])
    assert found.n == 1
    assert found.mean == pytest.approx(-0.1)
    assert np.isnan([found.low, found.high]).all()


def test_a_pair_with_a_missing_side_counts_for_nothing():
    found = effect([0.5, np.nan, 0.7], [0.4, 0.1, np.nan])
    assert (found.n, found.before, found.after) == (1, 0.5, 0.4)


def test_regimes_that_are_equal_in_every_run_have_an_interval_of_zero_width():
    found = effect([0.5, 0.6], [0.5, 0.6])
    assert (found.low, found.high, found.agree_count) == (0.0, 0.0, 0)


def test_an_unrecorded_cell_gives_an_empty_effect():
    effects = paired_effects(frame({"stand-still": [0.5], "reform": [0.4]}), "stand-still")
    assert find(effects, Cell("gap_sd", "primary", 11, "fsm6", "true"), regime="reform").n == 0


def test_drawn_and_fixed_sets_are_summarised_apart():
    both = pd.concat([frame({"a": [1.0, 1.0], "b": [2.0, 3.0]}), frame({"a": [1.0, 1.0], "b": [1.5, 1.5]}, "fixed")])
    effects = paired_effects(both, "a")
    assert [find(effects, GAP, parameter_set=name).mean for name in ("drawn", "fixed")] == [1.5, 0.5]


def test_change_within_a_regime_pairs_the_same_replicate_in_two_years():
    metrics = pd.concat([frame({"a": [0.5, 0.7]}, year=0), frame({"a": [0.6, 0.9]}, year=10)])
    found = find(changes(metrics, 0, 10), GAP, regime="a")
    assert (found.before, found.after, found.mean) == pytest.approx((0.6, 0.75, 0.15))


def test_spread_beyond_luck_is_what_the_parameters_add():
    spread = split_spread(Effect(sd=0.05), Effect(sd=0.03))
    assert (spread.luck, spread.parameters, spread.luck_share) == pytest.approx((0.03, 0.04, 0.36))


def test_luckier_than_drawn_shows_nothing_of_the_parameters():
    spread = split_spread(Effect(sd=0.03), Effect(sd=0.05))
    assert (spread.parameters, spread.luck_share) == (0.0, 1.0)


def test_mirrored_effect_keeps_low_below_high():
    turned = Effect(mean=-0.1, low=-0.2, high=-0.05, least=-0.3, most=0.0).mirrored()
    assert (turned.mean, turned.low, turned.high, turned.least, turned.most) == (0.1, 0.05, 0.2, 0.0, 0.3)


def test_level_over_runs_leaves_missing_values_out():
    assert Effect.of_values(np.array([1.0, np.nan, 3.0])).mean == 2.0
    assert Effect.of_values(np.array([np.nan])).n == 0


def test_interval_covers_the_true_mean_as_often_as_it_promises():
    draws = np.random.default_rng(1).normal(0.1, 0.3, size=(4000, 6))
    half = half_width(draws.std(axis=1, ddof=1), np.full(4000, 6))
    covered = np.abs(draws.mean(axis=1) - 0.1) <= half
    assert covered.mean() == pytest.approx(0.95, abs=0.012)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=12), st.floats(-1, 1))
def test_adding_a_constant_to_every_difference_moves_the_interval_and_keeps_its_width(differences, constant):
    pairs = pd.DataFrame({"key": 0, "before": 0.0, "after": differences, "difference": differences})
    plain = summarise(pairs, ["key"]).iloc[0]
    moved = summarise(pairs.assign(difference=pairs["difference"] + constant), ["key"]).iloc[0]
    assert moved["low"] - plain["low"] == pytest.approx(constant, abs=1e-6)
    assert moved["high"] - plain["high"] == pytest.approx(constant, abs=1e-6)
