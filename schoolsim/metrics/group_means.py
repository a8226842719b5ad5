"""Means of many columns over many overlapping groups at once, exact to the last bit in any order of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from schoolsim.kernels import kernel
from schoolsim.people import groups as pupil_groups
from schoolsim.rules import grouping
from schoolsim.rules.measures import LEAST_MEMBERS

ALL = "all"
Key = tuple[str, str]
"""Name of a column and its basis."""
Row = tuple[str, int, str, str, float]
"""Phase, stage (0: none), group, basis ("": neither true nor measured), value."""

_GRID = 2.0**20
"""Values count in whole millionths: sums of whole numbers are exact, equal for any order of rows and any threads."""
_BITS = 16  # a table of all codes of so many is faster than sorting them


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
        member = np.ones((len(names), len(pupils.school)), bool)
        for row, name in zip(member[1:], names[1:], strict=True):
            for part in pupil_groups.parts(name):
                row &= part.member(pupils)
        self._kind, count = _kinds(member)
        one = np.zeros(count, np.int64)
        one[self._kind] = np.arange(len(self._kind))
        self._member = member[:, one].astype(np.float64)

    def means(self, rows: np.ndarray, columns: Mapping[Key, np.ndarray]) -> GroupMeans:
        """Means of columns [n] over some rows [n] of pupils by group.

        NaN values are left out; fewer than two members give NaN.
        """
        return self._means(self._kind[rows], columns)[0]

    def means_apart(
        self, names: Sequence[str], part: np.ndarray, columns: Mapping[Key, np.ndarray]
    ) -> dict[str, GroupMeans]:
        """`means` by name of each part of all pupils, of columns [N]; `part` says whose is in which [N]."""
        kind = self._kind + self._member.shape[1] * part
        return dict(zip(names, self._means(kind, columns, len(names)), strict=True))

    def _means(self, kind: np.ndarray, columns: Mapping[Key, np.ndarray], part_count: int = 1) -> list[GroupMeans]:
        """First over kinds of pupil, of which there are few, then over the groups of each part."""
        cells = self._member.shape[1] * part_count
        total, size = np.zeros((2, len(columns) + 1, cells))
        add_known = kernel("tally").add_known
        for column, *sums in zip(columns.values(), total, size, strict=False):
            add_known(np.asarray(column), kind, _GRID, *sums)
        size[-1] = total[-1] = np.bincount(kind, minlength=cells)
        by_part = (np.split(sums, part_count, axis=1) for sums in (total, size))
        return [self._of(columns, *(self._member @ sums.T for sums in own)) for own in zip(*by_part, strict=True)]

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


def _kinds(member: np.ndarray) -> tuple[np.ndarray, int]:
    """A code for those who are in the same of all groups (bool [g, n]): codes [n], and how many there are."""
    kind, count = np.zeros(member.shape[1], np.int64), 1
    for first in range(0, len(member), _BITS):
        code = np.zeros(len(kind), np.int32)
        for row in member[first : first + _BITS]:
            code += code
            code += row
        kind, count = grouping.nest(kind, code)
    return kind, count


def _mean(total: np.ndarray, size: np.ndarray) -> np.ndarray:
    mean = np.divide(total, size, out=np.full(total.shape, np.nan), where=size >= LEAST_MEMBERS)
    return mean / _GRID
