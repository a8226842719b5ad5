"""Means of many columns over many overlapping groups at once, exact to the last bit in any order of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.people import groups as pupil_groups
from schoolsim.rules.measures import LEAST_MEMBERS

ALL = "all"
Key = tuple[str, str]
"""Name of a column and its basis."""
Row = tuple[str, int, str, str, float]
"""Phase, stage (0: none), group, basis ("": neither true nor measured), value."""

_GRID = 2.0**20
_BLOCK = 512


@dataclass(frozen=True)
class GroupMeans:
    """Members of each group [g]; means of some columns by group [g], and those of whom each is compared with."""

    size: np.ndarray
    members: Mapping[Key, np.ndarray]
    others: Mapping[Key, np.ndarray]

    def gap(self, name: str, basis: str) -> np.ndarray:
        """How far each group lies behind its reference [g]."""
        return self.others[name, basis] - self.members[name, basis]


class Membership:
    """Who is in which group: everybody, the groups asked for, and those they are compared with."""

    def __init__(self, pupils: Any, groups: Sequence[str]) -> None:
        self.groups = (ALL, *groups)
        compared = {other for name in groups if (other := pupil_groups.against(name)) and other not in groups}
        names = (*self.groups, *sorted(compared))
        others = [None if name == ALL else pupil_groups.against(name) for name in names]
        self._against = np.array([-1 if other is None else names.index(other) for other in others])
        self._member = np.ones((len(names), len(pupils.school)), bool)
        for row, name in enumerate(names[1:], start=1):
            self._member[row] = pupil_groups.mask(pupils, name)

    def means(self, rows: np.ndarray, columns: Mapping[Key, np.ndarray]) -> GroupMeans:
        """Means of columns [n] over some rows [n] of pupils by group.

        NaN values are left out; fewer than two members give NaN.
        """
        member = self._member[:, rows]
        values = on_grid(np.stack([*columns.values(), np.ones(len(rows))], axis=1))
        known = np.isfinite(values)
        total = _sums(member, np.where(known, values, 0.0))
        size = np.broadcast_to(total[:, -1:], total.shape) if known.all() else _sums(member, known)
        inside, outside = _mean(total, size), _mean(self._reference(total), self._reference(size))
        return GroupMeans(
            total[:, -1],
            dict(zip(columns, inside.T, strict=False)),
            dict(zip(columns, outside.T, strict=False)),
        )

    def _reference(self, total: np.ndarray) -> np.ndarray:
        return np.where(self._against[:, None] >= 0, total[self._against], total[0] - total)

    def rows(
        self, phase: str, stage: int, values: np.ndarray, basis: str = "", *, everybody: bool = True
    ) -> Iterator[Row]:
        """Rows of a value a group [g], everybody first if wanted; groups kept for comparison only are left out."""
        first = 0 if everybody else 1
        for group, value in zip(self.groups[first:], values[first:].tolist(), strict=False):
            yield phase, stage, group, basis, value


def on_grid(values: np.ndarray) -> np.ndarray:
    """Values rounded to a millionth, so that float64 sums are exact: equal for any order of rows and any threads."""
    return np.rint(np.asarray(values, np.float64) * _GRID) / _GRID


def _sums(member: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Sums [g, k] of values [n, k] over groups (bool [g, n]), in blocks that stay in the cache."""
    total = np.zeros((len(member), values.shape[1]))
    for start in range(0, len(values), _BLOCK):
        block = slice(start, start + _BLOCK)
        total += member[:, block].astype(np.float64) @ values[block].astype(np.float64, copy=False)
    return total


def _mean(total: np.ndarray, size: np.ndarray) -> np.ndarray:
    return np.divide(total, size, out=np.full(total.shape, np.nan), where=size >= LEAST_MEMBERS)
