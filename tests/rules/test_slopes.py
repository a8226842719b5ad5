"""A slope inside groups, against one that is known."""

import numpy as np
import pytest

from schoolsim.rules.slopes import slope_within


def drawn(seed, count=400):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 2, count)
    x = rng.uniform(0, 1, count) + 2.0 * group
    return x, 1.5 * x - 8.0 * group + rng.normal(0, 0.6, count), group


def test_it_finds_the_slope_that_was_put_in_whatever_the_levels_and_says_how_sure_it_is():
    found = np.array([slope_within(*drawn(seed)) for seed in range(200)])
    assert found[:, 0].mean() == pytest.approx(1.5, abs=0.03)
    assert found[:, 1].mean() == pytest.approx(found[:, 0].std(), rel=0.15)


def test_rows_that_lack_something_count_for_nothing():
    x, y, group = drawn(1)
    holed = np.where(np.arange(len(x)) % 7 == 0, np.nan, y)
    kept = np.isfinite(holed)
    assert slope_within(x, holed, group) == pytest.approx(slope_within(x[kept], y[kept], group[kept]))


@pytest.mark.parametrize("x", [[1.0, 1.0, 1.0, 1.0], [np.nan] * 4, [1.0, 2.0, np.nan, np.nan]])
def test_without_spread_or_rows_to_spare_there_is_none(x):
    assert np.isnan(slope_within(np.array(x), np.arange(4.0), np.zeros(4))).all()
