"""How many classes there are, and which pupil sits in which: forms, sets and their numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS

ALL_SUBJECTS = -1
SECONDARY_SUBJECTS = 8
LAST_INFANT_YEAR = 2


@dataclass(frozen=True)
class ClassPlan:
    """Where every class of an authority stands in the table of classes.

    Attributes:
        count: parallel classes by school and year group [J, 12].
        base: row of the first class by school and year group [J, 12].
        school, year_group, subject, number: of every class [K]; subject -1 is all primary subjects.
    """

    count: np.ndarray
    base: np.ndarray
    school: np.ndarray
    year_group: np.ndarray
    subject: np.ndarray
    number: np.ndarray

    def first_seats(self) -> np.ndarray:
        """Row of the first class by school and year group, one after the other, and by subject [J * 12, 8]."""
        first = self.base[..., None] + np.arange(SECONDARY_SUBJECTS) * self.count[..., None]
        return first.reshape(-1, SECONDARY_SUBJECTS).astype(np.int32)


def class_count(roll: np.ndarray, largest: list[float], rise: np.ndarray | float = 0.0) -> np.ndarray:
    """Parallel classes by school and year group [J, 12] so that none is larger than allowed for its phase.

    Classes of schools that have to save may be larger by `rise` [J] where it is above 0, but for infants,
    whose limit is law.
    """
    size = np.where(np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR, largest[1], largest[0])
    size = size + np.maximum(np.reshape(rise, (-1, 1)), 0.0) * (np.arange(YEAR_GROUPS) > LAST_INFANT_YEAR)
    return np.ceil(roll / size).astype(np.int64)


def plan_classes(roll: np.ndarray, largest: list[float], rise: np.ndarray | float = 0.0) -> ClassPlan:
    """The classes that a roll [J, 12] makes: one teacher a class in primary, one a subject in secondary."""
    count = class_count(roll, largest, rise)
    slots = np.where(np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR, SECONDARY_SUBJECTS, 1)
    size = (count * slots).ravel()
    base = np.concatenate([[0], np.cumsum(size)[:-1]])
    group = np.repeat(np.arange(len(size)), size)
    within = np.arange(len(group)) - base[group]
    parallel = count.ravel()[group]
    year = group % YEAR_GROUPS
    subject = np.where(year >= FIRST_SECONDARY_YEAR, within // np.maximum(parallel, 1), ALL_SUBJECTS)
    number = within % np.maximum(parallel, 1)
    return ClassPlan(count, base.reshape(count.shape), group // YEAR_GROUPS, year, subject, number)


def standing(school: np.ndarray, year_group: np.ndarray, school_count: int) -> tuple[np.ndarray, np.ndarray]:
    """Parallel classes by school and year group [J, 12], and the row of the first [J, 12], from a table of classes."""
    flat = np.bincount(school * YEAR_GROUPS + year_group, minlength=school_count * YEAR_GROUPS)
    base = (np.cumsum(flat) - flat).reshape(-1, YEAR_GROUPS)
    size = flat.reshape(-1, YEAR_GROUPS)
    return size // np.where(np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR, SECONDARY_SUBJECTS, 1), base


@dataclass(frozen=True)
class Deal:
    """Rows [n] of groups, each of which is dealt into a number of even blocks in whatever order is given.

    Attributes:
        group: code of each row [n].
        block: of the rows in order of their group: the block dealt to each [n].
    """

    group: np.ndarray
    block: np.ndarray

    def by_rank(self, key: np.ndarray) -> np.ndarray:
        """Block [n] of each row when the rows of each group stand in order of `key` [n].

        `key` lies in [0, 1), so that group and key sort as one number, five times faster than as two.
        """
        number = np.empty(len(self.group), self.block.dtype)
        number[np.argsort(self.group + key)] = self.block
        return number


def deal(group: np.ndarray, count: np.ndarray) -> Deal:
    """Rows of some groups [n] to be dealt into `count` blocks by group [groups]."""
    size = np.bincount(group, minlength=count.size)
    place = np.arange(len(group)) - np.repeat(np.cumsum(size) - size, size)
    return Deal(group, (place * np.repeat(count.ravel(), size) // np.repeat(size, size)).astype(np.int32))
