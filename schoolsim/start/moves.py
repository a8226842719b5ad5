"""Moves in mid-year in the lived past: who moved, and which school they came from.

A past move shows in the school attended from the autumn of its year on; the time it cost falls in the term of the move.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.moving import from_whom, leavers, moving_of, neighbourhood
from schoolsim.process import AUTUMN
from schoolsim.processes.mobility import MOVING_TERM
from schoolsim.start.fitting import PAST_YEARS
from schoolsim.system import TERMS_A_YEAR, SchoolSystem

WHO = ("id", "home_area", "fsm6", "ses", "in_care", "easting", "northing", "female")


def exchange_pasts(system: SchoolSystem, people: Mapping[str, np.ndarray], history: np.ndarray) -> None:
    """Give those who moved in the past the earlier schools of others who moved when they did (history [N, 12]).

    They are alike in age, sex and poverty and live near each other, so the roll of every school stays as it was.
    """
    for cohort in np.unique(people["year_group"]).tolist():
        rows = np.flatnonzero(people["year_group"] == cohort)
        alive = SimpleNamespace(**{name: people[name][rows] for name in WHO})
        for year in reversed(PAST_YEARS[-cohort < PAST_YEARS].tolist()):
            _exchange(system, alive, rows, history, cohort + year, year * TERMS_A_YEAR + MOVING_TERM)


def _exchange(
    system: SchoolSystem, alive: SimpleNamespace, rows: np.ndarray, history: np.ndarray, year_group: int, when: int
) -> None:
    """Exchange what lies before a year group among those of one cohort who moved during it."""
    moved = _movers(system, alive, when)
    same = history[rows[moved], year_group] == history[rows[moved], year_group - 1]
    moved = moved[same]  # the others changed school that autumn anyway
    draws = Draws(system.seed, "start", when)
    range_km = float(system.values["mobility"]["range_km"])
    square = neighbourhood(alive.easting[moved], alive.northing[moved], range_km, (0.5, 0.5))
    selective = system.schools.selective[history[rows[moved], year_group]]
    alike = 8 * square + 4 * alive.fsm6[moved] + 2 * alive.female[moved] + selective
    code = np.unique(alike, return_inverse=True)[1]
    taken = moved[from_whom(code, draws.uniform(alive.id[moved], "came from"))]
    history[rows[moved], :year_group] = history[rows[taken], :year_group]


def join_in_mid_year(system: SchoolSystem) -> None:
    """Write down who has come to the school in the present term of the past; in autumn nobody has."""
    pupils = system.pupils
    with pupils.opened_for("admissions"):
        if system.term == AUTUMN:
            pupils.joined[:] = 0
        elif system.term == MOVING_TERM:
            pupils.joined[_movers(system, pupils, system.term_index)] = system.term


def _movers(system: SchoolSystem, pupils: object, when: int) -> np.ndarray:
    """Rows of those who moved as a term of the past began."""
    how, draws = moving_of(system.values["mobility"]), Draws(system.seed, "mobility", when)
    return leavers(pupils, system.deprivation, system.national["all"], how, draws)
