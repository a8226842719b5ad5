"""What means of schools tell when pupils are not at hand: lasting spread, correlations, segregation.

Data publish a mean and a number of pupils a school and year; the model can be read the same way, so that both meet
the same estimator (for one year: `measures.noise_corrected_sd`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from schoolsim.rules import measures, spreads

_LEAST_SCHOOLS = 4
"""Fisher's standard error needs more than three."""


def lasting_sd(means: np.ndarray, sizes: np.ndarray) -> float:
    """SD between schools that lasts from year to year: the root of the covariance of means of different years.

    Cohorts are different children, so neither their luck nor what a school has in one year enters, and no SD of
    pupils is needed. What changes slowly enters in part. A negative estimate gives 0; NaN without two
    schools that have two years.

    Args:
        means: published means by school and year [j, y], NaN for none; the mean of each year is taken away.
        sizes: pupils behind each mean [j, y].
    """
    scatter = pairs = 0.0
    for one, other in combinations(range(means.shape[1]), 2):
        known = np.isfinite(means[:, (one, other)]).all(axis=1) & (sizes[:, (one, other)] > 0).all(axis=1)
        if known.sum() >= measures.LEAST_MEMBERS:
            weight = np.sqrt(spreads.effective(sizes[known, one]) * spreads.effective(sizes[known, other]))
            scatter += spreads.scatter(weight, means[known, one], means[known, other])
            pairs += spreads.apart(weight).sum()
    return float(np.sqrt(max(scatter / pairs, 0.0))) if pairs > 0 else np.nan


@dataclass(frozen=True)
class Correlation:
    """A correlation over schools, its standard error and how many schools it rests on."""

    value: float
    standard_error: float
    school_count: int

    def agrees_with(self, published: Correlation, *, tolerance: float) -> bool:
        """Whether this lies within the tolerance, or two standard errors of the published one if they are more."""
        return abs(self.value - published.value) <= max(tolerance, 2 * published.standard_error)


def correlation(
    x: np.ndarray, y: np.ndarray, *, weight: np.ndarray | None = None, left_out: np.ndarray | None = None
) -> Correlation:
    """Correlation over schools [j] that have both; NaN with fewer than four schools or none that differ.

    The standard error is Fisher's, brought back from his scale: (1 - r²) / √(n - 3), n being the number of
    equally weighted schools that would be known as well.

    Args:
        weight: of each school, say its pupils; all equal unless given.
        left_out: schools not to count (bool), say those that select.
    """
    even = np.ones(len(x)) if weight is None else np.asarray(weight, np.float64)
    known = np.isfinite(x) & np.isfinite(y) & (even > 0)
    known &= True if left_out is None else ~left_out
    w, count = even[known], int(known.sum())
    effective = w.sum() ** 2 / (w**2).sum() if count else 0.0
    spread = np.sqrt(spreads.scatter(w, x[known], x[known]) * spreads.scatter(w, y[known], y[known])) if count else 0.0
    if count < _LEAST_SCHOOLS or effective <= _LEAST_SCHOOLS - 1 or not spread > 0:
        return Correlation(np.nan, np.nan, count)
    value = spreads.scatter(w, x[known], y[known]) / spread
    return Correlation(value, (1 - value**2) / np.sqrt(effective - _LEAST_SCHOOLS + 1), count)


def segregation_ratio(
    poor_by_school: np.ndarray, rest_by_school: np.ndarray, poor_by_home: np.ndarray, rest_by_home: np.ndarray
) -> float:
    """Dissimilarity of schools [j] over that of the areas pupils live in [a]; NaN when homes are not apart."""
    homes = measures.dissimilarity(poor_by_home, rest_by_home)
    return measures.dissimilarity(poor_by_school, rest_by_school) / homes if homes > 0 else np.nan
