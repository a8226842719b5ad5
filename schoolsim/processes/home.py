"""The home term of the learning equation, exogenous until its causes are built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.entry import by_group
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

GROUP_COLUMNS = ("ses", "fsm6", "sen", "in_care", "eal", "ethnicity")


def home(
    system: SchoolSystem, draws: Draws, *, ses_flow: list[float], disadvantage_flow: list[float],
    home_strength: float, support_flow: float, plan_flow: float, needs_weight: float, care_flow: float,
    eal_flow: float, ethnicity_flow: Mapping[str, float],
) -> Flows:  # fmt: skip
    """What a pupil's home and needs add to growth in this year, beside presence and participation.

    What happens: Every group has a yearly flow, centred on its national share, so that the country's mean
        does not move; the flows add up over the groups to which a pupil belongs. What poverty costs is less for
        those who came to belong to their school by last year, and more for those who did not (M09).
    Evidence: E088, E089, E096, E099, E105, E113, E104, E107 for the gaps that the flows add up to.
    Leaves out: why. What alignment, aspiration and barriers (M03, M04, M05) explain is taken out of it. Poverty
        costs all ethnic groups alike.
    """
    pupils = system.pupils
    flows: dict[str, Any] = {"support": needs_weight * support_flow, "plan": needs_weight * plan_flow,
                             "care": care_flow, "eal": eal_flow, "ethnicity": ethnicity_flow}  # fmt: skip
    secondary = (pupils.year_group >= FIRST_SECONDARY_YEAR).astype(int)
    pupils.home_effect[:] = 0
    for code, phase in enumerate(("primary", "secondary")):
        mine = np.flatnonzero(secondary == code)
        rows = {name: pupils.get(name)[mine] for name in GROUP_COLUMNS}
        ses, poor = home_strength * ses_flow[code], home_strength * disadvantage_flow[code]
        effect = by_group(rows, system.national[phase], ses=ses, disadvantage=poor, **flows)
        poverty = ses * rows["ses"] + poor * (rows["fsm6"] - system.national[phase]["fsm6"])
        pupils.home_effect[mine] = effect + (pupils.risk_weight[mine] - 1.0) * np.minimum(poverty, 0.0)
    return NOTHING
