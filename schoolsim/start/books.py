"""The books of the start: last summer's tables and reputations, and after whom the coming years are made."""

from __future__ import annotations

import numpy as np

from schoolsim.places.place import Place
from schoolsim.processes.choice import standing
from schoolsim.processes.cohorts import models_of
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS
from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.system import SchoolSystem


def open_the_books(system: SchoolSystem) -> None:
    """Last summer's tables, reputations that have settled, and what the coming years are made after."""
    carry_out(system, BY_NAME["league_tables"])
    _let_reputations_settle(system)
    system.state.flows.clear()
    system.state.eligible_at_transfer = _eligible(system)
    system.state.templates = models_of(system, "templates", slice(None))


def _eligible(system: SchoolSystem) -> dict[str, float]:
    """Shares of secondary pupils eligible for free meals; of everybody where there is no secondary school."""
    pupils = system.pupils
    older = pupils.year_group >= FIRST_SECONDARY_YEAR
    rows = older if older.any() else np.ones(len(pupils), bool)
    return {name: float(pupils.get(name)[rows].mean()) for name in ("fsm", "fsm6")}


def _let_reputations_settle(system: SchoolSystem) -> None:
    """A reputation that has followed the same standing for long is that standing."""
    schools = system.schools
    if not BY_NAME["league_tables"].runs(system.plan.off):
        return
    with schools.opened_for("league_tables"):
        for phase in (0, 1):
            mine = np.flatnonzero(schools.phase == phase)
            schools.reputation[mine] = np.nan_to_num(standing(schools.actual_result, mine)[mine])


def arrivals(system: SchoolSystem) -> dict[str, np.ndarray]:
    """A summer before the start: those after whom pupils will be made who arrive later than in reception.

    These are the pupils whose homes lie where no younger children are simulated (`outer`), and all of the year
    groups that hold more than the one before them. Year groups are those that they are about to enter.
    """
    pupils = system.pupils
    entering = pupils.year_group.astype(np.int64) + 1
    growing = np.append(np.diff(system.target_roll, prepend=system.target_roll[0]) > 0, False)
    outer = (entering == FIRST_SECONDARY_YEAR) & _outer_areas(system.place)[pupils.home_area]
    rows = np.flatnonzero((entering < YEAR_GROUPS) & (outer | growing[entering]))
    return models_of(system, "arrivals", rows) | {"outer": outer[rows], "year_group": entering[rows].astype(np.int8)}


def _outer_areas(place: Place) -> np.ndarray:
    """Areas that are home to pupils of secondary age only [A]."""
    return np.asarray(place.areas["secondary_homes"] & ~place.areas["primary_homes"])
