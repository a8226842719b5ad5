"""Gaps, value added, segregation: hand-computed answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from schoolsim.rules import measures

POOR = np.array([True, True, False, False])
MONTHS = np.array([-4.0, -2.0, 3.0, 5.0])
RESULTS = arrays(float, 12, elements=st.floats(-100, 100))


def test_a_group_seven_months_behind_has_a_gap_of_seven():
    assert measures.mean_gap(MONTHS, POOR, ~POOR) == 7.0


def test_the_same_months_are_a_smaller_gap_in_sd_at_sixteen():
    assert measures.gap_sd(MONTHS, POOR, ~POOR, 5) == pytest.approx(7 / 11)
    assert measures.gap_sd(MONTHS, POOR, ~POOR, 16) == pytest.approx(7 / 26.5)


def test_a_standardised_gap_uses_the_spread_of_those_compared():
    assert measures.standardised_gap(MONTHS, POOR, ~POOR) == pytest.approx(7 / np.std(MONTHS))


def test_untested_pupils_do_not_enter_a_gap():
    months = np.append(MONTHS, [np.nan, 900.0])
    group, reference = np.append(POOR, [True, False]), np.append(~POOR, [False, False])
    assert measures.mean_gap(months, group, reference) == 7.0


def test_one_pupil_is_not_a_group():
    assert np.isnan(measures.mean_gap(MONTHS, np.array([True, False, False, False]), ~POOR))


def test_rates_of_35_and_62_percent_are_seven_tenths_of_an_sd_apart():
    assert measures.probit_gap(0.346, 0.62) == pytest.approx(0.70, abs=0.005)


def test_a_rate_of_nought_shows_no_probit_gap():
    assert np.isnan(measures.probit_gap(0.0, 0.5))


def test_value_added_is_what_stands_above_the_common_line():
    prior, result = np.array([0.0, 1.0, 2.0, np.nan]), np.array([0.0, 3.0, 0.0, 1.0])
    residual = measures.value_added(prior, result)
    assert residual[:3].tolist() == [-1.0, 2.0, -1.0]
    assert np.isnan(residual[3])


@given(RESULTS, RESULTS)
def test_value_added_has_mean_zero_and_owes_nothing_to_the_prior(prior, result):
    residual = measures.value_added(prior, result)
    if np.isfinite(residual).all() and np.ptp(prior) > 1e-3:
        assert residual.mean() == pytest.approx(0, abs=1e-8)
        assert np.mean(residual * (prior - prior.mean())) == pytest.approx(0, abs=1e-5)


def test_value_added_by_subject_is_that_of_each_subject():
    prior, results = np.array([0.0, 1.0, 2.0, 4.0]), np.array([[0.0, 1.0], [2.0, 0.0], [1.0, 5.0], [4.0, 4.0]])
    by_subject = measures.value_added(prior, results)
    assert by_subject[:, 1].tolist() == pytest.approx(measures.value_added(prior, results[:, 1]).tolist())


def test_value_added_cannot_be_shown_when_all_priors_are_equal():
    assert np.isnan(measures.value_added(np.ones(5), np.arange(5.0))).all()


@pytest.mark.parametrize(
    ("poor", "rest", "index"),
    [([10, 10], [30, 30], 0.0), ([20, 0], [0, 60], 1.0), ([15, 5], [25, 35], 1 / 3), ([0, 0], [30, 30], np.nan)],
)
def test_dissimilarity_runs_from_even_to_apart(poor, rest, index):
    assert measures.dissimilarity(np.array(poor), np.array(rest)) == pytest.approx(index, nan_ok=True)


def test_gorards_segregation_is_dissimilarity_times_the_share_of_the_others():
    poor, rest = np.array([15, 5]), np.array([25, 35])
    assert measures.segregation(poor, rest) == pytest.approx(measures.dissimilarity(poor, rest) * 60 / 80)


def test_correlation_leaves_out_pairs_with_a_gap():
    x, y = np.array([1.0, 2.0, 3.0, np.nan]), np.array([2.0, 4.0, 6.0, -9.0])
    assert measures.correlation(x, y) == pytest.approx(1.0)
    assert np.isnan(measures.correlation(x[:2], y[:2]))


@given(arrays(float, (9, 3), elements=st.floats(-50, 50)))
def test_mean_correlation_is_the_mean_over_pairs_of_columns(columns):
    if (columns.std(axis=0) > 1e-3).all():
        pairs = [measures.correlation(columns[:, i], columns[:, j]) for i, j in ((0, 1), (0, 2), (1, 2))]
        assert measures.mean_correlation(columns) == pytest.approx(np.mean(pairs), abs=1e-7)


def test_luck_of_small_cohorts_is_taken_off_the_spread_of_school_means():
    rng = np.random.default_rng(3)
    counts = rng.integers(10, 60, 4000)
    means = rng.normal(0, 3.0, 4000) + rng.normal(0, 15.0, 4000) / np.sqrt(counts)
    assert measures.noise_corrected_sd(means, counts, 15.0) == pytest.approx(3.0, rel=0.05)
    assert means.std() > 3.9
