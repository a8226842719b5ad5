"""Priors: quantiles rise, stay inside their bounds, and have the mean and middle they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.parameters import Prior

PRIORS = [
    Prior("uniform", (2.0, 6.0)),
    Prior("triangular", (0.0, 1.0, 4.0)),
    Prior("triangular", (0.0, 0.0, 1.0)),
    Prior("normal", (-0.8, 0.1)),
    Prior("lognormal", (0.4, 2.0)),
]
CHANCE = st.floats(0.0, 1.0)


@given(st.sampled_from(PRIORS), CHANCE, CHANCE)
def test_quantiles_rise_and_stay_inside_the_bounds(prior, one, other):
    low, high = sorted([one, other])
    least, most = prior.bounds
    assert least <= prior.quantile(low) <= prior.quantile(high) <= most


@given(CHANCE)
def test_a_lognormal_below_zero_mirrors_the_one_above(u):
    below, above = Prior("lognormal", (-0.5, 2.0)), Prior("lognormal", (0.5, 2.0))
    assert below.quantile(u) == -above.quantile(u)


@pytest.mark.parametrize(
    ("prior", "mean"),
    [(PRIORS[0], 4.0), (PRIORS[1], 5 / 3), (PRIORS[2], 1 / 3), (PRIORS[3], -0.8)],
)
def test_the_mean_over_even_chances_is_that_of_the_distribution(prior, mean):
    assert sum(prior.quantile((i + 0.5) / 4000) for i in range(4000)) / 4000 == pytest.approx(mean, abs=1e-3)


def test_the_middle_of_a_lognormal_is_its_centre_and_its_bounds_are_two_factors_off():
    assert PRIORS[4].quantile(0.5) == pytest.approx(0.4)
    assert PRIORS[4].bounds == (0.1, 1.6)


def test_a_normal_is_cut_at_two_standard_deviations():
    assert PRIORS[3].bounds == (-1.0, -0.6)


def test_the_interval_holds_the_middle_ninety_in_a_hundred():
    assert PRIORS[0].interval == pytest.approx((2.2, 5.8))


@pytest.mark.parametrize(
    "prior",
    [
        Prior("uniform", (3.0, 3.0)),
        Prior("triangular", (0.0, 2.0, 1.0)),
        Prior("triangular", (0.0, 1.0)),
        Prior("normal", (1.0, 0.0)),
        Prior("lognormal", (1.0, 0.5)),
        Prior("lognormal", (0.0, 2.0)),
    ],
)
def test_numbers_that_make_no_distribution_are_named_as_such(prior):
    assert prior.problem()


def test_sound_priors_have_no_problem():
    assert [prior.problem() for prior in [*PRIORS, Prior("fixed")]] == [None] * 6
