"""How much a school has taken on, and what is left of each hour it meant for something (M21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.professional_learning import hours_meant
from schoolsim.rules.leading import ACTION

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def priorities(
    system: SchoolSystem, draws: Draws, *, ending: float, hours_of_initiative: float, hours_to_agree: float,
    hours_to_give: float, focus_by_head: float,
) -> Flows:  # fmt: skip
    """New initiatives come on top of those that run, and all share the hours that teachers have to give.

    What happens: Every autumn a school takes on something new, some schools more and some less. What runs goes on until
        it ends by itself or is given up, which heads who keep the school to its plan (action) see to. Training, working
        together, agreeing on ways of working, helpers and getting ready for a visit want their hours too. When all of
        it together asks for more than teachers have to give, each gets its part of what there is:
        effective_share = hours_to_give / hours asked for, at most 1.
    Evidence: the framework for action on a limited number of priorities and on abandoning; sizes are assumptions.
    Leaves out: who decides on initiatives (M77), what an initiative is good for, and morale (M19).
    """
    schools, levers = system.schools, system.levers
    ends = np.clip(ending * (1.0 + focus_by_head * led(system, ACTION)), 0.0, 1.0)
    goes_on = (1.0 - ends) * (1.0 - float(levers["priorities.abandoned_share"]))
    taken_on = -float(levers["priorities.new_initiatives"]) * np.log(draws.uniform(schools.id, "taken on"))
    schools.initiatives[:] = goes_on * schools.initiatives + taken_on
    to_agree = np.maximum(float(levers["standard_practice.share"]) - schools.agreed_share, 0.0)
    learning = sum(hours_meant(levers))
    asked = learning + hours_to_agree * to_agree + hours_of_initiative * schools.initiatives
    asked += schools.support_hours + schools.dressing_hours
    schools.effective_share[:] = hours_to_give / np.maximum(asked, hours_to_give)
    return NOTHING
