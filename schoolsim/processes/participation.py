"""Who takes part, and what engaged time gives: attendance gates participation, both gate learning (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.needs import COUNT, unmet
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.barriers import usual_unmet_count

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def participation(
    system: SchoolSystem, draws: Draws, *, typical_share: float, trait_sd: float, ses_slope: float,
    missed_slope: float, expectation_slope: float, term_sd: float, growth_per_engaged_year: float, need_cost: float,
    distance_cost: float,
) -> Flows:  # fmt: skip
    """Pupils take part in the lessons they attend, less so when they have missed many or are in need.

    What happens: Whoever is hungry, ill or has no quiet place at home takes less part, for each need that nobody
        meets; so does whoever expects less than is hoped for or hears at home another thing than at school, of whom
        teachers expect too little (expected_short), and who disrupts lessons (engagement_lost). Engaged time is
        attendance times participation; what it lies above or below the national norm of the age is growth gained
        or lost. The norm stays where it was at the start.
    Evidence: E302, P15 for what absence costs in all.
    Leaves out: belonging and voice (M09, M31).
    """
    pupils = system.pupils
    norm = (1.0 - np.asarray(system.values["attendance"]["base_absence"])).take(pupils.year_group, mode="clip")
    person = trait_sd * pupils.participation_trait + ses_slope * pupils.ses
    missed = missed_slope * (pupils.attendance - norm)
    term = term_sd * draws.normal(pupils.id, "term")
    needs = -need_cost * (COUNT.take(unmet(pupils)) - usual_unmet_count(system))
    home = pupils.ambition_effect - distance_cost * (pupils.home_distance - 1.0)
    lessons = -expectation_slope * pupils.expected_short - pupils.engagement_lost
    share = typical_share + person + missed + term + needs + home + lessons
    pupils.participation[:] = np.clip(share, 0.0, 1.0)
    engaged = pupils.attendance * pupils.participation
    pupils.presence_effect[:] = growth_per_engaged_year * (engaged - norm * typical_share)
    return NOTHING
