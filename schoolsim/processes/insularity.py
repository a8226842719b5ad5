"""Whether schools that are judged one by one turn inwards, and what opens them (M50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.pressure import pressure
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

ALONE = 1.0
"""Share of the framework of 2019 that judges a school by itself."""


def insularity(
    system: SchoolSystem, draws: Draws, *, turned_inwards: float, opened_by_peers: float, half_days: float,
    moving: float, least: float,
) -> Flows:  # fmt: skip
    """Who is judged alone keeps to itself; who is judged with others, or sees how they work, shares.

    What happens: The more of the framework judges schools one by one, and the harder each is pressed, the less its
        teachers use the time for working together on what others do; what shows weakness is not shown. Where the
        area is judged, or heads of other schools come to review, they use more of it. Habits move over years.
    Evidence: improving urban schools, chapter 12; seminar on self-improving systems; sizes are assumptions.
    Leaves out: rivalry for pupils (M45), partnerships (M57), who reviews whom.
    """
    schools, levers = system.schools, system.levers
    single = sum(float(levers[name]) for name in (
        "inspection.weight_raw", "inspection.weight_value_added", "inspection.weight_breadth"))  # fmt: skip
    shared = float(levers["inspection.weight_system"])
    alone = single / (single + shared) if single + shared > 0 else ALONE
    days = float(levers["inspection.review_days"])
    opened = opened_by_peers * days / (days + half_days)
    target = 1.0 - turned_inwards * (alone * pressure(system) - ALONE) + opened
    schools.sharing[:] += moving * (np.maximum(target, least) - schools.sharing)
    return NOTHING
