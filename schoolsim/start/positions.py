"""How families lie before anything published is looked at: inside schools, and by how many are poor there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.processes.school_climate import national_fsm6
from schoolsim.system import SchoolSystem

NOWHERE_APART = np.zeros(2)
LEAST_OWN = 0.1
"""Variance of position that is at least each family's own, in whatever place."""


def shift_by_poverty(system: SchoolSystem) -> np.ndarray:
    """How far the families of each school [J] lie from the position of families alike, for how many are poor there."""
    poverty = system.place.schools["fsm6_share"].to_numpy() - national_fsm6(system)
    return np.asarray(-system.values["start"]["ses_school_poverty_slope"] * poverty)


def inside_schools(
    system: SchoolSystem, people: Mapping[str, np.ndarray], by_street: np.ndarray = NOWHERE_APART
) -> np.ndarray:
    """Position of pupils [n] before that of their school: its nation has the gap and the spread that it had.

    `by_street`: variance between pupils of one school, by phase, of what comes on top for where they live [2].
    """
    gap, poor = system.values["population"]["ses_poverty_gap"], system.national["primary"]["fsm6"]
    inside, kept = _inside_and_kept(system, by_street)
    phase, fsm6 = system.schools.phase[people["school"]], people["fsm6"] - poor
    return np.asarray(kept[phase] * (people["ses"] + gap * fsm6) - inside[phase] * fsm6)


def _inside_and_kept(system: SchoolSystem, by_street: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By phase [2]: the gap in position inside schools, and the factor on what is each family's own.

    In primary schools such that the nation has its gap and an SD of 1. Families of the secondary years are the same
    families some years on: in the place itself they are as far apart and spread as much as those of the primary
    years, however differently the schools of the two phases share out the poor.
    """
    settings, gap = system.values["start"], system.values["population"]["ses_poverty_gap"]
    slope, shifted = settings["ses_school_poverty_slope"], settings["ses_between_schools"]
    poor, apart = system.national["primary"]["fsm6"], settings["poverty_between_schools"] ** 2
    spread = poor * (1 - poor)
    primary = gap - slope * apart / spread
    spread_here, apart_here = _poverty_of_the_place(system, (spread, apart)).T
    young, old = apart_here / spread_here
    inside = np.array([primary, max(primary + slope * (young - old), 0.0)])
    taken = _taken(inside, spread_here, apart_here, slope)
    left = 1 - shifted**2 - _taken(primary, spread, apart, slope) + taken[0] - taken - by_street
    return inside, np.sqrt(np.maximum(left, LEAST_OWN) / (1 - gap**2 * spread))


def _taken(inside: Any, spread: Any, apart: Any, slope: float) -> Any:
    """Variance of position that goes with eligibility, a family's own and that of others in its school."""
    return inside**2 * spread + (slope + 2 * inside) * slope * apart


def _poverty_of_the_place(system: SchoolSystem, usual: tuple[float, float]) -> np.ndarray:
    """Variance of eligibility (FSM6) by phase [2, 2]: between pupils, and between schools; `usual` without schools."""
    frame, found = system.place.schools, []
    for phase in (0, 1):
        mine = frame[np.asarray(system.schools.phase) == phase]
        share, roll = mine["fsm6_share"].to_numpy(float), mine["roll"].to_numpy(float)
        mean = float(np.average(share, weights=roll)) if roll.sum() else 0.0
        varied = 0.0 < mean < 1.0
        found.append((mean * (1 - mean), float(np.average((share - mean) ** 2, weights=roll))) if varied else usual)
    return np.array(found)
