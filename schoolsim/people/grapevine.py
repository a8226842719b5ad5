"""What families know from others like them: where the children of their streets and their means go to school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import by_group_and_score
from schoolsim.people.transfer import TransferRound
from schoolsim.rules import grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

KINDS = 5
POOR, LATELY_POOR, GETTING_BY, MIDDLING, WELL_OFF = range(KINDS)
THIRDS = (-0.43, 0.43)
"""Positions (national SD) between which the middle third of all families lies."""
ASKED_OF = 4
"""One child in so many can be asked in a term by those who look for a school in mid-year; it bounds the work."""
LARGEST_TABLE = 2**22
"""Cells counted in a table of all of them: enough for any authority; all England has ten thousand times as many."""


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
    k, home = round_.distance.shape[1], pupils.home_area[round_.pupils]
    areas, row = _rows_of(home, pupils.home_area)
    resident = np.empty(len(areas), np.int64)
    resident[row[home]] = np.arange(len(home))  # one family of each area: all of them have the same schools in view
    there = round_.positions()[resident]
    known, kind = _known(pupils, round_.schools, since), kind_of_family(pupils, round_.pupils)
    number, total = _counted(known, areas, there, len(round_.schools))
    everybody = _leaning(number.sum(axis=1), total.sum(axis=1), 1.0 / k, prior)
    shares = _leaning(number, total, everybody[:, None], prior)
    if round_.single_sex is not None:  # half of the children cannot go there
        shares *= 1.0 + round_.single_sex[there][:, None]
    cell = KINDS * row[home] + kind
    heard, altogether = np.log(shares).reshape(-1, k).take(cell, axis=0), shares.sum(axis=2).ravel()[cell]
    usual, lead, rest = _positions(known, KINDS * len(row), len(round_.schools))
    if round_.selective is not None:  # there the test sorts
        lead[round_.selective] = 0.0
    own = np.nan_to_num(pupils.ses[round_.pupils] - usual[_cell(home, kind)])
    return _given_position(heard, altogether, own, lead[round_.positions()], rest)


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


@dataclass(frozen=True)
class _Known:
    """Children in the schools of a round already: area and kind, position of the school in the round, ses [c]."""

    cell: np.ndarray
    at: np.ndarray
    ses: np.ndarray


def _known(pupils: Any, schools: np.ndarray, since: int) -> _Known:
    """Those of year group `since` or above."""
    here = np.full(max(int(pupils.school.max(initial=0)), int(schools.max(initial=0))) + 2, -1)
    here[schools] = np.arange(len(schools))  # the last is that of no school, -1
    rows = np.flatnonzero(pupils.year_group >= since)
    at = here.take(pupils.school[rows], mode="wrap")
    if (at < 0).any():
        rows, at = rows[at >= 0], at[at >= 0]
    return _Known(_cell(pupils.home_area[rows], kind_of_family(pupils, rows)), at, pupils.ses[rows])


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


def _counted(known: _Known, areas: np.ndarray, there: np.ndarray, schools: int) -> tuple[np.ndarray, np.ndarray]:
    """Children of some areas and each kind by school in view [r, kinds, k], and in any of the schools [r, kinds, 1]."""
    cells = _cell(areas[:, None], np.arange(KINDS))[:, :, None]
    size = 1 + max(int(known.cell.max(initial=0)), int(cells.max(initial=0)))
    number = _tally(schools * known.cell + known.at, schools * cells + there[:, None], size * schools)
    return number, np.bincount(known.cell, minlength=size)[cells]


def _positions(known: _Known, cells: int, schools: int) -> tuple[np.ndarray, np.ndarray, float]:
    """How families lie (national SD).

    Returns:
        What is usual in each area and of each kind [cells], how far those of each school lie above it [m], and the
        variance that is left between the families of one school.
    """
    usual = grouping.means(known.ses, known.cell, cells)
    apart = known.ses - usual[known.cell]
    lead = np.nan_to_num(grouping.means(apart, known.at, schools))
    rest = float(np.mean((apart - lead[known.at]) ** 2)) if len(apart) else 0.0
    return usual, lead, rest or 1.0


def _tally(codes: np.ndarray, wanted: np.ndarray, size: int) -> np.ndarray:
    """How often each of the `wanted` is among `codes` below `size`: by a table of all, or by sorting if it is large."""
    if size <= LARGEST_TABLE:
        return np.bincount(codes, minlength=size)[wanted]
    known, count = np.unique(np.append(codes, -1), return_counts=True)  # -1, so that there is one
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, count[at], 0)


def _leaning(number: Any, total: Any, on: Any, prior: float) -> np.ndarray:
    """Shares as if `prior` more children, spread as `on`, had been counted."""
    return np.asarray((number + prior * on) / (total + prior))
