"""Which rows belong to which school, year group and class: counts and shares."""

from __future__ import annotations

import numpy as np

from schoolsim.rules.scale import YEAR_GROUPS


def roll_by_year_group(school: np.ndarray, year_group: np.ndarray, school_count: int) -> np.ndarray:
    """Pupils on roll by school and year group, int [J, 12]; a school of -1 is none."""
    placed = school >= 0
    code = school[placed].astype(np.int64) * YEAR_GROUPS + year_group[placed]
    return np.bincount(code, minlength=school_count * YEAR_GROUPS).reshape(-1, YEAR_GROUPS)


def share_by_school(school: np.ndarray, flag: np.ndarray, school_count: int) -> np.ndarray:
    """Share of each school's pupils with `flag` [N] true [J]; that of all pupils where nobody is on roll."""
    placed = school >= 0
    count = np.bincount(school[placed], minlength=school_count)
    flagged = np.bincount(school[placed], weights=flag[placed], minlength=school_count)
    everybody = flag[placed].mean() if placed.any() else 0.0
    return np.where(count > 0, flagged / np.maximum(count, 1), everybody)
