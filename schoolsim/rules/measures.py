"""Gaps, value added and segregation: the measures that institutions, policies and metrics share.

Missing values (NaN) are left out. Whatever needs more pupils or schools than there are gives NaN, which
means "cannot be shown", never zero.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from schoolsim.rules import grouping, spreads
from schoolsim.rules.scale import sigma

LEAST_MEMBERS = 2
_LEAST_PAIRS = 3
_NORMAL = NormalDist()


def group_mean(values: np.ndarray, group: np.ndarray) -> float:
    """Mean of values [n] over the members of a group (mask [n]); NaN with fewer than two members."""
    chosen = values[group & np.isfinite(values)]
    return float(chosen.mean(dtype=np.float64)) if len(chosen) >= LEAST_MEMBERS else np.nan


def mean_gap(values: np.ndarray, group: np.ndarray, reference: np.ndarray) -> float:
    """How far the group's mean lies behind the reference's, in the unit of the values (positive: behind).

    With months it is the gap in months; with a reached / not reached column, the threshold gap as a share.
    """
    return group_mean(values, reference) - group_mean(values, group)


def gap_sd(months: np.ndarray, group: np.ndarray, reference: np.ndarray, age: float) -> float:
    """The gap in months [n] expressed in the national pupil SD of the age."""
    return mean_gap(months, group, reference) / sigma(age)


def standardised_gap(values: np.ndarray, group: np.ndarray, reference: np.ndarray) -> float:
    """The gap in the SD of the very pupils compared (group and reference together)."""
    compared = values[(group | reference) & np.isfinite(values)]
    spread = compared.std(dtype=np.float64) if len(compared) else np.nan
    return mean_gap(values, group, reference) / spread if spread > 0 else np.nan


def probit_gap(group_share: float, reference_share: float) -> float:
    """Gap in SD behind two threshold shares, if attainment is normal (evidence U06); NaN for shares of 0 or 1."""
    if not (0 < group_share < 1 and 0 < reference_share < 1):
        return np.nan
    return _NORMAL.inv_cdf(reference_share) - _NORMAL.inv_cdf(group_share)


def value_added(prior: np.ndarray, result: np.ndarray) -> np.ndarray:
    """What result holds above the expectation for its prior attainment, by one line through all pupils.

    Args:
        prior: prior total, months [n].
        result: total [n], or one column a subject [n, s], months.

    Returns:
        Residuals of the shape of `result`, months; NaN where anything is missing or no line can be drawn.
    """
    known = np.isfinite(prior) & np.atleast_2d(np.isfinite(result.T)).all(axis=0)
    if known.sum() < _LEAST_PAIRS:
        return np.full(result.shape, np.nan)
    if known.all():
        return _residual(prior, result.T).T
    residual = np.full(result.T.shape, np.nan)
    residual[..., known] = _residual(prior[known], result.T[..., known])
    return residual.T


def _residual(prior: np.ndarray, result: np.ndarray) -> np.ndarray:
    """What of result [..., n] is not on its line through prior [n]."""
    x, y = _centred(prior), _centred(result)
    y -= _slope(x, y)[..., None] * x
    return y


def _centred(values: np.ndarray) -> np.ndarray:
    wide = values.astype(np.float64)
    return wide - wide.mean(axis=-1, keepdims=True)


def _slope(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    spread = np.einsum("n,n", x, x)
    return np.asarray(np.einsum("n,...n", x, y) / spread if spread > 0 else np.full(y.shape[:-1], np.nan))


def correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Pearson correlation of two columns [n] over the pupils who have both; NaN with fewer than three."""
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < _LEAST_PAIRS:
        return np.nan
    a, b = _centred(x[known]), _centred(y[known])
    spread = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / spread) if spread > 0 else np.nan


def mean_correlation(columns: np.ndarray) -> float:
    """Mean correlation between two different columns [n, s], over rows without a gap; NaN with fewer than three."""
    known = np.isfinite(columns.T).all(axis=0)
    complete = columns.T if known.all() else columns.T[:, known]
    column_count = len(complete)
    if complete.shape[1] < _LEAST_PAIRS or column_count < 2:
        return np.nan
    apart = _centred(complete)
    length = np.sqrt(np.einsum("sn,sn->s", apart, apart))
    if not (length > 0).all():
        return np.nan
    together = np.einsum("s,sn->n", 1 / length, apart)
    variance_of_sum = np.einsum("n,n", together, together)
    return float((variance_of_sum - column_count) / (column_count * (column_count - 1)))


def dissimilarity(group_counts: np.ndarray, rest_counts: np.ndarray) -> float:
    """Share of the group (or of the rest) who would have to move for every school to have the same mix.

    Args:
        group_counts, rest_counts: members of the group and all others in each school [j].
    """
    group, rest = group_counts.sum(), rest_counts.sum()
    if group == 0 or rest == 0:
        return np.nan
    return float(0.5 * np.abs(group_counts / group - rest_counts / rest).sum())


def segregation(group_counts: np.ndarray, rest_counts: np.ndarray) -> float:
    """Gorard's segregation: share of the group who would have to move, other pupils staying put."""
    group, everyone = group_counts.sum(), group_counts.sum() + rest_counts.sum()
    if group == 0:
        return np.nan
    return float(0.5 * np.abs(group_counts / group - (group_counts + rest_counts) / everyone).sum())


def noise_corrected_sd(school_means: np.ndarray, pupil_counts: np.ndarray, pupil_sd: float) -> float:
    """SD between schools behind their means, once the luck of who happens to be in a cohort is taken off.

    Schools are weighted as in `variance.nested_components`, which tells the same with pupils at hand. A negative
    estimate gives 0; fewer than two schools give NaN.

    Args:
        school_means: published means [j], any unit; NaN for none.
        pupil_counts: pupils behind each mean [j], of all years it is over.
        pupil_sd: SD of pupils within schools, same unit.
    """
    known = np.isfinite(school_means) & (pupil_counts > 0)
    mean, size = school_means[known].astype(np.float64), pupil_counts[known].astype(np.float64)
    if len(size) < LEAST_MEMBERS:
        return np.nan
    weight = spreads.effective(size)
    apart = spreads.apart(weight)
    seen = spreads.scatter(weight, mean, mean) - (apart * pupil_sd**2 / size).sum()
    return float(np.sqrt(max(seen / apart.sum(), 0.0)))


def school_means(values: np.ndarray, school: np.ndarray, school_count: int) -> np.ndarray:
    """Mean of known values [n] in each school [school_count]; NaN for a school with none."""
    return grouping.means(values, school, school_count)
