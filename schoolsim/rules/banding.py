"""Fair banding: a school's places split in equal shares over the ability bands of those who ask for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schoolsim.people.ids import rank_within

OWN_BAND_BEFORE_OTHERS = 9e4
"""Above siblings, faith and catchment, below plans and care: a place goes to another band only if its own leaves it."""


def no_school(own_admissions: np.ndarray) -> np.ndarray:
    """Nobody's places are split [m]."""
    return np.zeros(len(own_admissions), bool)


def own_admission_schools(own_admissions: np.ndarray) -> np.ndarray:
    """Schools that admit for themselves split their places [m]."""
    return own_admissions


def every_school(own_admissions: np.ndarray) -> np.ndarray:
    """All schools split their places [m]."""
    return np.ones(len(own_admissions), bool)


BANDING: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "none": no_school,
    "own_admissions": own_admission_schools,
    "all": every_school,
}
"""Whose places are split over bands; the lever `admissions.banding` picks one."""


def bands_of_applicants(there: np.ndarray, score: np.ndarray, bands: int) -> np.ndarray:
    """The band of each applicant among all who ask for the same school [n, ranks], 0 for those who scored least.

    Args:
        there: positions of the schools asked for, -1 after the last [n, ranks].
        score: result of the test [n]; those without one (NaN) count as having scored least.
        bands: how many there are.
    """
    school = np.ravel(there) + 1
    known = np.repeat(np.nan_to_num(score, nan=-np.inf), there.shape[1])
    place = rank_within(school, known) / np.bincount(school)[school]
    return (bands * place).astype(np.int64).reshape(there.shape)


def by_band(
    there: np.ndarray, claim: np.ndarray, capacity: np.ndarray, band: np.ndarray, split: np.ndarray, bands: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same market with every school that splits in parts, one for each band.

    A child asks for the part of its own band first and then for the other parts of the school, the nearest bands
    first; each part takes its own band first. So deferred acceptance stays stable, and no place is left empty that
    somebody asks for.

    Args:
        there, claim: schools asked for, -1 after the last, and the claim to each [n, ranks].
        capacity: places [m].
        band: the child's band at each school asked for [n, ranks].
        split: schools whose places are split [m].
        bands: how many bands there are.

    Returns:
        Parts asked for and claims [n, ranks x bands], places of each part [m x bands].
    """
    parts, splits = np.arange(bands), (there >= 0) & split[there]
    order = np.argsort(np.abs(parts[:, None] - parts), axis=1, kind="stable")
    part = np.where(splits, band, 0)[:, :, None]
    tried = order[part[:, :, 0]]
    asks = (there >= 0)[:, :, None] & (splits[:, :, None] | (parts == 0))
    asked = np.where(asks, bands * there[:, :, None] + tried, -1)
    worth = claim[:, :, None] - OWN_BAND_BEFORE_OTHERS * np.abs(tried - part)
    shares = capacity[:, None] // bands + (parts < capacity[:, None] % bands)
    places = np.where(split[:, None], shares, capacity[:, None] * (parts == 0))
    return asked.reshape(len(there), -1), worth.reshape(len(there), -1), places.ravel()
