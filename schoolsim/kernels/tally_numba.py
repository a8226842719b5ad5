"""Sums over cells and over seats, compiled: what metrics and classes count pupil by pupil. Twin: `tally_plain`."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, error_model="numpy")
def add_known(values, cell, grid, total, size):
    """Add the known of some values to their cells, in place; arguments as in `tally_plain.add_known`."""
    for i in range(len(values)):
        value = np.float64(values[i])
        if np.isfinite(value):
            total[cell[i]] += np.rint(value * grid)
            size[cell[i]] += 1.0


@njit(cache=True, error_model="numpy")
def sum_over_seats(of_class, seats):
    """Sum over a pupil's classes of what is known of each; arguments as in `tally_plain.sum_over_seats`."""
    pupils, subjects = seats.shape
    kinds = of_class.shape[1]
    out, sums = np.empty((kinds, pupils), np.float32), np.empty(kinds, np.float32)
    for i in range(pupils):
        sums[:] = np.float32(0.0)
        for s in range(subjects):
            if seats[i, s] >= 0:
                for k in range(kinds):
                    sums[k] += of_class[seats[i, s], k]
        for k in range(kinds):
            out[k, i] = sums[k]
    return out
