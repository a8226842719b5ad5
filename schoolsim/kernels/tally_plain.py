"""The numpy twin of `tally_numba`."""

from __future__ import annotations

import numpy as np


def add_known(values: np.ndarray, cell: np.ndarray, grid: float, total: np.ndarray, size: np.ndarray) -> None:
    """Add the known of some values to the sum and the number of their cells, in place.

    Args:
        values: of any number type [n]; NaN is not known.
        cell: which cell each belongs to [n].
        grid: values are counted in whole parts of one over this, so that sums are exact in any order.
        total, size: sums (in those parts) and numbers by cell, float64 [c].
    """
    known = np.isfinite(values)
    total += np.bincount(cell[known], weights=np.rint(values[known] * grid), minlength=len(total))
    size += np.bincount(cell[known], minlength=len(size))


def sum_over_seats(of_class: np.ndarray, seats: np.ndarray) -> np.ndarray:
    """Sum over a pupil's classes of what is known of each.

    Args:
        of_class: float32 [K, v].
        seats: row of the class by subject [n, s], -1 for none.

    Returns:
        float32 [v, n].
    """
    total = np.zeros((len(seats), of_class.shape[1]), np.float32)
    for seat in seats.T:
        has_one = seat >= 0
        total[has_one] += of_class[seat[has_one]]
    return np.ascontiguousarray(total.T)
