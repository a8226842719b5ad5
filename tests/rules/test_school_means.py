"""What means of schools tell: the same as their pupils would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.rules import measures, school_means, variance

SIZES = np.array([5, 9, 15, 30, 60, 120, 180, 240])


def town(rng: np.random.Generator, years: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Means and sizes [j, y] of 40 schools: lasting SD 3, of one year 2, pupils 10."""
    sizes = np.tile(SIZES, 5)[:, None] * np.ones(years)
    lasting, yearly = rng.normal(0, 3, (40, 1)), rng.normal(0, 2, (40, years))
    return 50 + lasting + yearly + rng.normal(size=(40, years)) * 10 / np.sqrt(sizes), sizes


def test_one_year_shows_all_that_schools_differ_by_and_several_what_lasts():
    rng = np.random.default_rng(1)
    one, lasting = [], []
    for _ in range(200):
        means, sizes = town(rng, years=3)
        one.append(measures.noise_corrected_sd(means[:, 0], sizes[:, 0], 10.0) ** 2)
        lasting.append(school_means.lasting_sd(means, sizes) ** 2)
    for found, truth in ((one, 13.0), (lasting, 9.0)):
        assert abs(np.mean(found) - truth) < 3 * np.std(found) / np.sqrt(200)
        assert np.std(found) / np.sqrt(200) < 0.05 * truth


def test_means_of_equal_schools_tell_what_their_pupils_tell():
    rng = np.random.default_rng(2)
    sizes = np.full(40, 60)
    school = np.repeat(np.arange(40), sizes)
    for _ in range(5):
        result = rng.normal(0, 3, 40)[school] + rng.normal(0, 10, len(school))
        split = variance.nested_components(result, {"school": school})
        means = measures.school_means(result, school, 40)
        found = measures.noise_corrected_sd(means, sizes, np.sqrt(split["pupil"]))
        assert found == pytest.approx(variance.between_school_sd(split), rel=1e-9)


def test_years_of_their_own_level_and_missing_years_do_no_harm():
    means, sizes = town(np.random.default_rng(3), years=2)
    before = school_means.lasting_sd(means, sizes)
    more = np.vstack([means + np.array([0.0, 25.0]), [[400.0, np.nan]]])
    assert before > 1
    assert school_means.lasting_sd(more, np.vstack([sizes, [[90, 90]]])) == pytest.approx(before)
    assert np.isnan(school_means.lasting_sd(means[:, :1], sizes[:, :1]))


@given(st.floats(-50, 50), st.floats(0.1, 10))
def test_spreads_follow_the_unit_of_the_means(constant, factor):
    means, sizes = town(np.random.default_rng(4), years=2)
    for spread in (school_means.lasting_sd, lambda m, n: measures.noise_corrected_sd(m[:, 0], n[:, 0], 0.0)):
        assert spread(means * factor + constant, sizes) == pytest.approx(factor * spread(means, sizes))


def test_the_standard_error_of_a_correlation_is_how_far_it_varies():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(2000, 30))
    y = 0.6 * x + 0.8 * rng.normal(size=(2000, 30))
    found = [school_means.correlation(a, b) for a, b in zip(x, y, strict=True)]
    claimed = np.mean([one.standard_error for one in found])
    assert claimed == pytest.approx(np.std([one.value for one in found]), rel=0.1)
    assert found[0].value == pytest.approx(measures.correlation(x[0], y[0]))


def test_weights_and_schools_left_out_count_as_said():
    x, y = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 9.0]), np.array([2.0, 1.0, 4.0, 3.0, 6.0, -9.0])
    selects = np.arange(6) == 5
    without = school_means.correlation(x, y, left_out=selects)
    assert without == school_means.correlation(x[:5], y[:5])
    assert without.value > 0.7 > 0 > school_means.correlation(x, y).value
    twice = school_means.correlation(x, y, weight=np.where(selects, 0.0, 2.0))
    assert twice.value == pytest.approx(without.value)
    assert twice.standard_error == pytest.approx(without.standard_error)


def test_three_schools_or_none_that_differ_show_no_correlation():
    assert np.isnan(school_means.correlation(np.arange(3.0), np.arange(3.0)).value)
    assert np.isnan(school_means.correlation(np.arange(5.0), np.ones(5)).value)


def test_a_correlation_agrees_within_the_tolerance_or_two_standard_errors():
    def of(value, error):
        return school_means.Correlation(value, error, 20)

    assert of(0.5, 0.01).agrees_with(of(0.59, 0.01), tolerance=0.1)
    assert of(0.5, 0.01).agrees_with(of(0.8, 0.16), tolerance=0.1)
    assert not of(0.5, 0.4).agrees_with(of(0.8, 0.01), tolerance=0.1)


def test_schools_may_be_more_apart_than_homes():
    poor, rest = np.array([10, 0]), np.array([0, 10])
    assert school_means.segregation_ratio(poor, rest, np.array([8, 2]), np.array([2, 8])) == pytest.approx(1 / 0.6)
    assert np.isnan(school_means.segregation_ratio(poor, rest, np.array([5, 5]), np.array([5, 5])))
