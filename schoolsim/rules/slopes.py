"""How one thing changes with another inside groups, and how sure that is."""

from __future__ import annotations

import numpy as np

from schoolsim.rules import grouping


def slope_within(x: np.ndarray, y: np.ndarray, group: np.ndarray) -> tuple[float, float]:
    """Slope of `y` on `x` [n] with a level of its own for each group, and its standard error.

    Rows in which either is not known are left out; without a spread of `x`, or with no row to spare, both are NaN.
    """
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    known = np.isfinite(x) & np.isfinite(y)
    names, code = np.unique(np.asarray(group)[known], return_inverse=True)
    x, y = (column[known] - grouping.means(column[known], code, len(names))[code] for column in (x, y))
    spread, spare = (x**2).sum(), len(x) - len(names) - 1
    if spare < 1 or spread <= 0:
        return np.nan, np.nan
    slope = float((x * y).sum() / spread)
    return slope, float(np.sqrt(((y - slope * x) ** 2).sum() / spare / spread))
