"""Leaders in the corridors (M33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def visibility(system: SchoolSystem, draws: Draws, *, calm_by_time: float, usual_corridors: float) -> Flows:
    """Where leaders are seen between lessons, the school is calmer at once.

    What happens: Time in corridors, playground and canteen leaves less room for disruption in the same year. It is
        time that the nine activities do not get, and staff who see the head sort things out learn to send for the
        head (staff_capacity).
        corridor_calm = calm_by_time * (corridors - usual_corridors).
    Evidence: heads on visibility (U8, U9); no size is known.
    Leaves out: which leaders, where and when; what the head learns there beside an impression of the school.
    """
    system.schools.corridor_calm[:] = calm_by_time * (system.heads.corridors - usual_corridors)
    return NOTHING
