"""Which schools today's pupils went to before: the school history behind the starting state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.transfer import UNREACHABLE, closed_to, nearest_first
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS
from schoolsim.table import Table


def school_history(
    people: Mapping[str, np.ndarray], schools: Table, choice: Mapping[str, Any], draws: Draws
) -> np.ndarray:
    """The school attended in each year group, int32 [N, 12], -1 for years to come.

    Nothing in the data says which primary school a secondary pupil came from; it is drawn among the schools
    near home by the weight of distance in families' choice.
    """
    years = np.arange(YEAR_GROUPS)
    history = np.full((len(people["id"]), YEAR_GROUPS), -1, np.int32)
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
        now[rows] = _school_before(people, rows, until[rows], schools, choice, draws)
        rows = rows[now[rows] >= 0]
    return history


def _school_before(
    people: Mapping[str, np.ndarray], rows: np.ndarray, year: np.ndarray, schools: Table, choice: Mapping[str, Any],
    draws: Draws,
) -> np.ndarray:  # fmt: skip
    """A school near home that teaches `year` [n], -1 where there is none."""
    found = np.full(len(rows), -1, np.int64)
    for value in np.unique(year):
        mine = np.flatnonzero(year == value)
        teaching = np.flatnonzero((schools.first_year <= value) & (schools.last_year >= value))
        if len(teaching):
            found[mine] = _drawn_nearby(people, rows[mine], int(value), schools, teaching, choice, draws)
    return found


def _drawn_nearby(
    people: Mapping[str, np.ndarray], rows: np.ndarray, year: int, schools: Table, teaching: np.ndarray,
    choice: Mapping[str, Any], draws: Draws,
) -> np.ndarray:  # fmt: skip
    distance = np.hypot(
        people["easting"][rows, None] - schools.easting[None, teaching],
        people["northing"][rows, None] - schools.northing[None, teaching],
    ) / 1000.0
    distance[closed_to(people["female"][rows], schools.gender[teaching])] = UNREACHABLE
    phase = int(year >= FIRST_SECONDARY_YEAR)
    near = nearest_first(distance, choice["candidate_count"][phase])
    weight = choice["distance_weight"][phase] * choice["distance_factor"]
    ids = np.repeat(people["id"][rows], near.shape[1])
    luck = draws.pair_uniform(ids, schools.id[teaching[near]].ravel(), "went to").reshape(near.shape)
    value = weight * np.take_along_axis(distance, np.maximum(near, 0), axis=1) - np.log(-np.log(luck))
    best = np.take_along_axis(near, np.where(near >= 0, value, -np.inf).argmax(axis=1)[:, None], 1)[:, 0]
    return np.where(best >= 0, teaching[best], -1)
