"""Ways of working that a school agrees on, how fast they take, and whom they pull where (M17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.colleagues import best_among, mean_among
from schoolsim.people.trust import staff_trust
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.workforce import department_code

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def standard_practice(system: SchoolSystem, draws: Draws, *, largest_step: float, lift: float) -> Flows:
    """A school that agrees on ways of working makes its teachers more alike, in steps as large as trust allows.

    What happens: Every autumn the school moves towards the share of practice that it wants agreed on, by a step that
        is the larger the more its staff trust one another and the less else they have taken on. What is agreed on
        is what can be put into words. Where there is trust the best show what they do, and it lies between the
        usual and the best practice; without, it is the usual. Those below follow; those above keep as much freedom
        as they are trusted with, and without trust are pulled down to it. What is prescribed to a school in special
        measures works the same way, agreed on or not.
        standard_effect = (agreed_share + prescribed) * carried_by_words * (standard - practice), for those above times
        (1 - trust).
    Evidence: E018, E266; what can be put into words rests on P83.
    Leaves out: who writes it, whether it suits the pupils, what of it becomes a teacher's own practice.
    """
    schools, teachers = system.schools, system.teachers
    wanted = float(system.levers["standard_practice.share"])
    trusted = staff_trust(schools)
    step = largest_step * trusted * schools.effective_share
    schools.agreed_share[:] += np.clip(wanted - schools.agreed_share, -step, step)
    group, trust = department_code(teachers.school, teachers.subject), trusted[teachers.school]
    usual = mean_among(group, teachers.practice)
    standard = usual + lift * trust * (best_among(group, teachers.practice) - usual)
    distance = standard - teachers.practice
    common = np.minimum(schools.agreed_share + schools.prescribed, 1.0)
    follows = (common * schools.carried_by_words)[teachers.school]
    teachers.standard_effect[:] = follows * distance * np.where(distance > 0, 1.0, 1.0 - trust)
    return NOTHING
