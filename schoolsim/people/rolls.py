"""Which rows belong to which school, year group and class: counts and shares."""

from __future__ import annotations

import numpy as np

from schoolsim.rules import grouping
from schoolsim.rules.scale import YEAR_GROUPS


def roll_by_year_group(school: np.ndarray, year_group: np.ndarray, school_count: int) -> np.ndarray:
    """Pupils on roll by school and year group, int [J, 12]; a school of -1 is none."""
    cell = np.multiply(school, YEAR_GROUPS, dtype=np.int64)
    cell += year_group
    cell += YEAR_GROUPS  # so that those in no school come first
    count = np.bincount(cell, minlength=(school_count + 1) * YEAR_GROUPS)
    return count[YEAR_GROUPS:].reshape(-1, YEAR_GROUPS)


def share_by_school(school: np.ndarray, flag: np.ndarray, school_count: int) -> np.ndarray:
    """Share of each school's pupils with `flag` [N] true [J]; that of all pupils where nobody is on roll."""
    count, flagged = (grouping.counts(of, school_count) for of in (school, school[flag]))
    everybody = flagged.sum() / count.sum() if count.any() else 0.0
    return np.where(count > 0, flagged / np.maximum(count, 1), everybody)
