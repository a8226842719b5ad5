"""How schools, departments and year groups come to do better or worse than the norm, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.rolls import share_by_school
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.scale import YEAR_GROUPS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

DEPARTMENTS = 8


def school_climate(
    system: SchoolSystem, draws: Draws, *, school_sd: list[float], department_sd: float, cohort_sd: float,
    persistence: float, intake_correlation: float, primary_intake_ratio: float, school_sd_factor: float,
    intake_spread: float,
) -> Flows:  # fmt: skip
    """Schools and departments keep most of last year's effect and change the rest by chance.

    What happens: Effects persist from year to year and drift around what goes with the school's present intake,
        since schools of poorer intakes find it harder to keep what makes them good; innovations are sized so
        that the spread between schools stays what it was.
    Evidence: P22 to P25, E019, E192.
    Leaves out: what makes a school good. Leadership, staffing and collaboration will take the drift's place.
    """
    schools, pupils = system.schools, system.pupils
    spread = np.asarray(school_sd)[schools.phase] * school_sd_factor
    poor = share_by_school(pupils.school, pupils.fsm6, len(schools))
    link = intake_link(schools.phase, intake_correlation, primary_intake_ratio)
    anchor = link * spread * np.nan_to_num(national_fsm6(system) - poor) / intake_spread
    step = np.sqrt(1.0 - persistence**2)
    luck = draws.normal(schools.id, "school") * np.sqrt(1.0 - link**2)
    schools.school_effect[:] = anchor + persistence * (schools.school_effect - anchor) + step * spread * luck
    luck = department_luck(schools.id, draws)
    new = persistence * schools.department_effect + step * department_sd * luck
    schools.department_effect[:] = new * (schools.phase == 1)[:, None]
    schools.cohort_effect[:] = cohort_sd * _cohort_luck(system, draws)
    return NOTHING


def intake_link(phase: np.ndarray, secondary: float, primary_ratio: float) -> np.ndarray:
    """Correlation of intake and effect for schools of these phases [J]."""
    return np.asarray(secondary * np.where(phase == 0, primary_ratio, 1.0))


def national_fsm6(system: SchoolSystem) -> np.ndarray:
    """National share of disadvantaged pupils in the phase of each school [J]."""
    return np.array([system.national[phase]["fsm6"] for phase in ("primary", "secondary")])[system.schools.phase]


def department_luck(school_ids: np.ndarray, draws: Draws) -> np.ndarray:
    """Standard normals by school and subject [J, 8]."""
    ids, subjects = np.repeat(school_ids, DEPARTMENTS), np.tile(np.arange(DEPARTMENTS), len(school_ids))
    return draws.pair_normal(ids, subjects, "department").reshape(-1, DEPARTMENTS)


def _cohort_luck(system: SchoolSystem, draws: Draws) -> np.ndarray:
    """Standard normals by school and year group [J, 12] that stay with the cohort for as long as it is there."""
    ids = np.repeat(system.schools.id, YEAR_GROUPS)
    cohorts = np.tile(system.elapsed - np.arange(YEAR_GROUPS), len(system.schools))
    return draws.lasting().pair_normal(ids, cohorts, "cohort").reshape(-1, YEAR_GROUPS)
