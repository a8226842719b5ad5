"""What families know from others like them: where the children of their streets and their means go to school."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
from schoolsim.people.ids import by_group_and_score
from schoolsim.people.transfer import TransferRound
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

KINDS = 5
POOR, LATELY_POOR, GETTING_BY, MIDDLING, WELL_OFF = range(KINDS)
THIRDS = (-0.43, 0.43)
"""Positions (national SD) between which the middle third of all families lies."""
ASKED_OF = 4
"""One child in so many can be asked in a term by those who look for a school in mid-year; it bounds the work."""


def kind_of_family(pupils: Any, rows: np.ndarray) -> np.ndarray:
    """Poor (free meals now), lately poor (in the last six years), or else by the third that the position is in [n]."""
    fsm, fsm6, ses = pupils.fsm[rows], pupils.fsm6[rows], pupils.ses[rows]
    third = np.int8(GETTING_BY) + (ses >= THIRDS[0]) + (ses >= THIRDS[1])
    return np.asarray(third * ~fsm6 + LATELY_POOR * (fsm6 & ~fsm))


def heard_of(pupils: Any, round_: TransferRound, prior: float, since: int) -> np.ndarray:
    """Log of the share of children like theirs, from the same small area, who go to each school in view [n, k].

    Counted among the pupils of year group `since` or above in the schools of the round. Where few such children
    live, their shares lean on those of all children of the area, and these on an even spread: as if `prior`
    children had been counted there before. Where the children of a school are better off than their neighbours of
    the same kind, families better off than theirs hear more of it than others do.
    """
    home, schools = pupils.home_area[round_.pupils], len(round_.schools)
    areas, row = _rows_of(home, pupils.home_area)
    resident = np.empty(len(areas), np.int64)
    resident[row[home]] = np.arange(len(home))  # one family of each area: all of them have the same schools in view
    there = round_.positions()[resident]
    here = np.full(int(max(pupils.school.max(initial=0), round_.schools.max(initial=0))) + 1, -1)
    here[round_.schools] = np.arange(schools)
    number, total, usual, lead, rest = kernel("hearsay").count_known(
        pupils.school, pupils.year_group, pupils.home_area, pupils.fsm, pupils.fsm6, pupils.ses, THIRDS, since, here,
        row, there, schools,
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
    return _given_position(heard, altogether, own, lead[round_.positions()], rest or 1.0)


def schools_of_neighbours(pupils: Any, rows: np.ndarray, count: int, when: int, draws: Draws) -> np.ndarray:
    """The schools of some children of the same small area, kind and age of school, drawn evenly [n, count].

    Another quarter of all children can be asked each term; -1 where none of them is alike.
    """
    pool = np.flatnonzero((pupils.id + when) % ASKED_OF == 0)
    known = _alike(pupils, pool)
    order = by_group_and_score(known, pupils.id[pool])  # in whatever order rows stand
    school, known = pupils.school[pool[order]], known[order]
    mine = _alike(pupils, rows)
    first, last = (np.searchsorted(known, mine, side=side)[:, None] for side in ("left", "right"))
    ids = np.repeat(pupils.id[rows], count)
    luck = draws.pair_uniform(ids, np.tile(np.arange(count), len(rows)), "asks").reshape(-1, count)
    there = np.append(school, -1)[first + (luck * (last - first)).astype(np.int64)]
    return np.where(last > first, there, -1)


def _alike(pupils: Any, rows: np.ndarray) -> np.ndarray:
    """A number for the area and the kind of some families, and for whether their child is of secondary age [n]."""
    secondary = pupils.year_group[rows] >= FIRST_SECONDARY_YEAR
    return 2 * _cell(pupils.home_area[rows], kind_of_family(pupils, rows)) + secondary


def _given_position(
    heard: np.ndarray, altogether: np.ndarray, own: np.ndarray, lead: np.ndarray, rest: float
) -> np.ndarray:
    """Logs of shares [n, k], which add up to `altogether` [n], for families so far above the usual of their kind [n].

    By Bayes' rule, where families of a school lie around its `lead` [n, k] with the variance `rest`.
    """
    heard += (own[:, None] - lead / 2) * lead / rest
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
