"""What change costs before it pays, and what shortens that (M26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.professional_learning import hours_meant
from schoolsim.rules.leading import ADVOCACY

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def upheaval(
    system: SchoolSystem, draws: Draws, *, of_agreeing: float, settling: float, coaching: float, usual_hours: float,
    cost: float, usual_upheaval: list[float],
) -> Flows:  # fmt: skip
    """Whatever is done in a new way goes worse at first; coaching shortens the time until it goes as well as before.

    What happens: A head who turns to other things, a new head, and ways of working newly agreed on make part of the
        work new to those who do it. New ways are learnt, faster where staff work together on practice and the head
        stands behind it (advocacy); until then classes lose by it.
        upheaval' = upheaval * exp(-settling - coaching * hours / usual * (1 + advocacy)) + change.
    Evidence: framework for action on the implementation dip and on coaching; E372; sizes are assumptions.
    Leaves out: changes that turn out wrong, teachers who never change, what the government changes (M77).
    """
    schools, heads = system.schools, system.heads
    together = hours_meant(system.levers)[0] / usual_hours
    helped = np.maximum(1.0 + led(system, ADVOCACY), 0.0) * together
    agreed = np.maximum(schools.agreed_share - schools.agreed_before, 0.0)
    schools.agreed_before[:] = schools.agreed_share
    change = heads.change + of_agreeing * agreed
    schools.upheaval[:] = schools.upheaval * np.exp(-settling - coaching * helped) + change
    schools.upheaval_cost[:] = cost * (schools.upheaval - np.asarray(usual_upheaval)[schools.phase])
    return NOTHING
