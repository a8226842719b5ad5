"""Which schools families would look at first, by plain distance from the middle of their small area.

A family's list is its nearest schools until they add up to ten. A school counts whole where it teaches all
years of the phase to both sexes; one that teaches some of the years counts for their share (an infant and a
junior school make one primary), and a school of one sex counts for half, since half of the families have no
use for it. Whether a school is selective, religious or popular makes no difference.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from schoolsim.places.frame import LAST_PRIMARY_YEAR, YEAR_GROUP_COUNT

PHASE_YEARS = {
    "primary": (0, LAST_PRIMARY_YEAR),
    "secondary": (LAST_PRIMARY_YEAR + 1, YEAR_GROUP_COUNT - 1),
}
"""First and last year group of a phase, wherever it is taught."""

REACH = {"primary": 25_000.0, "secondary": 40_000.0}
"""Farthest school a family would look at (m, straight line; plausible 15-30 and 30-45 km). Assumption: the
journeys that national guidance on school travel calls the longest acceptable, 45 and 75 minutes, at about 33 km
an hour. It matters on islands and in the emptiest hills; elsewhere lists are full long before."""

LIST_LENGTH = 10
"""Schools a family would look at first; families have about six secondaries in a ten-minute drive (E131)."""

_AGES_COUNTED = 16  # areas count children of 0-15, so a year group is a sixteenth of them
_MOST = 60  # more than a list of ten ever needs: infant schools of one sex would take 47
_TWINS = 4  # main schools that may share a postcode
_BOTH_SEXES, _NOBODY = 2, -1


def worth(schools: pd.DataFrame, phase: str) -> np.ndarray:
    """What each school [n] counts for in a list, in half year groups; `whole_worth` is a whole school."""
    sexes = np.where(schools.gender.to_numpy() == "mixed", _BOTH_SEXES, 1)
    return years_taught(schools, phase) * sexes


def whole_worth(phase: str) -> int:
    """The worth of a school that teaches all years of the phase to both sexes, in half year groups."""
    first, last = PHASE_YEARS[phase]
    return (last - first + 1) * _BOTH_SEXES


def years_taught(schools: pd.DataFrame, phase: str) -> np.ndarray:
    """Year groups of the phase (count) that each school [n] teaches."""
    first, last = PHASE_YEARS[phase]
    starts, ends = _years(schools)
    return np.maximum(np.minimum(ends, last) - np.maximum(starts, first) + 1, 0)


def pupils_of(schools: pd.DataFrame, phase: str) -> np.ndarray:
    """Pupils of the phase's years in each school [n], its roll spread evenly over the years it teaches."""
    starts, ends = _years(schools)
    return schools.roll.to_numpy() * years_taught(schools, phase) / (ends - starts + 1)


def children_of(areas: pd.DataFrame, phase: str) -> np.ndarray:
    """Children of the phase's ages in each area [n], as if all ages from 0 to 15 were as many."""
    first, last = PHASE_YEARS[phase]
    return areas.children.to_numpy() * (last - first + 1) / _AGES_COUNTED


def likeliest(areas: pd.DataFrame, schools: pd.DataFrame, phase: str, count: int) -> np.ndarray:
    """Rows of the nearest schools that add up to `count` whole ones, nearest first, for families of each area.

    Returns:
        Rows of `schools` [areas, longest list], -1 after the end of a list. Schools at the same distance
        come in the order of their URNs.
    """
    worths = worth(schools, phase)
    rows = _nearest_rows(areas, schools, np.flatnonzero(worths), phase, _MOST)
    gained = np.where(rows == _NOBODY, 0, worths[rows])
    before = gained.cumsum(axis=1) - gained
    lists = np.where(before < count * whole_worth(phase), rows, _NOBODY)
    return lists[:, : int((lists != _NOBODY).sum(axis=1).max(initial=0))]


def nearest_main(points: pd.DataFrame, schools: pd.DataFrame, phase: str) -> np.ndarray:
    """Row of the nearest school worth at least half a whole one, -1 where none is within reach.

    Args:
        points: Areas or schools [n], with coordinates.
        schools: Those to find.
        phase: "primary" or "secondary".
    """
    halves = np.flatnonzero(2 * worth(schools, phase) >= whole_worth(phase))
    return _nearest_rows(points, schools, halves, phase, _TWINS)[:, 0]


def all_among(lists: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Whether every school of each list [areas, longest] is kept (mask [schools]); an empty list is whole."""
    return np.where(lists == _NOBODY, True, kept[lists]).all(axis=1)


def _years(schools: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """First and last year group of each school [n], wide enough to reckon with."""
    return schools.first_year.to_numpy(dtype=int), schools.last_year.to_numpy(dtype=int)


def _nearest_rows(
    points: pd.DataFrame, schools: pd.DataFrame, rows: np.ndarray, phase: str, most: int
) -> np.ndarray:
    """The nearest of these rows of `schools` within reach [points, most], nearest first; -1 for none."""
    if not len(rows):
        return np.full((len(points), most), _NOBODY)
    tree = cKDTree(_points(schools)[rows])
    ranks = np.arange(1, most + 1)
    metres, found = tree.query(_points(points), k=ranks, distance_upper_bound=REACH[phase])
    known = np.append(rows, _NOBODY)[found]
    urns = np.append(schools.urn.to_numpy()[rows], 0)[found]
    return np.take_along_axis(known, np.lexsort((urns, metres), axis=-1), axis=1)


def _points(frame: pd.DataFrame) -> np.ndarray:
    """Coordinates [n, 2] (m)."""
    return np.column_stack([frame.easting.to_numpy(), frame.northing.to_numpy()])
