"""How many classes there are, and which pupil sits in which: forms, sets and their numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS

ALL_SUBJECTS = -1
SECONDARY_SUBJECTS = 8


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

    def row(self, school: np.ndarray, year_group: np.ndarray, subject: int, number: np.ndarray) -> np.ndarray:
        """Row in the table of classes of class `number` of a school, year group and subject [n]."""
        slot = np.where(year_group >= FIRST_SECONDARY_YEAR, max(subject, 0), 0)
        return self.base[school, year_group] + slot * self.count[school, year_group] + number


def class_count(roll: np.ndarray, largest: list[float]) -> np.ndarray:
    """Parallel classes by school and year group [J, 12] so that none is larger than allowed for its phase."""
    size = np.where(np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR, largest[1], largest[0])
    return np.ceil(roll / size).astype(np.int64)


def plan_classes(roll: np.ndarray, largest: list[float]) -> ClassPlan:
    """The classes that a roll [J, 12] makes: one teacher a class in primary, one a subject in secondary."""
    count = class_count(roll, largest)
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


def number_by_rank(group: np.ndarray, key: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Class number [n]: the rows of each group in order of `key` [n], dealt into `count` [n] even blocks.

    `key` lies in [0, 1), so that group and key sort as one number, five times faster than as two.
    """
    order = np.argsort(group + key)
    size = np.bincount(group)
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - (np.cumsum(size) - size)[group[order]]
    return rank * count // size[group]
