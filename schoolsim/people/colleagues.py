"""Who works beside whom: teachers of a department, in primary all class teachers of the school."""

from __future__ import annotations

import numpy as np


def best_among(group: np.ndarray, value: np.ndarray) -> np.ndarray:
    """The highest value of each one's group, oneself included [n]."""
    best = np.full(int(group.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, group, value)
    return best[group]


def mean_among(group: np.ndarray, value: np.ndarray) -> np.ndarray:
    """The mean value of each one's group, oneself included [n]."""
    count = np.maximum(np.bincount(group), 1)
    return (np.bincount(group, weights=value) / count)[group]
