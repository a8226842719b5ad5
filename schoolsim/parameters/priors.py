"""Priors: what is known of a number before the model has seen data, and how a draw is made from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

STANDARD = NormalDist()
TRUNCATION = 2.0  # SD at which normal and lognormal priors are cut: no draw from a far tail decides a run.
SHAPES = {
    "uniform": "[low, high]",
    "triangular": "[low, mode, high]",
    "normal": "[mean, sd]",
    "lognormal": "[centre, factor]",
}


@dataclass(frozen=True)
class Prior:
    """A distribution of one of the kinds in SHAPES, or "fixed": known, or held, at its value."""

    kind: str
    numbers: tuple[float, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to draw."""
        return self.kind == "fixed"

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest value that the prior allows, to six digits, as messages show them."""
        match self.kind, self.numbers:
            case "normal", (mean, sd):
                edges = mean - TRUNCATION * sd, mean + TRUNCATION * sd
            case "lognormal", (centre, factor):
                edges = centre * factor**-TRUNCATION, centre * factor**TRUNCATION
            case _:
                edges = self.numbers[0], self.numbers[-1]
        low, high = sorted(float(f"{edge:.6g}") for edge in edges)
        return low, high

    @property
    def interval(self) -> tuple[float, float]:
        """The middle 90%: 5th and 95th percentile."""
        low, high = self.quantile(0.05), self.quantile(0.95)
        return min(low, high), max(low, high)

    def quantile(self, u: float) -> float:
        """The value below which a share `u` of the prior lies (above, for a lognormal below zero)."""
        low, high = self.bounds
        return min(max(self._quantile(u), low), high)

    def _quantile(self, u: float) -> float:
        match self.kind, self.numbers:
            case "uniform", (low, high):
                return low + u * (high - low)
            case "triangular", (low, mode, high):
                return _triangular(u, low, mode, high)
            case "normal", (mean, sd):
                return mean + sd * _truncated_normal(u)
            case "lognormal", (centre, factor):
                return centre * factor ** _truncated_normal(u)
        raise ValueError(f"a {self.kind} prior cannot be drawn from")

    def problem(self) -> str | None:
        """What is wrong with the numbers, in words; None when nothing is."""
        if self.kind not in SHAPES:
            return None if self.fixed else f"unknown prior {self.kind}"
        if len(self.numbers) != SHAPES[self.kind].count(",") + 1:
            return f"a {self.kind} prior needs {SHAPES[self.kind]}"
        if self.kind in ("uniform", "triangular"):
            rising = all(a <= b for a, b in zip(self.numbers, self.numbers[1:], strict=False))
            return None if rising and self.numbers[0] < self.numbers[-1] else f"{SHAPES[self.kind]} must rise"
        return self._spread_problem()

    def _spread_problem(self) -> str | None:
        centre, spread = self.numbers
        if self.kind == "normal":
            return None if spread > 0 else "the sd must be above 0"
        return None if spread > 1 and centre != 0 else "the factor must be above 1 and the centre not 0"


def _triangular(u: float, low: float, mode: float, high: float) -> float:
    width, rise = high - low, mode - low
    if u * width <= rise:
        return low + math.sqrt(u * width * rise)
    return high - math.sqrt((1.0 - u) * width * (high - mode))


def _truncated_normal(u: float) -> float:
    """Standard normal quantile of the distribution cut at both sides, so that every u stays inside."""
    tail = STANDARD.cdf(-TRUNCATION)
    return STANDARD.inv_cdf(tail + u * (1.0 - 2.0 * tail))
