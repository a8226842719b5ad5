"""Places are given out: ranked preferences, capacities, deferred acceptance (M37)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
from schoolsim.people.in_view import sites_of
from schoolsim.people.transfer import UNREACHABLE, TransferRound, kilometres, nearest_first
from schoolsim.process import AUTUMN, Flows
from schoolsim.rules.allocation import (
    ALLOCATIONS,
    FAITH,
    ORDERS,
    PRIORITIES,
    SIBLINGS,
    claims,
    nearer_home,
    nearest_named_first,
)
from schoolsim.rules.banding import BANDING, bands_of_applicants, by_band
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

EIGHT = 4
"""The first year group whose children are all eight."""


def admissions(
    system: SchoolSystem, draws: Draws, *, covert_weight: float, band_count: int, walk_km: list[float]
) -> Flows:
    """The authority gives every child a place.

    What happens: For each age of transfer, schools are offered in the order of the lists that the rule in force
        takes, and held by claim, so that nobody with a better one is left out of a school preferred: looked-after
        children, those with a plan, in church schools that admit for themselves those of the faith, those with an elder
        sibling there, then by the rule in force the nearer home, the own catchment or the lot. Where schools put
        applicants in order themselves, those that are their own admission authority lean towards the better off.
        Places may be split over bands of ability.
        Whoever gets nothing is placed in the nearest school with room; where none has, in the nearest. In mid-year
        those who look for another school get one that they ask for, if a place is left empty there or given up by
        somebody who gets another. Who finds none stays at the old school, unless that is farther from the new home
        than children are expected to walk: these get the nearest with room.
    Evidence: E135 to E137, E140, E144; P56; School Admissions Code; Education Act 1996, section 444.
    Leaves out: feeder schools, medical and social need, appeals and waiting lists; tests for bands cost nobody.
    """
    if system.term != AUTUMN:
        return {"placed in mid-year": _in_mid_year(system, walk_km, full=False)}
    system.pupils.joined[:] = 0
    rule = ALLOCATIONS[str(system.levers["admissions.allocation"])]
    placed = []
    for round_ in system.rounds:
        lists = rule(round_)
        claim = _claim(system, round_, lists, _criteria(system, draws, round_, lists, covert_weight))
        given = _given(round_, _chosen(lists, _matched(system, round_, lists, claim, band_count)))
        placed.append(_enrol(system, round_, _place_the_rest(system, round_, given)))
    system.rounds = []
    return {"admitted": np.concatenate(placed) if placed else np.empty(0, np.int64)}


def _criteria(
    system: SchoolSystem, draws: Draws, round_: TransferRound, lists: np.ndarray, covert_weight: float
) -> np.ndarray:
    """What each school goes by after care and plans, for each entry of the lists [n, ranks]."""
    levers, own = system.levers, system.schools.own_admissions[round_.schools]
    priority, order = PRIORITIES[str(levers["admissions.priority"])], ORDERS[str(levers["admissions.ordered_by"])]
    last = priority(round_, lists, partial(_lots, system, draws, round_, lists))
    there = round_.position(lists)
    full = np.bincount(there.ravel() + 1, minlength=len(own) + 1)[1:] > round_.capacity
    last = order(last, there, own & full, system.pupils.ses[round_.pupils], covert_weight)
    siblings = SIBLINGS[bool(levers["admissions.sibling_priority"])]
    faith = FAITH[bool(levers["admissions.faith_priority"])]
    return siblings(round_, lists) + faith(round_, lists) + last


def _matched(
    system: SchoolSystem, round_: TransferRound, lists: np.ndarray, claim: np.ndarray, bands: int
) -> np.ndarray:
    """The rank that each pupil is given on the list [n], -1 for none, with places split over bands if they are."""
    there, capacity = round_.position(lists), round_.capacity.astype(np.int64)
    split = BANDING[str(system.levers["admissions.banding"])](system.schools.own_admissions[round_.schools])
    split = split & ~system.schools.selective[round_.schools]
    if round_.year_group < FIRST_SECONDARY_YEAR or not split.any():
        return kernel("matching").match(there, claim, capacity)
    band = bands_of_applicants(there, system.pupils.measured_11[round_.pupils].mean(axis=1), bands)
    rank = kernel("matching").match(*by_band(there, claim, capacity, band, split, bands))
    return np.where(rank >= 0, rank // bands, -1)


def first_choice_for_all(
    system: SchoolSystem, draws: Draws, *, covert_weight: float, band_count: int, walk_km: list[float]
) -> Flows:
    """What happens while M37 is off: nobody counts places, and every child gets the school named first."""
    if system.term != AUTUMN:
        return {"placed in mid-year": _in_mid_year(system, walk_km, full=True)}
    system.pupils.joined[:] = 0
    rule = ALLOCATIONS[str(system.levers["admissions.allocation"])]
    for round_ in system.rounds:
        first = rule(round_)[:, 0]
        _enrol(system, round_, _given(round_, np.where(first >= 0, first, nearest_first(round_.distance, 1)[:, 0])))
    system.rounds = []
    return {}


def _in_mid_year(system: SchoolSystem, walk_km: list[float], full: bool) -> np.ndarray:
    """Ids of those who get a place in mid-year; `full`: a school takes them whether or not it has room."""
    pupils, ids = system.pupils, [np.empty(0, np.int64)]
    asks = ALLOCATIONS[str(system.levers["admissions.allocation"])]
    for round_ in system.rounds:
        if full:
            round_.capacity[:] = len(round_.pupils)
        for lists_of in (asks, nearest_named_first):  # those who find nothing where they ask look further
            at = _exchanged(system, round_, lists_of(round_))
            rows = round_.pupils[at >= 0]
            pupils.school[rows] = round_.schools[at[at >= 0]]
            pupils.joined[rows] = system.term
            ids.append(pupils.id[rows])
            round_ = _of_some(round_, (at < 0) & _too_far(system, round_.pupils, walk_km))
    system.rounds = []
    return np.concatenate(ids)


def _too_far(system: SchoolSystem, rows: np.ndarray, walk_km: list[float]) -> np.ndarray:
    """Whose school is farther from home than children are expected to walk, under eight and from eight on [n]."""
    pupils, schools = system.pupils, system.schools
    apart = kilometres(pupils, rows, sites_of(schools, np.arange(len(schools)), pupils.school[rows, None]))[:, 0]
    return np.asarray(apart > np.asarray(walk_km)[(pupils.year_group[rows] >= EIGHT) * 1])


def _exchanged(system: SchoolSystem, round_: TransferRound, lists: np.ndarray) -> np.ndarray:
    """Positions of the schools that pupils change to in mid-year [n], -1 for those who stay.

    Places are those left empty, and those of pupils who get another; these keep theirs until then. `round_` is left
    with the places that are empty afterwards.
    """
    here = np.full(len(round_.pupils), -1) if round_.here is None else round_.here
    room = np.maximum(round_.capacity + np.bincount(here[here >= 0], minlength=len(round_.schools)), 0)
    claim = _claim(system, round_, lists, nearer_home(round_, lists))
    wanted = np.column_stack([round_.position(lists), here])
    claim = np.column_stack([claim, np.full(len(here), np.inf)])
    at = _chosen(wanted, kernel("matching").match(wanted, claim, room.astype(np.int64)))
    round_.capacity = np.maximum(room - np.bincount(at[at >= 0], minlength=len(room)), 0)
    return np.where(at == here, -1, at)


def _of_some(round_: TransferRound, some: np.ndarray) -> TransferRound:
    """The round of some of its pupils [n], who have formed no list."""
    near, here = (None if one is None else one[some] for one in (round_.near, round_.here))
    return replace(
        round_, pupils=round_.pupils[some], distance=round_.distance[some], near=near, here=here, lists=None
    )


@dataclass(frozen=True)
class Given:
    """What came out of a round: position in its schools [n], -1 for none, and kilometres to it [n]."""

    position: np.ndarray
    distance: np.ndarray


def _given(round_: TransferRound, column: np.ndarray) -> Given:
    """The schools in some columns [n] of a round."""
    there = column[:, None]
    distance = np.take_along_axis(round_.distance, np.maximum(there, 0), axis=1)
    return Given(round_.position(there)[:, 0], distance[:, 0])


def _chosen(lists: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The entry at `rank` of each list, -1 where the rank is -1 [n]."""
    return np.where(rank >= 0, np.take_along_axis(lists, np.maximum(rank, 0)[:, None], 1)[:, 0], -1)


def _lots(system: SchoolSystem, draws: Draws, round_: TransferRound, lists: np.ndarray) -> np.ndarray:
    """A uniform for each family and school on its list [n, ranks]."""
    schools = system.schools.id[round_.schools[np.maximum(round_.position(lists), 0)]]
    families = np.repeat(system.pupils.id[round_.pupils], lists.shape[1])
    return draws.pair_uniform(families, schools.ravel(), "lot drawn").reshape(lists.shape)


def _match(system: SchoolSystem, round_: TransferRound, lists: np.ndarray, last: np.ndarray) -> np.ndarray:
    claim = _claim(system, round_, lists, last)
    return kernel("matching").match(round_.position(lists), claim, round_.capacity.astype(np.int64))


def _claim(system: SchoolSystem, round_: TransferRound, lists: np.ndarray, last: np.ndarray) -> np.ndarray:
    pupils = system.pupils
    return claims(round_, lists, pupils.in_care[round_.pupils], pupils.sen[round_.pupils] == 2, last)


def _place_the_rest(system: SchoolSystem, round_: TransferRound, given: Given) -> Given:
    """Those without a school get the nearest with room, in view or not; the nearest of all where none has room."""
    rest = given.position < 0
    if not rest.any():
        return given
    left = round_.capacity - np.bincount(given.position[~rest], minlength=len(round_.schools))
    again = _in_full_view(system, round_, rest, left)
    lists = nearest_first(again.with_room(), len(again.schools))
    last = nearer_home(again, lists)
    found = _chosen(lists, _match(system, again, lists, last)) if lists.size else np.full(rest.sum(), -1)
    placed = _given(again, np.where(found >= 0, found, nearest_first(again.distance, 1)[:, 0]))
    position, distance = given.position.copy(), given.distance.copy()
    position[rest], distance[rest] = placed.position, placed.distance
    return Given(position, distance)


def _in_full_view(system: SchoolSystem, round_: TransferRound, rest: np.ndarray, left: np.ndarray) -> TransferRound:
    """The round of those who are left, with every school in view."""
    rows, distance = round_.pupils[rest], round_.distance[rest]
    if round_.near is not None:
        distance = kilometres(system.pupils, rows, sites_of(system.schools, round_.schools))
        if round_.passed is not None:
            distance[round_.selective & ~round_.passed[rest][:, None]] = UNREACHABLE
    return replace(
        round_, pupils=rows, capacity=left, distance=distance, lists=None, near=None, passed=None, score=None
    )


def _enrol(system: SchoolSystem, round_: TransferRound, given: Given) -> np.ndarray:
    """Write the new schools, remember the old, and note how far families got what they asked for."""
    pupils, placed = system.pupils, given.position >= 0
    rows, school = round_.pupils[placed], round_.schools[given.position[placed]]
    pupils.school[rows] = school
    _note(system, round_, given, np.flatnonzero(placed)[system.own_areas[pupils.home_area[rows]]])
    return pupils.id[rows]


def _note(system: SchoolSystem, round_: TransferRound, given: Given, own: np.ndarray) -> None:
    """Write down what families of the place itself (rows of the round) asked for and got."""
    if not len(own):
        return
    nearest = given.distance[own] <= round_.distance[own].min(axis=1)
    asked, school = system.pupils.first_preference[round_.pupils[own]], round_.schools[given.position[own]]
    system.admissions_summary[round_.year_group] = {
        "admitted": float(len(own)),
        "first_preference_share": _share_given_first(asked, school),
        "nearest_school_share": float(np.mean(nearest)),
        "distance_km": float(np.mean(given.distance[own])),
    }


def _share_given_first(asked: np.ndarray, given: np.ndarray) -> float:
    """Share of those who named a school that got the one named first; NaN where nobody named any."""
    named = asked >= 0
    return float(np.mean(asked[named] == given[named])) if named.any() else float("nan")
