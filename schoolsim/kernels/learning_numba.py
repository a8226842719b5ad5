"""One term of the learning equation for every pupil and subject, compiled. Twin: `learning_plain`."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import njit

from schoolsim.kernels.random_numba import CHUNK, philox_chunk, quantile_chunk, unit_32

_MASK, _SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)
FEW = 3
"""Subjects whose luck fits into one block of four words beside the pupil's own: those of primary years."""


@njit(cache=True, error_model="numpy")
def _block_of_luck(ids, chosen, count, block, key, words, even, luck):
    """Normals of one block of words for `count` chosen pupils: luck [4, CHUNK] in the order of `chosen`."""
    for i in range(count):
        who = np.uint64(ids[chosen[i]])
        words[0, i], words[1, i] = np.uint32(who & _MASK), np.uint32(who >> _SHIFT)
        words[2, i], words[3, i] = block, np.uint32(0)
    philox_chunk(words[0], words[1], words[2], words[3], key, count)
    for word in range(4):
        if block == 2 and word > 0:  # the ninth normal is the last
            break
        for i in range(count):
            even[i] = unit_32(words[word, i])
        quantile_chunk(even, luck[word], count)


@njit(cache=True, error_model="numpy")
def learn(attainment, ids, year_group, school, class_group, female, pupil_flow, school_flow, class_flow,
          subject_flow, sigma, growth, keep, share, pupil_sd, subject_sd, taught, key):  # fmt: skip
    """Advance `attainment` [N, 8] (months, in place) by one term; arguments as in `learning_plain.learn`."""
    root = sqrt(share)
    words, even = np.empty((4, CHUNK), np.uint32), np.empty(CHUNK)
    first, later = np.empty((4, CHUNK)), np.empty((8, CHUNK))
    everybody, older = np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64)
    for start in range(0, len(ids), CHUNK):
        count, older_count = min(CHUNK, len(ids) - start), 0
        for n in range(count):
            everybody[n] = start + n
            if taught[year_group[start + n]] > FEW:
                older[older_count] = start + n
                older_count += 1
        _block_of_luck(ids, everybody, count, np.uint32(0), key, words, even, first)
        if older_count:
            _block_of_luck(ids, older, older_count, np.uint32(1), key, words, even, later[:4])
            _block_of_luck(ids, older, older_count, np.uint32(2), key, words, even, later[4:])
        place = 0
        for n in range(count):
            i = start + n
            year = year_group[i]
            subjects = taught[year]
            mean = 0.0
            for s in range(subjects):
                mean += attainment[i, s]
            mean /= subjects
            flow = pupil_flow[i]
            if school[i] >= 0:
                flow += school_flow[school[i], year]
            side = 0.5 if female[i] else -0.5
            own = root * pupil_sd[year] * first[0, n]
            for s in range(subjects):
                total = flow + side * subject_flow[s]
                if class_group[i, s] >= 0:
                    total += class_flow[class_group[i, s]]
                lead = keep * attainment[i, s] + (1.0 - keep) * mean
                luck = first[s + 1, n] if s < FEW else later[s - FEW, place]
                noise = own + root * subject_sd[year] * luck
                attainment[i, s] = growth * lead + share * sigma[year] * total + noise
            if subjects > FEW:
                place += 1
