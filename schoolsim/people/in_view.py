"""Which schools are within sight of a home: the nearest to each small area, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from schoolsim.table import Table

IN_VIEW = 28
"""Schools in view of an area, in order of distance: more than families weigh, since some are full or of one sex."""


class Sites(NamedTuple):
    """Of schools by column: easting and northing (m), and whom they take (0 all, 1 girls, 2 boys)."""

    easting: np.ndarray
    northing: np.ndarray
    gender: np.ndarray


def sites_of(schools: Table, rows: np.ndarray, near: np.ndarray | None = None) -> Sites:
    """Sites of some rows [m] of schools as [1, m], or of the positions `near` [a, k] among them."""
    columns = (column[rows] for column in (schools.easting, schools.northing, schools.gender))
    return Sites(*(column[None] if near is None else column.take(near) for column in columns))


class SchoolsInView:
    """The schools in view of each small area, by year group taught; the same for as long as no school opens or closes.

    Args:
        areas: easting and northing of small areas [A], metres.
        schools: the table of schools.
        in_view: most schools kept for an area.
    """

    def __init__(self, areas: Mapping[str, np.ndarray], schools: Table, in_view: int = IN_VIEW) -> None:
        self._areas = np.stack([np.asarray(areas[axis], float) for axis in ("easting", "northing")], axis=1)
        self._schools, self._in_view = schools, in_view
        self._known: dict[int, tuple[np.ndarray, np.ndarray | None]] = {}
        self._sites: dict[int, Sites] = {}

    def teaching(self, year: int) -> np.ndarray:
        """Rows of schools that teach a year group [m]."""
        return self._of(year)[0]

    def of_areas(self, year: int, areas: np.ndarray) -> np.ndarray | None:
        """Positions in `teaching(year)` of the schools in view from some areas [n, k]; None where all are."""
        near = self._of(year)[1]
        return None if near is None else near.take(areas, axis=0)

    def sites(self, year: int, areas: np.ndarray) -> Sites:
        """Where the schools in view from some areas are [n, k]; [1, m] where all are in view."""
        if year not in self._sites:
            self._sites[year] = sites_of(self._schools, *self._of(year))
        known = self._sites[year]
        return known if self._of(year)[1] is None else Sites(*(one.take(areas, axis=0) for one in known))

    def _of(self, year: int) -> tuple[np.ndarray, np.ndarray | None]:
        if year not in self._known:
            schools = self._schools
            teaching = np.flatnonzero((schools.first_year <= year) & (schools.last_year >= year))
            self._known[year] = teaching, self._nearest(teaching)
        return self._known[year]

    def _nearest(self, teaching: np.ndarray) -> np.ndarray | None:
        if len(teaching) <= self._in_view:
            return None
        sites = np.stack([self._schools.easting[teaching], self._schools.northing[teaching]], axis=1)
        near = cKDTree(sites.astype(float)).query(self._areas, self._in_view)[1]
        return near.astype(np.int64).reshape(-1, self._in_view)  # of a single school it tells no second axis
