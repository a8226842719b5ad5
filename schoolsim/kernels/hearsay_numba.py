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
def count_known(school, wished, wishes, year_group, home, fsm, fsm6, ses, thirds, since, here, row, there,
                schools):  # fmt: skip
    """Who goes where, and how well off families are; arguments as in `hearsay_plain.count_known`."""
    low, high = np.float32(thirds[0]), np.float32(thirds[1])  # as numpy compares the column with them
    kinds = NEVER_POOR + len(thirds) + 1
    areas, columns = there.shape
    number, total = np.zeros((areas, kinds, columns)), np.zeros((areas, kinds, 1))
    size, usual = np.zeros(kinds * len(row)), np.zeros(kinds * len(row))
    cell, at = np.empty(len(school), np.int64), np.empty(len(school), np.int64)
    group_size, group = np.zeros(2), np.zeros(2)
    for i in range(len(school)):
        at[i] = here[school[i]] if year_group[i] >= since and school[i] >= 0 else -1
        if at[i] < 0:
            continue
        kind = _kind(fsm[i], fsm6[i], ses[i], low, high)
        cell[i] = kinds * home[i] + kind
        size[cell[i]] += 1.0
        usual[cell[i]] += ses[i]
        group_size[np.int64(kind < NEVER_POOR)] += 1.0
        group[np.int64(kind < NEVER_POOR)] += ses[i]
        area = row[home[i]]
        if area >= 0:
            total[area, kind, 0] += 1.0
            asked = here[wished[i]] if wished[i] >= 0 else -1
            longed = wishes if asked >= 0 and asked != at[i] else 0.0
            for k in range(columns):
                if there[area, k] == at[i]:
                    number[area, kind, k] += 1.0 - longed
                elif there[area, k] == asked:
                    number[area, kind, k] += longed
    for c in range(len(size)):
        usual[c] = usual[c] / size[c] if size[c] > 0 else np.nan
    lead, rest, spread = _positions(ses, at, cell, usual, group / group_size, kinds, schools)
    return number, total, usual, lead, rest, spread


@njit(cache=True, error_model="numpy")
def _positions(ses, at, cell, usual, of_group, kinds, schools):
    """How far the families of each school lie above others as poor, what is left inside, and the spread of kinds."""
    count, lead, squares = np.zeros(schools), np.zeros(schools), 0.0
    spread, of_kind = np.zeros(kinds), np.zeros(kinds)
    for i in range(len(at)):
        if at[i] >= 0:
            kind = cell[i] % kinds
            of_kind[kind] += 1.0
            spread[kind] += (ses[i] - usual[cell[i]]) ** 2
            apart = ses[i] - of_group[np.int64(kind < NEVER_POOR)]
            count[at[i]] += 1.0
            lead[at[i]] += apart
            squares += apart * apart
    for j in range(schools):
        lead[j] = lead[j] / count[j] if count[j] > 0 else 0.0
        squares -= count[j] * lead[j] * lead[j]
    for kind in range(kinds):
        spread[kind] = spread[kind] / of_kind[kind] if of_kind[kind] > 0 else 0.0
    known = count.sum()
    return lead, squares / known if known > 0 else 0.0, spread


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
