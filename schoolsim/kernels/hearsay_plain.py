"""The numpy twin of `hearsay_numba`."""

from __future__ import annotations

import numpy as np

NEVER_POOR = 2
"""The first kind of those who were never poor."""
Counted = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, float, np.ndarray]


def count_known(
    school: np.ndarray, wished: np.ndarray, wishes: float, year_group: np.ndarray, home: np.ndarray, fsm: np.ndarray,
    fsm6: np.ndarray, ses: np.ndarray, thirds: tuple[float, float], since: int, here: np.ndarray, row: np.ndarray,
    there: np.ndarray, schools: int,
) -> Counted:  # fmt: skip
    """Who of each area and kind of family goes to which school in view, and how well off families are.

    Counted are pupils of year group `since` or above in the schools of a round. Who was refused a school of the round
    counts for it by the part `wishes`, and for the own by the rest.

    Args:
        school, wished, year_group, home, fsm, fsm6, ses: columns of all pupils [N]; school and wished are -1 for none.
        wishes: how much the school wished for counts of one who was refused it, 0 to 1.
        thirds: positions (national SD) that part families who were never poor into the kinds 2, 3 and 4; 0 is poor
            now, 1 lately.
        here: position in the round of each school, -1 for none [J].
        row: row in `there` of each area, -1 for none [A].
        there: position in the round of the schools in view of some areas [r, k].
        schools: how many schools the round has.

    Returns:
        Children by area, kind and school in view [r, 5, k], and in any school of the round [r, 5, 1]; the usual
        position by area and kind [A * 5], NaN where nobody is; how far families of each school lie above others as
        poor (in the last six years or never) [m]; the variance that is left between the families of one school; and
        the variance around the usual position by kind [5].
    """
    at = np.where((year_group >= since) & (school >= 0), here.take(school, mode="clip"), -1)
    rows = np.flatnonzero(at >= 0)
    kinds = NEVER_POOR + len(thirds) + 1
    at, home, ses = at[rows], home[rows].astype(np.int64), ses[rows]
    never = NEVER_POOR + (ses >= thirds[0]) + (ses >= thirds[1])
    kind = np.where(fsm6[rows], np.where(fsm[rows], 0, 1), never)
    number, total = np.zeros((len(there), kinds, there.shape[1])), np.zeros((len(there), kinds, 1))
    near = row[home] >= 0
    area, its_kind = row[home[near]], kind[near]
    np.add.at(total, (area, its_kind, 0), 1.0)
    asked = np.where(wished[rows] >= 0, here.take(wished[rows], mode="clip"), -1)[near]
    longed = wishes * ((asked >= 0) & (asked != at[near]))
    for goes, weight in ((at[near], 1.0 - longed), (asked, longed)):
        child, column = np.nonzero(there[area] == goes[:, None])
        np.add.at(number, (area[child], its_kind[child], column), weight[child])
    usual = _means(ses, kinds * home + kind, kinds * len(row))
    spread = np.nan_to_num(_means((ses - usual[kinds * home + kind]) ** 2, kind, kinds))
    poor = (kind < NEVER_POOR) * 1
    apart = ses - _means(ses, poor, 2)[poor]
    lead = np.nan_to_num(_means(apart, at, schools))
    rest = float(np.mean((apart - lead[at]) ** 2)) if len(rows) else 0.0
    return number, total, usual, lead, rest, spread


def _means(values: np.ndarray, codes: np.ndarray, count: int) -> np.ndarray:
    total, size = np.bincount(codes, values, count), np.bincount(codes, minlength=count)
    return np.divide(total, size, out=np.full(count, np.nan), where=size > 0)


def columns_of(named: np.ndarray, distance: np.ndarray, position: np.ndarray, schools: np.ndarray) -> np.ndarray:
    """The columns of a round in which the schools named stand [n, c], -1 where one is not in view or out of reach.

    Args:
        named: rows of schools [n, c], -1 for none.
        distance: kilometres by column, infinite where a school does not take the pupil [n, k].
        position: position in the round of the school in each column [n, k].
        schools: rows of the schools of the round [m].
    """
    in_view = np.where(np.isfinite(distance), schools[position], -2)
    column = in_view[:, None, :] == named[:, :, None]
    return np.where(column.any(axis=2), column.argmax(axis=2), -1)
