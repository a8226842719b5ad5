"""What staff can lead themselves, and which way of leading pays when (M25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.trust import staff_trust
from schoolsim.process import NOTHING, Flows
from schoolsim.rules import grouping

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def staff_capacity(
    system: SchoolSystem, draws: Draws, *, growth: float, usual_trust: float, by_competence: float,
    waiting_for_head: float, usual_corridors: float, directive_pays: float, distributed_pays: float,
    usual_gain: float,
) -> Flows:  # fmt: skip
    """Staff learn to lead by leading; until they can it pays to be told, and for ever after it costs.

    What happens: Where leadership is shared, trust is there and practice is good, staff come to lead themselves over
        some years; where a head decides all, or is everywhere, they come to wait for the head. A directive head brings
        more about while staff cannot lead themselves, a distributed one when they can.
        style_gain = directive_pays * (1 - style) * (1 - capacity) + distributed_pays * style * capacity - usual_gain.
    Evidence: U2, leading for social inclusion 3.2.2, E371 (directive three of the first five years); sizes assumed.
    Leaves out: who among staff leads, middle leaders lost and hired, pay for it.
    """
    schools, heads, teachers = system.schools, system.heads, system.teachers
    practice = np.nan_to_num(grouping.means(teachers.practice, teachers.school, len(schools)))
    trusted = staff_trust(schools) / usual_trust + by_competence * practice
    waits = waiting_for_head * (heads.corridors - usual_corridors)
    able = np.clip(heads.style * trusted - waits, 0.0, 1.0)
    schools.staff_capacity[:] += growth * (able - schools.staff_capacity)
    capacity = schools.staff_capacity
    told = directive_pays * (1.0 - heads.style) * (1.0 - capacity)
    schools.style_gain[:] = told + distributed_pays * heads.style * capacity - usual_gain
    return NOTHING
