"""What families know from others like them: where the children of their streets and their means go to school."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.kernels import kernel
from schoolsim.people.transfer import TransferRound
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

KINDS = 5
POOR, LATELY_POOR, GETTING_BY, MIDDLING, WELL_OFF = range(KINDS)
THIRDS = (-0.43, 0.43)
"""Positions (national SD) between which the middle third of all families lies."""
POSITIONS_APART = 100.0
"""Further than any two positions lie apart (national SD)."""
ASKED_OF = 4
"""One child in so many can be asked in a term by those who look for a school in mid-year; it bounds the work."""


def kind_of_family(pupils: Any, rows: np.ndarray) -> np.ndarray:
    """Poor (free meals now), lately poor (in the last six years), or else by the third that the position is in [n]."""
    fsm, fsm6, ses = pupils.fsm[rows], pupils.fsm6[rows], pupils.ses[rows]
    third = np.int8(GETTING_BY) + (ses >= THIRDS[0]) + (ses >= THIRDS[1])
    return np.asarray(third * ~fsm6 + LATELY_POOR * (fsm6 & ~fsm))


def heard_of(pupils: Any, round_: TransferRound, prior: float, since: int, wishes: float = 0.0) -> np.ndarray:
    """Log of the share of children like theirs, from the same small area, who go to each school in view [n, k].

    Counted among the pupils of year group `since` or above in the schools of the round. Where few such children
    live, their shares lean on those of all children of the area, and these on an even spread: as if `prior`
    children had been counted there before. Of two schools to which children like theirs go, families better off than
    others of their street and kind hear more of the one whose families are better off. So far as people speak of
    `wishes` (0-1), a child who was refused the school named first counts for that one, and the less for where it went.
    """
    home, schools = pupils.home_area[round_.pupils], len(round_.schools)
    areas, row = _rows_of(home, pupils.home_area)
    resident = np.empty(len(areas), np.int64)
    resident[row[home]] = np.arange(len(home))  # one family of each area: all of them have the same schools in view
    there = round_.positions()[resident]
    wished = pupils.first_preference if wishes else pupils.school
    here = np.full(1 + int(max(rows.max(initial=0) for rows in (pupils.school, wished, round_.schools))), -1)
    here[round_.schools] = np.arange(schools)
    number, total, usual, lead, rest, spread = kernel("hearsay").count_known(
        pupils.school, wished, wishes, pupils.year_group, pupils.home_area, pupils.fsm, pupils.fsm6, pupils.ses, THIRDS,
        since, here, row, there, schools,
    )  # fmt: skip
    everybody = _leaning(number.sum(axis=1), total.sum(axis=1), 1.0 / there.shape[1], prior)
    shares = _leaning(number, total, everybody[:, None], prior)
    if round_.single_sex is not None:  # half of the children cannot go there
        shares *= 1.0 + round_.single_sex[there][:, None]
    kind = kind_of_family(pupils, round_.pupils)
    cell = KINDS * row[home] + kind
    heard, altogether = np.log(shares).reshape(-1, there.shape[1]).take(cell, axis=0), shares.sum(axis=2).ravel()[cell]
    if round_.selective is not None:  # there the test sorts
        lead[round_.selective] = 0.0
    own = np.nan_to_num(pupils.ses[round_.pupils] - usual[_cell(home, kind)])
    return _given_position(heard, altogether, own, lead[round_.positions()], rest or 1.0, spread[kind])


def schools_of_neighbours(pupils: Any, rows: np.ndarray, count: int, when: int) -> np.ndarray:
    """The schools of children of the same small area, kind and age of school, nearest in position first [n, count].

    Another quarter of all children can be asked each term; -1 where fewer are alike.
    """
    pool = np.flatnonzero((pupils.id + when) % ASKED_OF == 0)
    known = _alike(pupils, pool)
    order = np.lexsort((pupils.id[pool], pupils.ses[pool], known))  # in whatever order rows stand
    known, position = known[order], pupils.ses[pool[order]].astype(float)
    asked = _nearest_in_position(known, position, _alike(pupils, rows), pupils.ses[rows].astype(float), count)
    return np.append(pupils.school[pool[order]], -1)[asked]


def _nearest_in_position(
    known: np.ndarray, position: np.ndarray, alike: np.ndarray, own: np.ndarray, count: int
) -> np.ndarray:
    """Of those in order of what they are like and their position [m], the nearest to each alike, or m [n, count]."""
    at = np.searchsorted(known * POSITIONS_APART + position, alike * POSITIONS_APART + own)
    near = at[:, None] + np.arange(-count, count)
    near[(near < 0) | (near >= len(known))] = len(known)
    same = np.append(known, -1)[near] == alike[:, None]
    apart = np.where(same, np.abs(np.append(position, 0.0)[near] - own[:, None]), np.inf)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(np.where(same, near, len(known)), nearest, axis=1)


def _alike(pupils: Any, rows: np.ndarray) -> np.ndarray:
    """A number for the area and the kind of some families, and for whether their child is of secondary age [n]."""
    secondary = pupils.year_group[rows] >= FIRST_SECONDARY_YEAR
    return 2 * _cell(pupils.home_area[rows], kind_of_family(pupils, rows)) + secondary


def _given_position(
    heard: np.ndarray, altogether: np.ndarray, own: np.ndarray, lead: np.ndarray, rest: float, spread: np.ndarray
) -> np.ndarray:
    """Logs of shares [n, k], which add up to `altogether` [n], for families so far above the usual of their kind [n].

    By Bayes' rule, where families of a school lie around its `lead` [n, k] with the variance `rest`, and those of a
    kind in one street, who are a part of them, with the variance `spread` [n].
    """
    usual = (np.exp(heard) * lead).sum(axis=1) / altogether
    told = (lead - usual[:, None]) / rest
    heard += (own[:, None] - told * spread[:, None] / 2) * told
    heard -= np.log(np.exp(heard).sum(axis=1) / altogether)[:, None]
    return heard


def _cell(home: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """A number for the area and the kind of some families [n]."""
    return KINDS * home.astype(np.int64) + kind


def _rows_of(values: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different values [r] in order, and the row of each there, -1 for the others, up to the largest `among`."""
    row = np.full(int(among.max(initial=-1)) + 1, -1)
    row[values] = 0
    found = np.flatnonzero(row == 0)
    row[found] = np.arange(len(found))
    return found, row


def _leaning(number: Any, total: Any, on: Any, prior: float) -> np.ndarray:
    """Shares as if `prior` more children, spread as `on`, had been counted."""
    return np.asarray((number + prior * on) / (total + prior))
