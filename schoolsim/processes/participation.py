"""Who takes part, and what engaged time gives: attendance gates participation, both gate learning (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.needs import COUNT, unmet
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.barriers import usual_unmet_count
from schoolsim.processes.settling import usual_ties

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

TERMS_A_YEAR = 3
FORGOTTEN = 12
"""Terms after which nothing is left of having moved."""


def participation(
    system: SchoolSystem, draws: Draws, *, typical_share: float, trait_sd: float, ses_slope: float,
    missed_slope: float, expectation_slope: float, term_sd: float, growth_per_engaged_year: float, need_cost: float,
    distance_cost: float, lost_between_schools: float, unsettled_loss: float, unsettled_keeps: float, ties_slope: float,
) -> Flows:  # fmt: skip
    """Pupils take part in the lessons they attend, less so when they have missed many or are in need.

    What happens: Whoever is hungry, ill or has no quiet place at home takes less part, for each need that nobody
        meets; so does whoever expects less than is hoped for or hears at home another thing than at school, of whom
        teachers expect too little (expected_short), and who disrupts lessons (engagement_lost). Whoever moved in
        mid-year loses time between two schools, and takes less part until new relationships have grown; pupils take
        more part where the school's ties with its families are close. Engaged time is attendance times
        participation; what it lies above or below the national norm of the age, usual moves included, is growth
        gained or lost. The norm stays where it was at the start.
    Evidence: E302, P15 for what absence costs in all; P12, E115 for a move.
    Leaves out: voice (M31).
    """
    pupils = system.pupils
    norm = (1.0 - np.asarray(system.values["attendance"]["base_absence"])).take(pupils.year_group, mode="clip")
    own = trait_sd * pupils.participation_trait + ses_slope * pupils.ses + term_sd * draws.normal(pupils.id, "term")
    own += missed_slope * (pupils.attendance - norm)
    own -= need_cost * (pupils.risk_weight * COUNT[unmet(pupils)] - usual_unmet_count(system))
    home = pupils.ambition_effect - distance_cost * (pupils.home_distance - 1.0)
    ties = ties_slope * (system.schools.community_ties - usual_ties(*_usual(system)))
    lessons = ties.take(pupils.school, mode="clip") - expectation_slope * pupils.expected_short - pupils.engagement_lost
    share = typical_share + own + home + lessons
    recent = np.flatnonzero(pupils.terms_since_move < FORGOTTEN)
    since = pupils.terms_since_move[recent].astype(float)
    share[recent] -= unsettled_loss * unsettled_keeps**since
    pupils.participation[:] = np.clip(share, 0.0, 1.0)
    engaged = pupils.attendance * pupils.participation
    engaged[recent[since == 0]] *= 1.0 - lost_between_schools
    moves_a_term = _usual(system)[0] / TERMS_A_YEAR
    usual_loss = moves_a_term * (lost_between_schools * typical_share + unsettled_loss / (1.0 - unsettled_keeps))
    pupils.presence_effect[:] = growth_per_engaged_year * (engaged - norm * (typical_share - usual_loss))
    return NOTHING


def _usual(system: SchoolSystem) -> tuple[float, float]:
    """The nation's chance of a move a year, and how fast a school's ties grow."""
    return float(system.values["mobility"]["moving_chance"]), float(system.values["settling"]["ties_growth"])
