"""Mean half squared differences between pupils over pairs that share one level of grouping and not the next.

The weights. A group of n members is known as well as n / (1 + (n - 1) r) independent ones, r being the share
of variance at its level. Pairs between groups are weighted by these sizes, with r = 0.1 throughout: about
the school share in England. Another r would lose precision, not bring bias. Pairs within a unit are divided by
the unit's weight, as in the pooled variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolsim.rules import grouping

WORKING_CORRELATION = 0.1


@dataclass(frozen=True)
class Level:
    """Groups of one level: whose code each row has [n], how many rows each holds and which unit it is part of."""

    codes: np.ndarray
    size: np.ndarray
    unit: np.ndarray


def nest_levels(codes_by_level: list[np.ndarray]) -> list[Level]:
    """Levels inside one another, outermost first, from codes [n] that need be unique only inside the outer unit."""
    levels: list[Level] = []
    outer = np.zeros(len(codes_by_level[0]), np.int64)
    for codes in codes_by_level:
        levels.append(_inside(outer, codes))
        outer = levels[-1].codes
    return levels


def _inside(outer: np.ndarray, codes: np.ndarray) -> Level:
    inside, count = grouping.nest(outer, codes)
    unit = np.zeros(count, np.int64)
    unit[inside] = outer
    return Level(inside, grouping.counts(inside, count), unit)


def within_subjects(shared: list[Level], inner: list[np.ndarray], subject_count: int) -> list[Level]:
    """The same levels within each subject, then the inner ones (codes [s, n]), for rows of results [s * n]."""
    subject = np.arange(subject_count)[:, None]
    unit_count, levels = 1, []
    for level in shared:
        codes = (level.codes + len(level.size) * subject).ravel()
        unit = (level.unit + unit_count * subject).ravel()
        levels.append(Level(codes, np.tile(level.size, subject_count), unit))
        unit_count = len(level.size)
    for codes in inner:
        levels.append(_inside(levels[-1].codes, codes.ravel()))
    return levels


def spreads_of(values: np.ndarray, levels: list[Level], also_inside: int | None = None) -> np.ndarray:
    """Spread of values [k, n] at each boundary [b, k]: over pairs that share one level and not the next inside it.

    The first is over pairs in different outermost groups, the last over pairs in the same innermost group; with
    `also_inside`, one more follows, over all pairs in the same group of that level.
    """
    codes, linear, square = levels[-1].codes, values, values * values
    between, inside = [], []
    for level in reversed(levels):  # sums of the outer levels come from those of the inner ones
        linear, square = _sums(linear, codes, len(level.size)), _sums(square, codes, len(level.size))
        between.append(_spread_between(level, linear, square))
        inside.append(_spread_inside(level, linear, square))
        codes = level.unit
    wanted = [inside[0]] if also_inside is None else [inside[0], inside[::-1][also_inside]]
    return np.stack([*between[::-1], *wanted])


def _sums(values: np.ndarray, codes: np.ndarray, count: int) -> np.ndarray:
    return np.stack([np.bincount(codes, weights=row, minlength=count) for row in values])


def _spread_between(level: Level, linear: np.ndarray, square: np.ndarray) -> np.ndarray:
    """Weighted mean half squared difference [k] between members of different groups of the same unit.

    With weights w, the sum over pairs of w w' (y - y')² is W Σwy² - (Σwy)²; the part of it that comes from pairs
    inside one group is taken off again. NaN when no unit holds two groups.
    """
    weight = level.size / (1 + (level.size - 1) * WORKING_CORRELATION)
    mean, mean_square = linear / level.size, square / level.size
    total = np.bincount(level.unit, weights=weight)
    own = weight / total[level.unit]  # a group's part of its unit
    unit_mean = _sums(own * mean, level.unit, len(total))
    inside = own * weight * (mean_square - mean**2)
    difference = (weight * mean_square - inside).sum(axis=1) - (total * unit_mean**2).sum(axis=1)
    pairs = (weight * (1 - own)).sum()
    return difference / pairs if pairs > 0 else np.full(len(linear), np.nan)


def _spread_inside(level: Level, linear: np.ndarray, square: np.ndarray) -> np.ndarray:
    """Half the mean squared difference [k] between members of the same group: the pooled variance."""
    pairs = (level.size - 1).sum()
    difference = square.sum(axis=1) - (linear**2 / level.size).sum(axis=1)
    return difference / pairs if pairs > 0 else np.full(len(linear), np.nan)


def centred(values: np.ndarray) -> np.ndarray:
    """Values [k, n] in float64 less the mean of each row: changes no estimate, keeps digits."""
    wide = np.ascontiguousarray(values, np.float64)
    return wide - wide.mean(axis=1, keepdims=True) if wide.size else wide
