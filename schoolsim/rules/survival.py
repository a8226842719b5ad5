"""How long something lasts, from spells of which some are not over yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SAME = 1e-6
"""Times nearer than this are one time."""


@dataclass(frozen=True)
class Survival:
    """Share of spells still going on: after each of `times` [k], rising, it falls to `shares` [k]."""

    times: np.ndarray
    shares: np.ndarray
    longest: float
    """How long the longest spell was followed, over or not."""

    def beyond(self, time: float) -> float:
        """Share of spells longer than `time`; half of those of just this length, for time is counted in steps.

        NaN when nothing was followed so long.
        """
        if not np.isfinite(self.longest) or time > self.longest + SAME:
            return np.nan
        every = np.concatenate([[1.0], self.shares])
        before = every[np.searchsorted(self.times, time - SAME)]
        after = every[np.searchsorted(self.times, time + SAME)]
        return float(0.5 * (before + after))

    def mean(self) -> float:
        """Mean length, of what was followed: what lies beyond the longest counts as nothing."""
        if not np.isfinite(self.longest):
            return np.nan
        steps = np.diff(np.concatenate([[0.0], self.times, [self.longest]]))
        return float((np.concatenate([[1.0], self.shares]) * steps).sum())


def survival(length: np.ndarray, over: np.ndarray) -> Survival:
    """The product-limit estimate (Kaplan and Meier 1958) from lengths [n] of spells and whether each is over [n]."""
    length, over = np.round(np.asarray(length, np.float64) / SAME) * SAME, np.asarray(over, bool)
    if not len(length):
        return Survival(np.zeros(0), np.zeros(0), np.nan)
    times = np.unique(length[over])
    at_risk = (length[None, :] >= times[:, None] - SAME).sum(axis=1)
    ended = ((np.abs(length[None, :] - times[:, None]) < SAME) & over[None, :]).sum(axis=1)
    return Survival(times, np.cumprod(1.0 - ended / np.maximum(at_risk, 1)), float(length.max()))
