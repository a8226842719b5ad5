"""What families make of the schools near them, and the lists they write, compiled. Twin: `preferences_plain`."""

from __future__ import annotations

from math import log

import numpy as np
from numba import njit

from schoolsim.kernels.random_numba import into_normals, philox, unit_32


@njit(cache=True, error_model="numpy")
def _nearest(distance, near):
    """Fill `near` with the columns of the nearest schools in order; returns how many can be reached."""
    count = 0
    for j in range(len(distance)):
        d = distance[j]
        if not np.isfinite(d) or (count == len(near) and d >= distance[near[count - 1]]):
            continue
        at = count if count < len(near) else count - 1
        while at > 0 and distance[near[at - 1]] > d:
            near[at] = near[at - 1]
            at -= 1
        near[at] = j
        count = min(count + 1, len(near))
    return count


@njit(cache=True, error_model="numpy")
def _write_list(near, value, count, out):
    """The columns of highest value first, as many as the list has lines."""
    for line in range(min(len(out), count)):
        best = 0
        for k in range(1, count):
            if value[k] > value[best]:
                best = k
        out[line] = near[best]
        value[best] = -np.inf


@njit(cache=True, error_model="numpy")
def rank(distance, position, known, ids, schools, per_km, by_result, heard_sd, read_sd, reputation, printed, by_peers,
         taste, considered, named, key):  # fmt: skip
    """Lists of columns [n, named]; arguments as in `preferences_plain.rank`."""
    pupils = len(ids)
    lists = np.full((pupils, named), -1, np.int64)
    near, tails, value = np.empty(considered, np.int64), np.empty(considered, np.int64), np.empty(considered)
    even, news = np.empty((3, considered)), np.empty((2, considered))
    for i in range(pupils):
        who = np.uint64(ids[i])
        count = _nearest(distance[i], near)
        for k in range(count):
            liked, hears, reads, _ = philox(who, np.uint64(schools[position[i, near[k]]]), key)
            even[0, k], even[1, k], even[2, k] = unit_32(liked), unit_32(hears), unit_32(reads)
        into_normals(even[1, :count], news[0], tails)
        into_normals(even[2, :count], news[1], tails)
        heard_weight, read_weight = 1.0 / heard_sd[i] ** 2, 1.0 / read_sd[i] ** 2
        for k in range(count):
            j = position[i, near[k]]
            heard = reputation[j] + heard_sd[i] * news[0, k]
            total, mass = heard_weight * heard, 1.0 + heard_weight
            if np.isfinite(printed[j]):
                read = printed[j] + read_sd[i] * news[1, k]
                total += read_weight * read
                mass += read_weight
            liking = -log(-log(even[0, k]))
            own = by_result[i] * (total / mass) + by_peers[j] + per_km[i] * distance[i, near[k]]
            value[k] = own + known[i, near[k]] + taste * liking
        _write_list(near, value, count, lists[i])
    return lists
