"""Whether staff believe that anything can change, and the first step out of helplessness (M34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import Flows
from schoolsim.processes.morale import standings
from schoolsim.rules import grouping
from schoolsim.rules.leading import ACCEPTANCE, ACTIVITIES

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

FIRM = 0.5
"""SD above the line at which helplessness ends by itself."""
MOST_LIKELY = 0.9


def staff_belief(
    system: SchoolSystem, draws: Draws, *, keeps: float, by_results: float, by_morale: float, own_sd: float,
    line: float, stuck_share: float, win_chance: float, win_lift: float,
) -> Flows:  # fmt: skip
    """Staff who have seen nothing come of anything stop believing, and then nothing moves until something visible does.

    What happens: Belief follows results against what the school is known for, and how staff feel. Below a line a school
        is helpless, and stays so until belief is well above it: next to nothing of what the head does takes hold. A
        head who works on acceptance, and is seen, may bring about a first win that everybody notices; it lifts belief
        at once.
    Evidence: heads of schools that came out of difficulty on helplessness and first steps; no size is known.
    Leaves out: departments that believe while others do not; pupils' and families' belief (M73).
    """
    schools, heads, teachers = system.schools, system.heads, system.teachers
    felt = np.nan_to_num(grouping.means(teachers.morale, teachers.school, len(schools)))
    surprise = np.nan_to_num(standings(system) - schools.reputation)
    own = np.sqrt(1.0 - keeps**2) * own_sd * draws.normal(schools.id, "own year")
    seen = by_results * surprise + by_morale * felt
    schools.staff_belief[:] = keeps * schools.staff_belief + (1.0 - keeps) * seen + own
    helpless = schools.staff_belief < np.where(schools.moving < 1.0, line + FIRM, line)
    worked_on = len(ACTIVITIES) * heads.energy_on[:, ACCEPTANCE] + heads.corridors
    chance = np.minimum(win_chance * worked_on, MOST_LIKELY)
    won = helpless & draws.event(schools.id, chance, "first win")
    schools.staff_belief[won] = np.maximum(schools.staff_belief[won] + win_lift, line + FIRM)
    schools.moving[:] = np.where(helpless & ~won, stuck_share, 1.0)
    return {"first win": schools.id[won]}
