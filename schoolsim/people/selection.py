"""Selection by test: who passes for the schools that admit by it, and how that bears on what families hear."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.people.grapevine import KINDS, kind_of_family
from schoolsim.people.ids import rank_within
from schoolsim.people.transfer import UNREACHABLE, TransferRound


def sit_the_test(pupils: Any, selective: np.ndarray, round_: TransferRound, passes_per_place: float) -> None:
    """Close the selective schools of a round to those who do not pass; without such schools nobody sits a test.

    Those with a selective school in view sit it. The best by measured attainment pass, as many as there are
    places in selective schools times `passes_per_place`.

    Args:
        pupils: the table of pupils.
        selective: schools that admit by test [J].
        round_: what is changed.
        passes_per_place: how many pass for each place.
    """
    tested_for = selective[round_.schools]
    if not tested_for.any():
        return
    columns = round_.of_column(tested_for) & np.isfinite(round_.distance)
    sits = np.flatnonzero(columns.any(axis=1))
    score = pupils.measured_11[round_.pupils[sits]].mean(axis=1)
    order = np.argsort(-np.nan_to_num(score, nan=-np.inf), kind="stable")
    passes = round(passes_per_place * int(round_.capacity[tested_for].sum()))
    round_.selective, round_.passed = tested_for, np.zeros(len(round_.pupils), bool)
    round_.passed[sits[order[:passes]]] = True
    round_.distance[columns & ~round_.passed[:, None]] = UNREACHABLE


def heard_given_pass(pupils: Any, round_: TransferRound) -> np.ndarray | float:
    """What to add to the log of what families hear of selective schools, once their child has passed [n, k].

    What children like theirs do counts those who failed; among those who pass, more go.
    """
    if round_.passed is None or round_.selective is None:
        return 0.0
    rows = round_.pupils
    kind = kind_of_family(pupils, rows)
    rate = np.bincount(kind, round_.passed, KINDS) / np.maximum(np.bincount(kind, minlength=KINDS), 1)
    more = -np.log(np.maximum(rate, 1.0 / max(len(rows), 1)))[kind]
    return np.where(round_.of_column(round_.selective), more[:, None], 0.0)


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
