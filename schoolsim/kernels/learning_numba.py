"""One term of the learning equation for every pupil and subject, compiled. Twin: `learning_plain`."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import njit

from schoolsim.kernels.random_numba import normal_quantile, philox, unit_32


@njit(cache=True, inline="always")
def _luck(word):
    return normal_quantile(unit_32(word))


@njit(cache=True)
def learn(attainment, ids, year_group, school, class_group, female, pupil_flow, school_flow, class_flow,
          subject_flow, sigma, growth, keep, share, pupil_sd, subject_sd, taught, key):  # fmt: skip
    """Advance `attainment` [N, 8] (months, in place) by one term; arguments as in `learning_plain.learn`."""
    zero, one, two = np.uint64(0), np.uint64(1), np.uint64(2)
    root = sqrt(share)
    luck = np.empty(12)
    for i in range(len(ids)):
        year = year_group[i]
        count = taught[year]
        who = np.uint64(ids[i])
        w0, w1, w2, w3 = philox(who, zero, key)
        luck[0], luck[1], luck[2], luck[3] = _luck(w0), _luck(w1), _luck(w2), _luck(w3)
        if count > 3:
            w0, w1, w2, w3 = philox(who, one, key)
            luck[4], luck[5], luck[6], luck[7] = _luck(w0), _luck(w1), _luck(w2), _luck(w3)
            w0, w1, w2, w3 = philox(who, two, key)
            luck[8] = _luck(w0)
        mean = 0.0
        for s in range(count):
            mean += attainment[i, s]
        mean /= count
        flow = pupil_flow[i]
        if school[i] >= 0:
            flow += school_flow[school[i], year]
        side = 0.5 if female[i] else -0.5
        common = root * pupil_sd[year] * luck[0]
        for s in range(count):
            total = flow + side * subject_flow[s]
            if class_group[i, s] >= 0:
                total += class_flow[class_group[i, s]]
            lead = keep * attainment[i, s] + (1.0 - keep) * mean
            noise = common + root * subject_sd[year] * luck[s + 1]
            attainment[i, s] = growth * lead + share * sigma[year] * total + noise
