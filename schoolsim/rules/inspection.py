"""What a visit makes of a school: a score, a grade, and when the next visit is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

NEVER, OUTSTANDING, GOOD, REQUIRES_IMPROVEMENT, INADEQUATE = range(5)
GRADES = ("outstanding", "good", "requires improvement", "inadequate")


def weighted_score(seen: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    """Mean of what is seen of each school [J], in SD between schools, by the weights of a framework.

    Args:
        seen: kind of evidence -> values [J]; what is not known (NaN) counts for nothing.
        weights: kind of evidence -> weight, 0 or more.
    """
    values, weight = np.stack([seen[kind] for kind in weights]), np.array(list(weights.values()))[:, None]
    known = weight * np.isfinite(values)
    return np.asarray((known * np.nan_to_num(values)).sum(axis=0) / np.maximum(known.sum(axis=0), 1e-9))


def grade_of(score: np.ndarray, cuts: Sequence[float], bar: float = 0.0) -> np.ndarray:
    """Grade from 1 (outstanding) to 4 (inadequate) by falling cuts, all of them higher by `bar` [n]."""
    below = [score < cut + bar for cut in cuts]
    return np.asarray(OUTSTANDING + np.sum(below, axis=0)).astype(np.int8)


def due(grade: np.ndarray, inspected: np.ndarray, interval: float, ratio: Sequence[float]) -> np.ndarray:
    """When the next visit is due [J], elapsed years: the better the grade, the later; who has none counts as good."""
    after = np.asarray(ratio)[np.where(grade == NEVER, GOOD, grade) - 1]
    return np.asarray(inspected + interval * after)


def nearness(until: np.ndarray, horizon: float) -> np.ndarray:
    """How near a visit is felt to be [n]: 0 from `horizon` years before it is due, 1 once it is."""
    return np.clip(1.0 - until / horizon, 0.0, 1.0)
