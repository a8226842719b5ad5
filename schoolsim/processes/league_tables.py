"""What a school's results are, what is printed of them, and what the neighbourhood makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.choice import standing
from schoolsim.rules.publication import school_results

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def league_tables(system: SchoolSystem, draws: Draws, *, reputation_lag: float) -> Flows:
    """Results come out; tables print them if they are published; reputation follows with delay.

    What happens: Each school with pupils at the end of its stage has a result on the metric that counts. People
        talk about results whether or not they are printed, and reputation moves part of the way each year.
    Evidence: P58.
    Leaves out: media, naming, several metrics at once (M39).
    """
    schools = system.schools
    result = school_results(str(system.levers["league_tables.metric"]), system.pupils, len(schools), system.norms)
    schools.actual_result[:] = result
    schools.published_result[:] = result if system.levers["league_tables.published"] else np.nan
    moved = 1.0 - np.exp(-1.0 / reputation_lag)
    for phase in (0, 1):
        mine = np.flatnonzero(schools.phase == phase)
        place = standing(result, mine)[mine]
        known = np.isfinite(place)
        schools.reputation[mine[known]] += moved * (place - schools.reputation[mine])[known]
    return NOTHING
