"""Brothers and sisters: which elder child of the streets around is of a pupil's family."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.population import ETHNICITIES
from schoolsim.people.transfer import TransferRound
from schoolsim.rules.scale import LAST_YEAR_GROUP
from schoolsim.table import Table

NO_SIBLING = -1
_SQUASH = 20.0
"""Positions (national SD) are told apart within half of this, either way."""


def find_elder_siblings(
    pupils: Any, schools: Table, rounds: list[TransferRound], shares: list[float], draws: Draws
) -> None:
    """Note in each round at which of its schools the next elder sibling of each pupil stays (`sibling` [n]).

    By lasting luck a child has a next elder sibling so many school years above, or none. That sibling is the child
    of that year group, from the same small area and of the same ethnicity, whose family is of the nearest position.

    Args:
        pupils: everybody.
        schools: the table of schools.
        rounds: who needs a place; what is changed.
        shares: share of children whose next elder sibling is 1, 2, ... school years above.
        draws: the luck of the process.
    """
    if not rounds:
        return
    rows = np.concatenate([round_.pupils for round_ in rounds])
    above = years_above(pupils.id[rows], shares, draws)
    there = np.full(len(rows), NO_SIBLING)
    some = (above > 0) & (pupils.year_group[rows] + above <= LAST_YEAR_GROUP)
    there[some] = _schools_of_elders(pupils, schools, rows[some], above[some])
    ends = np.cumsum([len(round_.pupils) for round_ in rounds])
    for round_, school in zip(rounds, np.split(there, ends[:-1]), strict=True):
        here = np.full(len(schools) + 1, NO_SIBLING)
        here[round_.schools] = np.arange(len(round_.schools))
        round_.sibling = here[school]


def _schools_of_elders(pupils: Any, schools: Table, rows: np.ndarray, above: np.ndarray) -> np.ndarray:
    """Rows of the schools at which elder siblings stay who are so many years above some pupils, -1 for none [n]."""
    everybody = _cell(pupils, slice(None))
    wanted = everybody[rows] + above * _cells_a_year(pupils)
    asked = np.zeros((LAST_YEAR_GROUP + 2) * _cells_a_year(pupils), bool)
    asked[wanted] = True
    elders = np.flatnonzero(asked[everybody] & (pupils.school >= 0))
    elders = elders[schools.last_year[pupils.school[elders]] >= pupils.year_group[elders]]
    key = everybody[elders] + _within(pupils.ses[elders])
    order = np.argsort(key)
    found = _nearest(key[order], wanted + _within(pupils.ses[rows]))
    return np.append(pupils.school[elders[order]], NO_SIBLING)[found]


def years_above(ids: np.ndarray, shares: list[float], draws: Draws) -> np.ndarray:
    """School years between some pupils and their next elder sibling, 0 for those without one near in age [n]."""
    luck = draws.lasting().uniform(ids, "next elder sibling")
    year = 1 + np.searchsorted(np.cumsum(shares), luck, side="right")
    return np.where(year <= len(shares), year, 0)


def _cells_a_year(pupils: Any) -> int:
    return (int(pupils.home_area.max(initial=0)) + 1) * len(ETHNICITIES)


def _cell(pupils: Any, rows: Any) -> np.ndarray:
    """A number for the year group, area and ethnicity of some pupils [n]."""
    year = pupils.year_group[rows].astype(np.int64) * _cells_a_year(pupils)
    return np.asarray(year + pupils.home_area[rows] * len(ETHNICITIES) + pupils.ethnicity[rows])


def _within(ses: np.ndarray) -> np.ndarray:
    """A fraction that grows with position [n]."""
    return np.clip(0.5 + ses.astype(float) / _SQUASH, 0.0, 0.999)


def _nearest(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Place among `keys` in order of the one nearest to each wanted, of the same whole part; -1 for none [n]."""
    if not len(keys):
        return np.full(len(wanted), -1)
    after = np.searchsorted(keys, wanted)
    sides = np.stack([np.maximum(after - 1, 0), np.minimum(after, len(keys) - 1)])
    apart = np.where(np.floor(keys[sides]) == np.floor(wanted), np.abs(keys[sides] - wanted), np.inf)
    best = apart.argmin(axis=0)
    found = np.take_along_axis(sides, best[None], axis=0)[0]
    return np.where(np.isfinite(apart.min(axis=0)), found, -1)
