"""Who needs a school, which schools could take them, and how far away those are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.people.in_view import SchoolsInView, Sites
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.table import Table

GIRLS_ONLY, BOYS_ONLY = 1, 2
UNREACHABLE = np.inf


@dataclass
class TransferRound:
    """All pupils who need a school for one year group, and the schools that teach it.

    Attributes:
        year_group: the year group to be entered; -1 for several, each school then standing there once for each.
        pupils: rows of pupils [n].
        schools: rows of schools that teach the year group [m].
        capacity: free places there by school [m].
        distance: kilometres from home to the schools in view, infinite where one does not take the pupil [n, k].
        lists: columns of `distance` in the family's order, -1 after the last named [n, ranks].
        begins: schools whose first year group this is [m] (None: all); the others only take whom these have no
            room for.
        near: position in `schools` of the school in each column [n, k] (None: all schools, in order).
        selective: schools that admit by test [m] (None: no such school).
        passed: who passed it [n].
        going: share of children like theirs who go to such schools [n].
        score: share of those of their need who did better in it [n].
        heard: log of what families hear of the schools in view [n, k], where it was needed before they choose.
        single_sex: schools of one sex [m] (None: no such school).
        here: position in `schools` of the one they are in, which they keep if they find no other in mid-year [n]; -1
            for who is in another (None: they have none).
        sibling: position in `schools` of the school that an elder sibling stays at [n], -1 for none (None: not asked).
        takes_first: index in FAITHS of the faith that each school takes first, 0 for none [m] (None: nobody asks).
        of_faith: index in FAITHS of the faith of each family [n] (None: nobody asks).
        told: row of the school that the child whose home they took over has been at [n], -1 for none (None: nobody's).
    """

    year_group: int
    pupils: np.ndarray
    schools: np.ndarray
    capacity: np.ndarray
    distance: np.ndarray
    lists: np.ndarray | None = None
    begins: np.ndarray | None = None
    near: np.ndarray | None = None
    selective: np.ndarray | None = None
    passed: np.ndarray | None = None
    going: np.ndarray | None = None
    score: np.ndarray | None = None
    heard: np.ndarray | None = None
    single_sex: np.ndarray | None = None
    here: np.ndarray | None = None
    told: np.ndarray | None = None
    sibling: np.ndarray | None = None
    takes_first: np.ndarray | None = None
    of_faith: np.ndarray | None = None

    def position(self, columns: np.ndarray) -> np.ndarray:
        """Positions in `schools` of some columns of each row [n, ...], -1 where the column is -1."""
        if self.near is None:
            return columns
        return np.where(columns >= 0, np.take_along_axis(self.near, np.maximum(columns, 0), axis=1), -1)

    def of_column(self, by_school: np.ndarray) -> np.ndarray:
        """A value of each school [m], by column [n, k] (or [m], where the columns are the schools)."""
        return by_school if self.near is None else by_school.take(self.near)

    def positions(self) -> np.ndarray:
        """Positions in `schools` by column [n, k]."""
        columns = np.broadcast_to(np.arange(self.distance.shape[1]), self.distance.shape)
        return np.ascontiguousarray(columns) if self.near is None else self.near

    def with_room(self) -> np.ndarray:
        """Kilometres from home to schools that have a free place, infinite for the others [n, k]."""
        return np.where(self.of_column(self.capacity > 0), self.distance, UNREACHABLE)

    def offered(self) -> np.ndarray:
        """Kilometres to schools that a family may name: those that begin here, if it has any with room [n, k]."""
        if self.begins is None or self.begins.all():
            return self.with_room()
        room = self.capacity > 0
        beginning = np.broadcast_to(self.of_column(self.begins & room), self.distance.shape)
        some = (beginning & np.isfinite(self.distance)).any(axis=1)
        open_ = beginning if some.all() else np.where(some[:, None], beginning, self.of_column(room))
        return np.where(open_, self.distance, UNREACHABLE)


def nearest_first(distance: np.ndarray, most: int) -> np.ndarray:
    """Columns of the nearest schools in order [n, most], -1 where no more can be reached."""
    near = np.broadcast_to(np.arange(distance.shape[1]), distance.shape)
    if most < distance.shape[1]:
        near = np.argpartition(distance, most, axis=1)[:, :most]
    apart = np.take_along_axis(distance, near, 1)
    order = np.argsort(apart, axis=1, kind="stable")
    reachable = np.isfinite(np.take_along_axis(apart, order, axis=1))
    return np.where(reachable, np.take_along_axis(near, order, 1), -1)


def transfer_rounds(pupils: Table, schools: Table, view: SchoolsInView) -> list[TransferRound]:
    """One round for each year group in which somebody has no school or has outgrown it."""
    outgrown = (pupils.school < 0) | (schools.last_year.take(pupils.school, mode="wrap") < pupils.year_group)
    staying = roll_by_year_group(np.where(outgrown, -1, pupils.school), pupils.year_group, len(schools))
    free = np.maximum(schools.places - staying, 0)
    rounds = []
    for year in np.unique(pupils.year_group[outgrown]):
        seekers = by_id(pupils, np.flatnonzero(outgrown & (pupils.year_group == year)))
        rounds.append(round_of(pupils, seekers, int(year), schools, view, free[:, year]))
    return rounds


def by_id(pupils: Any, rows: np.ndarray) -> np.ndarray:
    """Rows [n] in order of ids, so that who comes first of two with equal claims never rests on the order of rows."""
    return rows[np.argsort(pupils.id[rows])]


def round_of(
    pupils: Any, rows: np.ndarray, year: int, schools: Table, view: SchoolsInView, free: np.ndarray | None = None
) -> TransferRound:
    """The round of some rows of pupils who seek a place in a year group; `free` places by school [J] (None: any)."""
    teaching, near = view.teaching(year), view.of_areas(year, pupils.home_area[rows])
    distance = kilometres(pupils, rows, view.sites(year, pupils.home_area[rows]))
    room = np.ones(len(teaching), np.int64) if free is None else free[teaching]
    begins = schools.first_year[teaching] == year
    apart = schools.gender[teaching] > 0
    single_sex = apart if apart.any() else None
    return TransferRound(year, rows, teaching, room, distance, begins=begins, near=near, single_sex=single_sex)


def side_by_side(rounds: list[TransferRound]) -> TransferRound:
    """Rounds of different year groups as one, in which nobody competes with anybody of another year group."""
    width = max(round_.distance.shape[1] for round_ in rounds)
    count = sum(len(round_.pupils) for round_ in rounds)
    near, distance = np.zeros((count, width), np.int64), np.full((count, width), UNREACHABLE)
    here = np.full(count, -1)
    row = before = 0
    for round_ in rounds:
        rows, columns = slice(row, row + len(round_.pupils)), slice(round_.distance.shape[1])
        near[rows, columns], distance[rows, columns] = round_.positions() + before, round_.distance
        if round_.here is not None:
            here[rows] = np.where(round_.here >= 0, round_.here + before, -1)
        row, before = rows.stop, before + len(round_.schools)
    pupils, schools, room, begins = (
        np.concatenate([getattr(round_, name) for round_ in rounds])
        for name in ("pupils", "schools", "capacity", "begins")
    )
    return TransferRound(-1, pupils, schools, room, distance, begins=begins, near=near, here=here)


def kilometres(pupils: Any, rows: np.ndarray, sites: Sites) -> np.ndarray:
    """From homes of pupils to sites of schools [n, k], infinite where a school does not take the pupil."""
    east, north = pupils.easting[rows, None] - sites.easting, pupils.northing[rows, None] - sites.northing
    east *= east
    north *= north
    east += north
    distance = np.divide(np.sqrt(east, out=east), 1000.0, dtype=float)  # far faster than np.hypot
    if sites.gender.any():
        distance[closed_to(pupils.female[rows], sites.gender)] = UNREACHABLE
    return distance


def closed_to(female: np.ndarray, gender: np.ndarray) -> np.ndarray:
    """Whether a school of one sex does not take a pupil of the other [n, k]; `gender` is [1, k] or [n, k]."""
    girls = female[:, None]
    return ((gender == GIRLS_ONLY) & ~girls) | ((gender == BOYS_ONLY) & girls)
