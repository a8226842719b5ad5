"""One term of the learning equation for every pupil and subject, compiled. Twin: `learning_plain`.

Pupils are taken in chunks that stay in the cache: first all the luck of a chunk, in loops that become wide
instructions, then the equation, pupil by pupil.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import njit

from schoolsim.kernels.random_numba import CHUNK, into_normals, philox, unit_32

WORDS = 4  # that one call of Philox gives
FEW, ALL = 3, 8  # subjects taught in primary and in secondary years


@njit(cache=True, error_model="numpy")
def _draw(luck, ids, key, subjects, uniforms, tails):
    """Fill `luck` [subjects + 1, n] with standard normals of the pupils `ids` [n]: their own, then one a subject."""
    for block in range(subjects // WORDS + 1):
        first, other = WORDS * block, np.uint64(block)
        for k in range(len(ids)):
            w0, w1, w2, w3 = philox(np.uint64(ids[k]), other, key)
            uniforms[first, k], uniforms[first + 1, k] = unit_32(w0), unit_32(w1)
            uniforms[first + 2, k], uniforms[first + 3, k] = unit_32(w2), unit_32(w3)
    for row in range(subjects + 1):
        into_normals(uniforms[row, : len(ids)], luck[row], tails)


@njit(cache=True, inline="always", error_model="numpy")
def _grow(before, classes, subjects, flow, side, own, subject_sd, months, growth, keep, rest, subject_flow, class_flow,
          weight, luck, k):  # fmt: skip
    """One pupil's subjects [8], in place; inlined for each number of subjects, so that loops have a fixed length."""
    mean = 0.0
    for s in range(subjects):
        mean += before[s]
    mean /= subjects
    for s in range(subjects):
        total = flow + side * subject_flow[s]
        if classes[s] >= 0:
            total += weight * class_flow[classes[s]]
        lead = keep * before[s] + rest * mean
        before[s] = growth * lead + months * total + (own + subject_sd * luck[s + 1, k])


@njit(cache=True, error_model="numpy")
def learn(attainment, ids, year_group, school, class_group, female, pupil_flow, school_flow, class_flow,
          poor, class_weight, subject_flow, sigma, growth, keep, share, pupil_sd, subject_sd, taught, key):  # fmt: skip
    """Advance `attainment` [N, 8] (months, in place) by one term; arguments as in `learning_plain.learn`."""
    root, rest = sqrt(share), 1.0 - keep
    primary_flow, secondary_flow = subject_flow[0], subject_flow[1]
    uniforms, luck = np.empty((3 * WORDS, CHUNK)), np.empty((3 * WORDS, CHUNK))
    tails = np.empty(CHUNK, np.int64)
    for start in range(0, len(ids), CHUNK):
        stop = min(start + CHUNK, len(ids))
        _draw(luck, ids[start:stop], key, taught[year_group[start:stop]].max(), uniforms, tails)
        for i in range(start, stop):
            year, k = year_group[i], i - start
            flow = pupil_flow[i]
            if school[i] >= 0:
                flow += school_flow[school[i], year]
            side, weight = 0.5 if female[i] else -0.5, class_weight[year, 1 if poor[i] else 0]
            own, sd, months = root * pupil_sd[year] * luck[0, k], root * subject_sd[year], share * sigma[year]
            if taught[year] == FEW:
                _grow(attainment[i], class_group[i], FEW, flow, side, own, sd, months, growth, keep, rest,
                      primary_flow, class_flow, weight, luck, k)  # fmt: skip
            else:
                _grow(attainment[i], class_group[i], ALL, flow, side, own, sd, months, growth, keep, rest,
                      secondary_flow, class_flow, weight, luck, k)  # fmt: skip
