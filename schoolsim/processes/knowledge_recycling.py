"""What of practice can be told, what is only caught by working together, and what comes home improved (M18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.colleagues import mean_among
from schoolsim.people.trust import staff_trust
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.workforce import department_code

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def knowledge_recycling(system: SchoolSystem, draws: Draws, *, tacit_share: float, refined_share: float) -> Flows:
    """Words carry part of practice; the rest is caught at work, by those who trust, and returns better than it went.

    What happens: Being told and reading carry what can be put into words. Working together carries that, and of the
        rest as much as colleagues trust one another to be seen at work. Those who took practice over in the last
        year have fitted it to their own classes; the one they had it from sees what became of it, and learns too.
    Evidence: P83; communities of practice, as quoted in the sources.
    Leaves out: knowledge made explicit on purpose, practice of other schools, who trusts whom.
    """
    schools, teachers = system.schools, system.teachers
    words = 1.0 - tacit_share
    schools.carried_by_words[:] = words
    schools.carried_together[:] = words + tacit_share * staff_trust(schools)
    took_over = np.nan_to_num(teachers.learnt_together)
    source = teachers.learnt_together == 0  # had nothing to learn; newcomers, who were not there, have no number
    among = mean_among(department_code(teachers.school, teachers.subject), took_over)
    teachers.returned[:] = refined_share * among * source
    return NOTHING
