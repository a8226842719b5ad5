"""Pupil-proposing deferred acceptance, compiled. Twin: `matching_plain`."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, error_model="numpy")
def _sift_down(heap, priority, low, size, at):
    """Restore a min-heap of (pupil) slots by priority after the entry at `at` changed."""
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and priority[low + child + 1] < priority[low + child]:
            child += 1
        if priority[low + at] <= priority[low + child]:
            return
        heap[low + at], heap[low + child] = heap[low + child], heap[low + at]
        priority[low + at], priority[low + child] = priority[low + child], priority[low + at]
        at = child


@njit(cache=True, error_model="numpy")
def _sift_up(heap, priority, low, at):
    while at > 0 and priority[low + at] < priority[low + (at - 1) // 2]:
        parent = (at - 1) // 2
        heap[low + at], heap[low + parent] = heap[low + parent], heap[low + at]
        priority[low + at], priority[low + parent] = priority[low + parent], priority[low + at]
        at = parent


@njit(cache=True, error_model="numpy")
def match(preferences, priority, capacity):
    """The place each pupil gets; arguments as in `matching_plain.match`."""
    pupils, ranks = preferences.shape
    start = np.zeros(len(capacity) + 1, np.int64)
    for j in range(len(capacity)):
        start[j + 1] = start[j] + max(capacity[j], 0)
    held, score = np.empty(start[-1], np.int64), np.empty(start[-1])
    filled = np.zeros(len(capacity), np.int64)
    next_rank, got = np.zeros(pupils, np.int64), np.full(pupils, -1, np.int64)
    for first in range(pupils):
        i = first
        while i >= 0 and next_rank[i] < ranks:
            r = next_rank[i]
            next_rank[i] += 1
            j = preferences[i, r]
            if j < 0 or capacity[j] <= 0:
                continue
            low, size = start[j], filled[j]
            if size < capacity[j]:
                held[low + size], score[low + size] = i, priority[i, r]
                filled[j] += 1
                _sift_up(held, score, low, size)
                got[i] = r
                i = -1
            elif priority[i, r] > score[low]:
                out = held[low]
                held[low], score[low] = i, priority[i, r]
                _sift_down(held, score, low, size, 0)
                got[i], got[out] = r, -1
                i = out
    return got
