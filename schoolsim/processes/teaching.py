"""What a class gains or loses with its department and its teacher (M11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ALL_SUBJECTS
from schoolsim.process import NOTHING, Flows
from schoolsim.table import Table

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def teaching(
    system: SchoolSystem, draws: Draws, *, teacher_sd: list[float], stable_share: float, practice_share: float,
    teacher_sd_factor: float,
) -> Flows:  # fmt: skip
    """Every class is taught as well as its teacher can this year, in the department it has.

    What happens: A teacher's effect has a gift that lasts, the practice of today and a part of the year:
        skill = sqrt(stable_share * (1 - practice_share)) * quality + practice + standard_effect
        + sqrt(1 - stable_share) * luck; what years of teaching add (experience_effect), what effort gives
        (effort_effect) and the department come on top; change that has not settled costs (upheaval_cost).
    Evidence: E010 to E016; P20, P21.
    Leaves out: what teachers expect of whom (M13).
    """
    classes, teachers = system.classes, system.teachers
    secondary = (classes.subject != ALL_SUBJECTS).astype(int)
    spread = np.asarray(teacher_sd)[secondary] * teacher_sd_factor
    this_year = draws.normal(teachers.id, "this year")
    lasting = lasting_skill(teachers, stable_share, practice_share)
    skill = lasting + teachers.standard_effect + np.sqrt(1.0 - stable_share) * this_year
    taught = classes.teacher >= 0
    department = system.schools.department_effect[classes.school, np.maximum(classes.subject, 0)]
    classes.teaching_effect[:] = department * secondary - system.schools.upheaval_cost[classes.school]
    who = classes.teacher[taught]
    beside = teachers.experience_effect + teachers.effort_effect
    classes.teaching_effect[taught] += spread[taught] * skill[who] + beside[who]
    return NOTHING


def lasting_skill(teachers: Table, stable_share: float, practice_share: float) -> np.ndarray:
    """What lasts of how well each teaches, in SD of teacher effects [T]: the gift, and the practice of today."""
    return np.asarray(np.sqrt(stable_share * (1.0 - practice_share)) * teachers.quality + teachers.practice)
