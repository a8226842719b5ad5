"""What families know from others like them: where the children of their streets and their means go to school."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from schoolsim.people.transfer import TransferRound

KINDS = 3
POOR, GETTING_BY, WELL_OFF = range(KINDS)


def kind_of_family(fsm6: np.ndarray, ses: np.ndarray) -> np.ndarray:
    """Poor (free meals in the last six years), or else below or above the mean position [n]."""
    return np.where(fsm6, POOR, np.where(ses < 0.0, GETTING_BY, WELL_OFF))


def heard_of(pupils: Any, round_: TransferRound, prior: float, since: int) -> np.ndarray:
    """Log of the share of children like theirs, from the same small area, who go to each school in view [n, k].

    Counted among the pupils of year group `since` or above in the schools of the round. Where few such children
    live, their shares lean on those of all children of the area, and these on an even spread: as if `prior`
    children had been counted there before.
    """
    k, last = round_.distance.shape[1], max(pupils.school.max(initial=0), round_.schools.max(initial=0))
    here = np.full(int(last) + 2, -1)  # the last is that of no school, -1
    here[round_.schools] = np.arange(len(round_.schools))
    at = here[pupils.school]
    known = np.flatnonzero((at >= 0) & (pupils.year_group >= since))
    cell = KINDS * pupils.home_area.astype(np.int64) + kind_of_family(pupils.fsm6, pupils.ses)
    cells = KINDS * (int(pupils.home_area.max(initial=0)) + 1)
    counts = csr_array((np.ones(len(known)), (cell[known], at[known])), shape=(cells, len(round_.schools)))
    asked, row = np.unique(cell[round_.pupils], return_inverse=True)
    there = np.zeros((len(asked), k), np.int64)
    there[row] = round_.positions()
    area = KINDS * (asked[:, None] // KINDS) + np.arange(KINDS)
    of_kind = [_counted(counts, cells, there) for cells in area.T]
    number, total = (np.stack(parts) for parts in zip(*of_kind, strict=True))
    everybody = _leaning(number.sum(axis=0), total.sum(axis=0), 1.0 / k, prior)
    own = asked % KINDS, np.arange(len(asked))
    return np.log(_leaning(number[own], total[own], everybody, prior))[row]


def _counted(counts: csr_array, cells: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Children of some cells [c] by school in view [c, k], and of all schools [c, 1]."""
    rows = np.broadcast_to(cells[:, None], there.shape)
    return counts[rows, there].toarray(), counts.sum(axis=1)[cells][:, None]


def _leaning(number: Any, total: Any, on: Any, prior: float) -> np.ndarray:
    """Shares as if `prior` more children, spread as `on`, had been counted."""
    return (number + prior * on) / (total + prior)
