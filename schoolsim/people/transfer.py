"""Who needs a school, which schools could take them, and how far away those are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolsim.people.rolls import roll_by_year_group
from schoolsim.table import Table

GIRLS_ONLY, BOYS_ONLY = 1, 2
UNREACHABLE = np.inf


@dataclass
class TransferRound:
    """All pupils who need a school for one year group, and the schools that teach it.

    Attributes:
        year_group: the year group to be entered.
        pupils: rows of pupils [n].
        schools: rows of schools that teach the year group [m].
        capacity: free places there by school [m].
        distance: kilometres from home, infinite where the school does not take the pupil [n, m].
        lists: positions in `schools` in the family's order, -1 after the last named [n, ranks].
        begins: schools whose first year group this is [m] (None: all); the others only take whom these have no
            room for.
    """

    year_group: int
    pupils: np.ndarray
    schools: np.ndarray
    capacity: np.ndarray
    distance: np.ndarray
    lists: np.ndarray | None = None
    begins: np.ndarray | None = None

    def with_room(self) -> np.ndarray:
        """Kilometres from home to schools that have a free place, infinite for the others [n, m]."""
        return np.where(self.capacity > 0, self.distance, UNREACHABLE)

    def offered(self) -> np.ndarray:
        """Kilometres to schools that families may name: those that begin here, if any does and has room [n, m]."""
        room = self.with_room()
        beginning = room if self.begins is None else np.where(self.begins, room, UNREACHABLE)
        return beginning if np.isfinite(beginning).any() else room


def nearest_first(distance: np.ndarray, most: int) -> np.ndarray:
    """Positions of the nearest schools in order [n, most], -1 where no more can be reached."""
    near = np.broadcast_to(np.arange(distance.shape[1]), distance.shape)
    if most < distance.shape[1]:
        near = np.argpartition(distance, most, axis=1)[:, :most]
    apart = np.take_along_axis(distance, near, 1)
    order = np.argsort(apart, axis=1, kind="stable")
    reachable = np.isfinite(np.take_along_axis(apart, order, axis=1))
    return np.where(reachable, np.take_along_axis(near, order, 1), -1)


def transfer_rounds(pupils: Table, schools: Table) -> list[TransferRound]:
    """One round for each year group in which somebody has no school or has outgrown it."""
    outgrown = (pupils.school < 0) | (schools.last_year[pupils.school] < pupils.year_group)
    staying = roll_by_year_group(np.where(outgrown, -1, pupils.school), pupils.year_group, len(schools))
    free = np.maximum(schools.places - staying, 0)
    rounds = []
    for year in np.unique(pupils.year_group[outgrown]):
        seekers = np.flatnonzero(outgrown & (pupils.year_group == year))
        teaching = np.flatnonzero((schools.first_year <= year) & (schools.last_year >= year))
        rounds.append(_round(pupils, schools, int(year), seekers, teaching, free[:, year]))
    return rounds


def _round(
    pupils: Table, schools: Table, year: int, rows: np.ndarray, teaching: np.ndarray, free: np.ndarray
) -> TransferRound:
    east = pupils.easting[rows, None] - schools.easting[None, teaching]
    north = pupils.northing[rows, None] - schools.northing[None, teaching]
    distance = np.sqrt(east * east + north * north).astype(float) / 1000.0  # far faster than np.hypot
    distance[closed_to(pupils.female[rows], schools.gender[teaching])] = UNREACHABLE
    return TransferRound(year, rows, teaching, free[teaching], distance, begins=schools.first_year[teaching] == year)


def closed_to(female: np.ndarray, gender: np.ndarray) -> np.ndarray:
    """Whether a school of one sex does not take a pupil of the other [n, m]."""
    girls = female[:, None]
    return ((gender == GIRLS_ONLY)[None] & ~girls) | ((gender == BOYS_ONLY)[None] & girls)
