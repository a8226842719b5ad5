"""Sums, counts and means by group, for integer codes of groups: the work-horse of rules and metrics.

A code of -1 means "in no group" and is left out everywhere.
"""

from __future__ import annotations

import numpy as np

_TABLE_PER_ROW = 64


def compact(codes: np.ndarray) -> tuple[np.ndarray, int]:
    """Renumber codes [n] from 0 without gaps, in the order of the old codes.

    Returns:
        The new codes [n] (-1 stays -1) and how many groups there are.
    """
    codes = np.asarray(codes, np.int64)
    top = int(codes.max(initial=-1)) + 1
    if top > _TABLE_PER_ROW * len(codes) + 1024:  # a look-up table would be larger than sorting is slow
        return _compact_by_sorting(codes)
    present = np.zeros(top + 1, bool)
    present[codes] = True  # code -1 lands in the spare last cell
    old = np.flatnonzero(present[:top])
    table = np.full(top + 1, -1, np.int64)
    table[old] = np.arange(len(old))
    return table[codes], len(old)


def _compact_by_sorting(codes: np.ndarray) -> tuple[np.ndarray, int]:
    new = np.full(len(codes), -1, np.int64)
    grouped = codes >= 0
    values, new[grouped] = np.unique(codes[grouped], return_inverse=True)
    return new, len(values)


def nest(outer: np.ndarray, inner: np.ndarray) -> tuple[np.ndarray, int]:
    """Compact codes [n] of inner groups: the same inner code in two outer groups is two groups.

    Codes must not be negative.
    """
    codes, owner = nest_in(outer, inner)
    return codes, len(owner)


def nest_in(outer: np.ndarray, inner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same codes [n], and the outer group of each inner one [groups]."""
    codes, count = compact(inner)
    owner = np.zeros(count, np.int64)
    owner[codes] = outer
    if (owner[codes] == outer).all():  # the usual case: no inner group reaches over two outer ones
        return codes, owner
    codes, count = compact(np.asarray(outer, np.int64) * count + codes)
    owner = np.zeros(count, np.int64)
    owner[codes] = outer
    return codes, owner


def counts(codes: np.ndarray, group_count: int) -> np.ndarray:
    """Members of each group [group_count]."""
    return np.bincount(np.add(codes, 1, dtype=np.int64), minlength=group_count + 1)[1:]


def sums(values: np.ndarray, codes: np.ndarray, group_count: int) -> np.ndarray:
    """Sum of values [n] or [n, k] in each group: [group_count] or [group_count, k], in float64."""
    if values.ndim == 2:
        return np.stack([sums(column, codes, group_count) for column in values.T], axis=1)
    return np.bincount(np.add(codes, 1, dtype=np.int64), weights=values, minlength=group_count + 1)[1:]


def means(values: np.ndarray, codes: np.ndarray, group_count: int) -> np.ndarray:
    """Mean of the known values [n] in each group [group_count]; NaN for a group without any."""
    known = np.isfinite(values)
    if not known.all():
        values, codes = values[known], codes[known]
    size, total = counts(codes, group_count), sums(values, codes, group_count)
    return np.divide(total, size, out=np.full(group_count, np.nan), where=size > 0)


def fifths(values: np.ndarray) -> np.ndarray:
    """Fifth (0 lowest to 4 highest) of each value [n] by rank, ties by position; -1 where it is NaN."""
    known = np.flatnonzero(np.isfinite(values))
    order = np.argsort(values[known], kind="stable")
    fifth = np.full(len(values), -1, np.int64)
    fifth[known[order]] = 5 * np.arange(len(known)) // max(len(known), 1)
    return fifth
