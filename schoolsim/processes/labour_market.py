"""How schools look to those who teach, or might: who looks elsewhere, and whom a school can attract (M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ALL_SUBJECTS
from schoolsim.people.leadership import removed_heads
from schoolsim.people.rolls import share_by_school
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.school_climate import national_fsm6

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

FIFTH = 0.2
"""Pupils eligible for free meals are counted in steps of 20 points of their share."""


def labour_market(
    system: SchoolSystem, draws: Draws, *, reputation_pull: list[float], poverty_push: list[float], pull_factor: float,
    poverty_leaving: float, early_years: float, early_leaving: float, early_share: list[float],
    morale_leaving: float, stigma_push: float, new_head_leaving: float,
) -> Flows:  # fmt: skip
    """Teachers and applicants see what a school is known for and how hard its work is.

    What happens: Those who might come rank schools by the reputation that results have made, and shun schools of many
        poor pupils and those that inspectors failed. Those who are there look elsewhere sooner in their first years
        of teaching, and a little sooner where many pupils are poor; and when they have lost heart (morale), or the
        head was removed.
    Evidence: E334, E335, P28, P30; heads of schools in difficulty on recruitment.
    Leaves out: pay, cost of living, journeys, heads (M22).
    """
    schools, teachers = system.schools, system.teachers
    poor = share_by_school(system.pupils.school, system.pupils.fsm6, len(schools))
    strain = (poor - national_fsm6(system)) / FIFTH
    pull, push = (np.asarray(by_phase)[schools.phase] for by_phase in (reputation_pull, poverty_push))
    schools.appeal[:] = pull_factor * (pull * schools.reputation - push * strain) - stigma_push * schools.stigma
    secondary = (teachers.subject != ALL_SUBJECTS).astype(int)
    early = early_leaving * (teachers.experience < early_years)
    usual = 1.0 + np.asarray(early_share)[secondary] * (np.exp(early_leaving) - 1.0)
    met = poverty_leaving * strain[teachers.school] - morale_leaving * teachers.morale
    met += (new_head_leaving * removed_heads(system))[teachers.school]
    teachers.leaving_factor[:] = np.exp(early + met) / usual
    return NOTHING
