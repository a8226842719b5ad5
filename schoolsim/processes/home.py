"""The home term of the learning equation, exogenous until its causes are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def home(
    system: SchoolSystem, draws: Draws, *, ses_flow: list[float], disadvantage_flow: list[float],
    home_strength: float, support_flow: float, plan_flow: float, care_flow: float,
    eal_flow: float,
) -> Flows:  # fmt: skip
    """What a pupil's home and needs add to growth in this year, beside presence and participation.

    What happens: Every group has a yearly flow, centred on its national share, so that the country's mean
        does not move; the flows add up over the groups to which a pupil belongs.
    Evidence: E088, E089, E105, E113, E104, E107 for the gaps that the flows add up to.
    Leaves out: why. Alignment, aspiration, barriers and resilience (M03, M04, M05, M09) will replace it.
    """
    pupils = system.pupils
    secondary = (pupils.year_group >= FIRST_SECONDARY_YEAR).astype(int)
    pupils.home_effect[:] = 0
    for code, phase in enumerate(("primary", "secondary")):
        mine = np.flatnonzero(secondary == code)
        share, sen = system.national[phase], pupils.sen[mine]
        poverty = ses_flow[code] * pupils.ses[mine] + disadvantage_flow[code] * (pupils.fsm6[mine] - share["fsm6"])
        pupils.home_effect[mine] = (
            home_strength * poverty
            + support_flow * ((sen == 1) - share["sen_support"])
            + plan_flow * ((sen == 2) - share["ehcp"])
            + care_flow * (pupils.in_care[mine] - share["in_care"])
            + eal_flow * (pupils.eal[mine] - share["eal"])
        )
    return NOTHING
