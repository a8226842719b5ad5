"""What families know from others like them: where the children of their streets and their means go to school."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.people.transfer import TransferRound

KINDS = 5
POOR, LATELY_POOR, GETTING_BY, MIDDLING, WELL_OFF = range(KINDS)
THIRDS = (-0.43, 0.43)
"""Positions (national SD) between which the middle third of all families lies."""
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
    children had been counted there before.
    """
    k, home = round_.distance.shape[1], pupils.home_area[round_.pupils]
    areas, row = _rows_of(home, pupils.home_area)
    resident = np.empty(len(areas), np.int64)
    resident[row[home]] = np.arange(len(home))  # one family of each area: all of them have the same schools in view
    there = round_.positions()[resident]
    number, total = _counted(pupils, round_.schools, row, there, since)
    everybody = _leaning(number.sum(axis=1), total.sum(axis=1), 1.0 / k, prior)
    heard = np.log(_leaning(number, total, everybody[:, None], prior))
    if round_.single_sex is not None:  # half of the children cannot go there
        heard += np.log(2.0) * round_.single_sex[there][:, None]
    cell = KINDS * row[home] + kind_of_family(pupils, round_.pupils)
    return np.asarray(heard.reshape(-1, k).take(cell, axis=0))


def _rows_of(values: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different values [r] in order, and the row of each there, -1 for the others, up to the largest `among`."""
    row = np.full(int(among.max(initial=-1)) + 1, -1)
    row[values] = 0
    found = np.flatnonzero(row == 0)
    row[found] = np.arange(len(found))
    return found, row


def _counted(
    pupils: Any, schools: np.ndarray, row: np.ndarray, there: np.ndarray, since: int
) -> tuple[np.ndarray, np.ndarray]:
    """Children of some areas and each kind by school in view [r, kinds, k], and in any of the schools [r, kinds, 1]."""
    here = np.full(max(int(pupils.school.max(initial=0)), int(schools.max(initial=0))) + 2, -1)
    here[schools] = np.arange(len(schools))  # the last is that of no school, -1
    known = np.flatnonzero((row.take(pupils.home_area) >= 0) & (pupils.year_group >= since))
    at = here.take(pupils.school[known], mode="wrap")
    if (at < 0).any():
        known, at = known[at >= 0], at[at >= 0]
    cell = KINDS * row.take(pupils.home_area[known]) + kind_of_family(pupils, known)
    cells = np.arange(KINDS * len(there)).reshape(-1, KINDS, 1)
    number = _tally(len(schools) * cell + at, len(schools) * cells + there[:, None], cells.size * len(schools))
    return number, np.bincount(cell, minlength=cells.size).reshape(cells.shape)


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
