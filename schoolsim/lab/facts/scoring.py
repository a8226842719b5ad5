"""Verdicts: whether a number is met over the seeds, and whether a fact is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from schoolsim.lab.facts.register import Number

ENOUGH_SEEDS = 20  # Fewer give a provisional verdict.
SHARE_INSIDE, SHARE_OF_SIGN = 0.6, 0.9
WIDEST = 2.0  # An interval wider than so many ranges decides nothing.
INTERVAL = (2.5, 97.5)
_ROUNDING = 1e-9  # A share of exactly 0.05 may come as 0.05 and a bit.


class Verdict(StrEnum):
    """What may be said of a number or a fact; `REPORTED` belongs to numbers without a range."""

    MET = "met"
    NOT_MET = "not met"
    UNDECIDED = "undecided"
    REPORTED = "reported"


@dataclass(frozen=True)
class Score:
    """A number over the seeds: in its own unit, but for `inside` (share of all seeds) and `seed_count`.

    Attributes:
        median: over the seeds that have a value.
        low, high: the interval that holds the middle 95% of the seeds.
        inside: share of seeds in the range (for a signed effect: of the right sign).
    """

    median: float
    low: float
    high: float
    inside: float
    seed_count: int
    verdict: Verdict

    @property
    def width(self) -> float:
        """Of the interval."""
        return self.high - self.low

    @property
    def provisional(self) -> bool:
        """Whether there are too few seeds for a verdict that stands."""
        return self.seed_count < ENOUGH_SEEDS


def score(values: Iterable[float], number: Number) -> Score:
    """Scores the values of a number, one a seed [n]; NaN (cannot be shown) counts as outside the range."""
    every = np.array(list(values), np.float64)
    known = every[np.isfinite(every)]
    if not len(known):
        verdict = Verdict.UNDECIDED if number.scored else Verdict.REPORTED
        return Score(np.nan, np.nan, np.nan, 0.0, len(every), verdict)
    low, high = (float(end) for end in np.percentile(known, INTERVAL))
    median = float(np.median(known))
    inside = float(_right(known, number).sum() / len(every))
    return Score(median, low, high, inside, len(every), _verdict(number, median, (low, high), inside))


def _right(values: np.ndarray, number: Number) -> np.ndarray:
    """Which values count for the number: those in range, or those of the right sign."""
    return np.sign(values) == _sign(number) if number.signed else _contains(number, values)


def _sign(number: Number) -> float:
    return 1.0 if number.low + number.high > 0 else -1.0


def _contains(number: Number, value: np.ndarray | float) -> np.ndarray:
    return np.asarray((value >= number.low - _ROUNDING) & (value <= number.high + _ROUNDING))


def _verdict(number: Number, median: float, interval: tuple[float, float], inside: float) -> Verdict:
    """Wide intervals decide nothing, unless they miss the range altogether: that is no luck."""
    if not number.scored:
        return Verdict.REPORTED
    if interval[1] - interval[0] > WIDEST * (number.high - number.low) + _ROUNDING:
        touches = interval[0] <= number.high and interval[1] >= number.low
        return Verdict.UNDECIDED if touches else Verdict.NOT_MET
    needed = SHARE_OF_SIGN if number.signed else SHARE_INSIDE
    met = bool(_contains(number, median)) and inside >= needed - _ROUNDING
    return Verdict.MET if met else Verdict.NOT_MET


def combined(verdicts: Iterable[Verdict]) -> Verdict:
    """A fact is met when all its numbers are, and not met when one is not; without any, nothing is decided."""
    scored = [verdict for verdict in verdicts if verdict is not Verdict.REPORTED]
    if Verdict.NOT_MET in scored:
        return Verdict.NOT_MET
    return Verdict.UNDECIDED if not scored or Verdict.UNDECIDED in scored else Verdict.MET
