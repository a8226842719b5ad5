"""Where the children of each street and kind of family go to school, counted, compiled. Twin: `hearsay_plain`."""

from __future__ import annotations

import numpy as np
from numba import njit

from schoolsim.kernels.hearsay_plain import NEVER_POOR


@njit(cache=True, inline="always")
def _kind(fsm, fsm6, ses, low, high):
    lately, now = np.int64(fsm6), np.int64(fsm)  # without branches, which would be guessed wrong too often
    return lately * (1 - now) + (1 - lately) * (NEVER_POOR + np.int64(ses >= low) + np.int64(ses >= high))


@njit(cache=True, error_model="numpy")
def count_known(school, year_group, home, fsm, fsm6, ses, thirds, since, here, row, there, schools):
    """Who goes where, and how well off families are; arguments as in `hearsay_plain.count_known`."""
    low, high = thirds
    kinds = NEVER_POOR + len(thirds) + 1
    areas, columns = there.shape
    number, total = np.zeros((areas, kinds, columns)), np.zeros((areas, kinds, 1))
    size, usual = np.zeros(kinds * len(row)), np.zeros(kinds * len(row))
    cell, at = np.empty(len(school), np.int64), np.empty(len(school), np.int64)
    for i in range(len(school)):
        at[i] = here[school[i]] if year_group[i] >= since and school[i] >= 0 else -1
        if at[i] < 0:
            continue
        kind = _kind(fsm[i], fsm6[i], ses[i], low, high)
        cell[i] = kinds * home[i] + kind
        size[cell[i]] += 1.0
        usual[cell[i]] += ses[i]
        area = row[home[i]]
        if area >= 0:
            total[area, kind, 0] += 1.0
            for k in range(columns):
                if there[area, k] == at[i]:
                    number[area, kind, k] += 1.0
                    break
    for c in range(len(size)):
        usual[c] = usual[c] / size[c] if size[c] > 0 else np.nan
    count, lead, squares = np.zeros(schools), np.zeros(schools), 0.0
    for i in range(len(school)):
        if at[i] >= 0:
            apart = ses[i] - usual[cell[i]]
            count[at[i]] += 1.0
            lead[at[i]] += apart
            squares += apart * apart
    for j in range(schools):
        lead[j] = lead[j] / count[j] if count[j] > 0 else 0.0
        squares -= count[j] * lead[j] * lead[j]
    known = count.sum()
    return number, total, usual, lead, squares / known if known > 0 else 0.0


@njit(cache=True, error_model="numpy")
def columns_of(named, distance, position, schools):
    """The columns of schools named; arguments as in `hearsay_plain.columns_of`."""
    out = np.full(named.shape, -1, np.int64)
    for i in range(len(named)):
        for k in range(distance.shape[1]):
            if np.isfinite(distance[i, k]):
                school = schools[position[i, k]]
                for c in range(named.shape[1]):
                    if named[i, c] == school:
                        out[i, c] = k
    return out
