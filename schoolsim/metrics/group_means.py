"""Means of many columns over many overlapping groups at once, exact to the last bit in any order of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
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
_BLOCK = 2048


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
        for member, name in zip(self._member[1:], names[1:], strict=True):
            for part in pupil_groups.parts(name):
                member &= part.member(pupils)

    def means(self, rows: np.ndarray, columns: Mapping[Key, np.ndarray]) -> GroupMeans:
        """Means of columns [n] over some rows [n] of pupils by group.

        NaN values are left out; fewer than two members give NaN.
        """
        return self._means(self._member[:, rows], columns)[0]

    def means_apart(self, parts: Mapping[str, np.ndarray], columns: Mapping[Key, np.ndarray]) -> dict[str, GroupMeans]:
        """`means` over each part (bool [N]) of all pupils, of columns [N].

        For parts that hold most pupils: it costs less to add noughts for the others than to pick out the members.
        """
        return dict(zip(parts, self._means(self._member, columns, [*parts.values()]), strict=True))

    def _means(
        self, member: np.ndarray, columns: Mapping[Key, np.ndarray], parts: Sequence[np.ndarray] = ()
    ) -> list[GroupMeans]:
        values = _on_grid(columns, member.shape[1])
        known = np.isfinite(values)
        if known.all():
            total = _sums_apart(member, values, parts)
            size = [np.broadcast_to(own[:, -1:], own.shape) for own in total]
        else:
            total = _sums_apart(member, np.where(known, values, 0.0), parts)
            size = _sums_apart(member, known, parts)
        return [self._of(columns, *sums) for sums in zip(total, size, strict=True)]

    def _of(self, columns: Mapping[Key, np.ndarray], total: np.ndarray, size: np.ndarray) -> GroupMeans:
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
        return zip(repeat(phase), repeat(stage), self.groups[first:], repeat(basis), values[first:].tolist())


def _on_grid(columns: Mapping[Key, np.ndarray], row_count: int) -> np.ndarray:
    """Columns [n] in whole millionths, and a column of ones behind them: float64 [k + 1, n].

    Sums of whole numbers are exact in float64: equal for any order of rows and any threads.
    """
    values = np.ones((len(columns) + 1, row_count))
    for row, column in zip(values, columns.values(), strict=False):
        np.multiply(column, _GRID, out=row)
    return np.rint(values, out=values)


def _sums_apart(member: np.ndarray, values: np.ndarray, parts: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Sums [g, k] of values [k, n] over groups (bool [g, n]) within each part (bool [n]), or once over everybody."""
    apart = np.concatenate([values * part for part in parts]) if parts else values
    return np.split(_sums(member, apart), max(len(parts), 1), axis=1)


def _sums(member: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Sums [g, k] of values [k, n] over groups (bool [g, n]), in blocks that stay in the cache."""
    total = np.zeros((len(member), len(values)))
    for start in range(0, member.shape[1], _BLOCK):
        block = slice(start, start + _BLOCK)
        total += member[:, block].astype(np.float64) @ values[:, block].T
    return total


def _mean(total: np.ndarray, size: np.ndarray) -> np.ndarray:
    mean = np.divide(total, size, out=np.full(total.shape, np.nan), where=size >= LEAST_MEMBERS)
    return mean / _GRID
