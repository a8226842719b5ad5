"""Selection by test: who passes for the schools that admit by it, and how that bears on what families hear."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.people.grapevine import GETTING_BY, kind_of_family
from schoolsim.people.ids import rank_within
from schoolsim.people.transfer import UNREACHABLE, TransferRound

BANDS = 2
"""Bands of distance from a selective school, each with as many children."""
NEEDS = GETTING_BY + 1
"""Poor, lately poor, and the others: each has a mark of its own, so that the school keeps its shares of them."""
LEAST = 1e-3
"""Least share of those who pass that goes elsewhere, so that no school is out of the question."""


def sit_the_test(pupils: Any, round_: TransferRound, passes_per_place: float) -> None:
    """Close the selective schools of a round to those who do not pass; without such schools nobody sits a test.

    Where three in ten children of their need who live about as near go to selective schools, the three best in ten of
    their need pass, times what makes `passes_per_place` for each place in all.

    Args:
        pupils: the table of pupils.
        round_: what is changed; it knows what families hear, and which schools admit by test.
        passes_per_place: how many pass for each place.
    """
    if round_.selective is None or round_.heard is None:
        return
    columns = round_.of_column(round_.selective) & np.isfinite(round_.distance)
    round_.going = going_to(pupils, round_, columns, round_.heard)
    passes = passes_per_place * round_.capacity[round_.selective].sum() / max(round_.going.sum(), 1.0)
    round_.score = place_among_their_need(pupils, round_.pupils)
    round_.passed = round_.score < np.minimum(passes * round_.going, 1.0)
    round_.distance[columns & ~round_.passed[:, None]] = UNREACHABLE


def going_to(pupils: Any, round_: TransferRound, columns: np.ndarray, heard: np.ndarray) -> np.ndarray:
    """Share of children like theirs who go to the schools in some columns [n]; the mark hangs on it.

    It is the mean of what is heard over the children of one need who have the same of these schools nearest, and
    live about as far from it: what single streets do is too few children to set a mark by.
    """
    some = np.flatnonzero(columns.any(axis=1))
    heard_of_any = np.where(columns[some], np.exp(heard[some]), 0.0).sum(axis=1)
    band = nearness(round_, columns)[some]
    group = np.unique(NEEDS * band + _need(pupils, round_.pupils[some]), return_inverse=True)[1]
    going = np.zeros(len(columns))
    going[some] = (np.bincount(group, heard_of_any) / np.bincount(group))[group] if len(some) else 0.0
    return going


def nearness(round_: TransferRound, columns: np.ndarray) -> np.ndarray:
    """A code [n] of the nearest of the schools in some columns [n, k], and of about how far it is.

    -1 for those who have none of them in view.
    """
    some = columns.any(axis=1)
    distance = np.where(columns, round_.distance, UNREACHABLE)[some]
    nearest = np.take_along_axis(round_.positions()[some], distance.argmin(axis=1)[:, None], axis=1)[:, 0]
    code = np.full(len(columns), -1)
    code[some] = BANDS * nearest + BANDS * rank_within(nearest, distance.min(axis=1)) // np.bincount(nearest)[nearest]
    return code


def _need(pupils: Any, rows: np.ndarray) -> np.ndarray:
    return np.minimum(kind_of_family(pupils, rows).astype(np.int64), GETTING_BY)


def place_among_their_need(pupils: Any, rows: np.ndarray) -> np.ndarray:
    """Share of those of their need who scored better at 11, 0-1 [n]; without a result they come last."""
    need = _need(pupils, rows)
    score = np.nan_to_num(pupils.measured_11[rows].mean(axis=1), nan=-np.inf)
    return (rank_within(need, -score) + 0.5) / np.bincount(need)[need]


def heard_given_pass(round_: TransferRound, uptake: float) -> np.ndarray | float:
    """What to add to the log of what families hear of schools, once their child has passed [n, k].

    What children like theirs do counts those who failed; among those who pass, a share `uptake` wishes for the
    selective schools, and fewer go to others.
    """
    if round_.passed is None or round_.selective is None or round_.going is None:
        return 0.0
    passing = np.clip(round_.going / uptake, LEAST, 1.0)
    elsewhere = np.log(np.maximum(1.0 - round_.going / passing, LEAST) / np.maximum(1.0 - round_.going, LEAST))
    there, away = (np.where(round_.passed, more, 0.0)[:, None] for more in (-np.log(passing), elsewhere))
    return np.where(round_.of_column(round_.selective), there, away)


def moved_by_test(
    schooling: np.ndarray, score: np.ndarray, alike: np.ndarray, selective: np.ndarray, luck: np.ndarray, year: int
) -> np.ndarray:
    """School histories in which, among pupils alike, those who scored best are in the selective schools.

    Of the pupils of one neighbourhood and the same groups, as many as a selective school has are its best by score:
    they change places, from `year` on, with those in it who are not. Everybody else stays; no school's number of
    pupils of any group changes.

    Args:
        schooling: school by year group [n, 12].
        score: result of the test [n].
        alike: code of the pupils among whom to exchange [n].
        selective: schools that admit by test [J].
        luck: uniforms that say who changes places with whom [n].
        year: year group entered.
    """
    inside = selective[schooling[:, year]]
    group = np.unique(alike, return_inverse=True)[1]
    best = rank_within(group, -score) < np.bincount(group, inside)[group]
    changing = (np.flatnonzero(best & ~inside), np.flatnonzero(inside & ~best))
    up, down = (rows[np.lexsort((luck[rows], group[rows]))] for rows in changing)
    moved = schooling.copy()
    moved[up, year:], moved[down, year:] = schooling[down, year:], schooling[up, year:]
    return moved
