"""Mean half squared differences between pupils over pairs that share one level of grouping and not the next.

The weights. A group of n members is known as well as n / (1 + (n - 1) r) independent ones, r being the share
of variance at its level. Pairs between groups are weighted by these sizes, with r = 0.1 throughout: about
the school share in England. Another r would lose precision, not bring bias. Pairs within a unit are divided by
the unit's weight, as in the pooled variance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from schoolsim.rules import grouping

WORKING_CORRELATION = 0.1
_ITSELF = slice(None)
_NO_CODES = np.zeros(0, np.int64)


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
    inside, unit = grouping.nest_in(outer, codes)
    return Level(inside, np.bincount(inside, minlength=len(unit)), unit)


def within_subjects(shared: list[Level], inner: list[np.ndarray], subject_count: int) -> list[Level]:
    """The same levels within each subject, then the inner ones (codes [s, n]), for rows of results [s * n].

    Only the innermost level has codes of rows: those of the others follow from their units.
    """
    subject = np.arange(subject_count)[:, None]
    unit_count, levels = 1, []
    for level in shared:
        unit = (level.unit + unit_count * subject).ravel()
        unit_count = len(level.size)
        levels.append(Level(_NO_CODES, np.tile(level.size, subject_count), unit))
    codes = (shared[-1].codes + unit_count * subject).ravel()
    for inside in inner:
        levels.append(_inside(codes, inside.ravel()))
        codes = levels[-1].codes
    return levels


def spreads_of(
    values: np.ndarray, levels: list[Level], also_inside: int | None = None, against: slice = _ITSELF
) -> np.ndarray:
    """Spread of values [..., n] at each boundary [b, ...]: over pairs that share one level and not the next inside it.

    The first is over pairs in different outermost groups, the last over pairs in the same innermost group; with
    `also_inside`, one more follows, over all pairs in the same group of that level. With `against`, the rows
    `values[against]` bring the other factor: half the mean product of the two differences.
    """
    codes, linear, product = levels[-1].codes, values, values[against] * values
    between, inside = [], []
    for level in reversed(levels):  # sums of the outer levels come from those of the inner ones
        linear, product = _sums(linear, codes, len(level.size)), _sums(product, codes, len(level.size))
        mean = linear / level.size
        of_means = mean[against] * mean
        between.append(_spread_between(level, mean, product / level.size, of_means, against))
        inside.append(_spread_inside(level, product, of_means))
        codes = level.unit
    wanted = [inside[0]] if also_inside is None else [inside[0], inside[::-1][also_inside]]
    return np.stack([*between[::-1], *wanted])


def _sums(values: np.ndarray, codes: np.ndarray, count: int) -> np.ndarray:
    kinds = values.shape[:-1]
    rows = values.reshape(math.prod(kinds), len(codes))
    return np.array([np.bincount(codes, weights=row, minlength=count) for row in rows]).reshape(*kinds, count)


def _spread_between(
    level: Level, mean: np.ndarray, product: np.ndarray, of_means: np.ndarray, against: slice
) -> np.ndarray:
    """Weighted mean half squared difference [...] between members of different groups of the same unit.

    With weights w, the sum over pairs of w w' (y - y')² is W Σwy² - (Σwy)²; the part of it that comes from pairs
    inside one group is taken off again. NaN when no unit holds two groups.

    Args:
        mean, product, of_means: of each group [..., g] the mean, the mean square (or product) and the square
            (or product) of the means.
    """
    weight = effective(level.size)
    total = np.bincount(level.unit, weights=weight)
    own = weight / total[level.unit]  # a group's part of its unit
    within = own * weight
    others = weight - within
    unit_mean = _sums(own * mean, level.unit, len(total))
    difference = np.einsum("...g,g", product, others) + np.einsum("...g,g", of_means, within)
    difference -= np.einsum("...u,u", unit_mean[against] * unit_mean, total)
    pairs = others.sum()
    return difference / pairs if pairs > 0 else np.full(mean.shape[:-1], np.nan)


def _spread_inside(level: Level, product: np.ndarray, of_means: np.ndarray) -> np.ndarray:
    """Half the mean squared difference [...] between members of the same group: the pooled variance."""
    pairs = (level.size - 1).sum()
    difference = product.sum(axis=-1) - np.einsum("...g,g", of_means, level.size)
    return difference / pairs if pairs > 0 else np.full(product.shape[:-1], np.nan)


def centred(values: np.ndarray) -> np.ndarray:
    """Values [k, n] in float64 less the mean of each row: changes no estimate, keeps digits."""
    wide = np.ascontiguousarray(values, np.float64)
    return wide - wide.mean(axis=1, keepdims=True) if wide.size else wide


def effective(size: np.ndarray) -> np.ndarray:
    """How many independent members a group of each size is worth."""
    return size / (1 + (size - 1) * WORKING_CORRELATION)


def apart(weight: np.ndarray) -> np.ndarray:
    """What is left of each weight [g] once the common mean is taken away."""
    return weight * (1 - weight / weight.sum())


def scatter(weight: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """Weighted sum of products of x and y [g], each less its weighted mean."""
    total = weight.sum()
    return float((weight * (x - (weight * x).sum() / total) * (y - (weight * y).sum() / total)).sum())
