"""Who counts as poor: eligibility for free meals comes and goes as children grow up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import in_order
from schoolsim.process import Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def eligibility(system: SchoolSystem, draws: Draws, *, fortune_sd: float) -> Flows:
    """Families become eligible, or cease to be, as their children reach the secondary years.

    What happens: More children have been eligible at some time in six years the older they are, and fewer are at
        the time. Where the year group that moves up holds fewer poor pupils than it did at the start, those who
        are nearest to it become poor, by position and by fortune; where it holds more, those furthest from it
        cease to be.
    Evidence: free meals by phase in the school census of January 2019; E118.
    Leaves out: benefit rules, and moves from year to year: the data tell eligibility by phase, so that it
        changes once.
    """
    pupils = system.pupils
    rows = np.flatnonzero(pupils.year_group == FIRST_SECONDARY_YEAR)
    before = pupils.fsm6[rows].copy()
    fortune = pupils.ses[rows] + fortune_sd * draws.normal(pupils.id[rows], "fortune")
    wanted = {name: round(share * len(rows)) for name, share in system.eligible_at_transfer.items()}
    pupils.fsm6[rows] = _nearest_to_poverty(before, fortune, wanted["fsm6"])
    now = pupils.fsm[rows] & pupils.fsm6[rows]
    pupils.fsm[rows] = _nearest_to_poverty(now, np.where(pupils.fsm6[rows], fortune, np.inf), wanted["fsm"])
    return {
        "became poor": pupils.id[rows[pupils.fsm6[rows] & ~before]],
        "ceased to be poor": pupils.id[rows[before & ~pupils.fsm6[rows]]],
    }


def _nearest_to_poverty(already: np.ndarray, fortune: np.ndarray, wanted: int) -> np.ndarray:
    """So many of them [n]: those who are already and, among these and the others, those of least fortune first."""
    order = in_order(fortune)
    first = already[order]
    chosen = np.zeros(len(already), bool)
    chosen[np.concatenate([order[first], order[~first]])[:wanted]] = True
    return chosen & (already | np.isfinite(fortune))
