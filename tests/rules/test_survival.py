"""How long something lasts: an estimate against lengths that are known."""

import numpy as np
import pytest

from schoolsim.rules.survival import survival


def test_the_estimate_finds_the_law_that_lengths_were_drawn_by_although_half_are_cut_short():
    rng = np.random.default_rng(1)
    whole, seen = rng.exponential(2.0, 20_000), rng.uniform(0.5, 6.0, 20_000)
    found = survival(np.minimum(whole, seen), whole <= seen)
    for years in (1, 2, 3):
        assert found.beyond(years) == pytest.approx(np.exp(-years / 2), abs=0.015)
    assert found.mean() == pytest.approx(2 * (1 - np.exp(-6 / 2)), abs=0.05)


def test_without_any_cut_short_it_is_the_plain_share_and_the_plain_mean():
    found = survival(np.array([1.0, 2.0, 2.0, 5.0]), np.ones(4, bool))
    assert [found.beyond(time) for time in (0.5, 1.5, 3.0)] == [1.0, 0.75, 0.25]
    assert found.mean() == pytest.approx(2.5)


def test_of_lengths_counted_in_steps_half_of_those_just_so_long_are_longer():
    thirds = survival(np.array([1 / 3, 1.0, 1.0, 4 / 3]), np.ones(4, bool))
    assert thirds.beyond(1.0) == pytest.approx((0.75 + 0.25) / 2)


def test_what_is_not_over_is_not_counted_as_over():
    found = survival(np.array([1.0, 2.0]), np.array([True, False]))
    assert found.beyond(1.5) == 0.5
    assert np.isnan(found.beyond(3.0))


def test_of_nothing_nothing_is_known():
    none = survival(np.zeros(0), np.zeros(0, bool))
    assert np.isnan(none.beyond(1.0)) and np.isnan(none.mean())
