"""The plain twin of `matching_numba`: deferred acceptance in rounds, as Gale and Shapley tell it (1962)."""

from __future__ import annotations

import numpy as np


def match(preferences: np.ndarray, priority: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """The place each pupil gets.

    Every pupil without a place proposes to the next school on the list; every school keeps those of highest
    priority among the held and the new, up to its capacity. With strict priorities the result is unique:
    the stable matching that all pupils like best.

    Args:
        preferences: schools in order of preference, -1 after the last [n, ranks].
        priority: the priority that the school there gives the pupil; higher comes first [n, ranks].
        capacity: places by school [J].

    Returns:
        The rank of the school given, -1 for none [n].
    """
    pupils, ranks = preferences.shape
    rank = np.zeros(pupils, np.int64)
    while True:
        open_ = rank < ranks
        school = np.where(open_, preferences[np.arange(pupils), np.minimum(rank, ranks - 1)], -1)
        skip = open_ & ((school < 0) | (capacity[school] <= 0))
        kept = _kept(school, priority[np.arange(pupils), np.minimum(rank, ranks - 1)], capacity, open_ & ~skip)
        rejected = (open_ & ~kept) | skip
        if not rejected.any():
            return np.where(kept, rank, -1)
        rank[rejected] += 1


def _kept(school: np.ndarray, priority: np.ndarray, capacity: np.ndarray, bidding: np.ndarray) -> np.ndarray:
    """Those bidders [n] whom their school keeps: the first by priority, up to its places."""
    rows = np.flatnonzero(bidding)
    order = rows[np.lexsort((-priority[rows], school[rows]))]
    first = np.searchsorted(school[order], school[order], side="left")
    kept = np.zeros(len(school), bool)
    kept[order[np.arange(len(order)) - first < capacity[school[order]]]] = True
    return kept
