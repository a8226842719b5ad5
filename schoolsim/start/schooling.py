"""Which schools today's pupils went to before: the school history behind the starting state."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.grapevine import heard_of
from schoolsim.people.in_view import SchoolsInView
from schoolsim.people.transfer import round_of
from schoolsim.rules.scale import YEAR_GROUPS
from schoolsim.table import Table

AT_ONCE, MOST_PARTS = 4_000, 40
"""Pupils whose schools are drawn together, so that memory stays small, but for a country, where parts take time."""


def school_history(
    people: Mapping[str, np.ndarray], schools: Table, view: SchoolsInView, choice: Mapping[str, Any], draws: Draws
) -> np.ndarray:
    """The school attended in each year group, int16 [N, 12], -1 for years to come.

    Nothing in the data says which primary school a secondary pupil came from; it is drawn as families choose
    now: where children like them, from the same small area, go.
    """
    pupils = SimpleNamespace(**people)
    years = np.arange(YEAR_GROUPS)
    history = np.full((len(people["id"]), YEAR_GROUPS), -1, np.int16)
    now = people["school"].astype(np.int64)
    rows = np.arange(len(now))
    until = people["year_group"].astype(np.int64)
    while len(rows):
        here = now[rows]
        since = schools.first_year[here].astype(np.int64)
        spell = (years >= since[:, None]) & (years <= until[rows][:, None])
        history[rows] = np.where(spell, here[:, None], history[rows])
        rows = rows[since > 0]
        until[rows] = schools.first_year[now[rows]] - 1
        now[rows] = _school_before(pupils, rows, until[rows], schools, view, choice, draws)
        rows = rows[now[rows] >= 0]
    return history


def _school_before(
    pupils: Any, rows: np.ndarray, year: np.ndarray, schools: Table, view: SchoolsInView, choice: Mapping[str, Any],
    draws: Draws,
) -> np.ndarray:  # fmt: skip
    """A school in view of home that teaches `year` [n], -1 where there is none."""
    found = np.full(len(rows), -1, np.int64)
    for value in np.unique(year).tolist():
        if len(view.teaching(value)):
            mine = np.flatnonzero(year == value)
            for some in np.array_split(mine, min(len(mine) // AT_ONCE + 1, MOST_PARTS)):
                found[some] = _drawn(pupils, rows[some], value, schools, view, choice["grapevine_prior"], draws)
    return found


def _drawn(
    pupils: Any, rows: np.ndarray, year: int, schools: Table, view: SchoolsInView, prior: float, draws: Draws
) -> np.ndarray:
    """A school for each of some pupils [n]: its odds are the share of children like theirs who go there."""
    round_ = round_of(pupils, rows, year, schools, view)
    there = round_.positions()
    ids = np.repeat(pupils.id[rows], there.shape[1])
    luck = draws.pair_uniform(ids, schools.id[round_.schools[there]].ravel(), "went to").reshape(there.shape)
    value = heard_of(pupils, round_, prior, since=0) - np.log(-np.log(luck))
    best = np.where(np.isfinite(round_.distance), value, -np.inf).argmax(axis=1)[:, None]
    reached = np.isfinite(np.take_along_axis(round_.distance, best, 1)[:, 0])
    return np.where(reached, round_.schools[round_.position(best)[:, 0]], -1)
