"""Who takes part, and what engaged time gives: attendance gates participation, both gate learning (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
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
    voice_slope: float,
) -> Flows:  # fmt: skip
    """Pupils take part in the lessons they attend, less so when they have missed many or are in need.

    What happens: Whoever is hungry, ill or has no quiet place at home takes less part, for each need that nobody meets;
        so does whoever expects less than is hoped for or hears at home another thing than at school, of whom teachers
        expect too little (expected_short), and who disrupts lessons (engagement_lost). Whoever moved in mid-year loses
        time between two schools, and takes less part until new relationships have grown; pupils take more part where
        the school's ties with its families are close, where what they say is acted on (pupil_voice), and when the
        school works on a gap of theirs (attention). Engaged time is attendance times participation; what it lies above
        or below the national norm of the age, usual moves included, is growth gained or lost. The norm stays where it
        was at the start.
    Evidence: E302, P15 for what absence costs in all; P12, E115 for a move.
    Leaves out: what is taught, and whether it is worth taking part in.
    """
    pupils = system.pupils
    ties = ties_slope * (system.schools.community_ties - usual_ties(*_usual(system)))
    ties = ties + voice_slope * system.schools.pupil_voice
    moves_a_term = _usual(system)[0] / TERMS_A_YEAR
    usual_loss = moves_a_term * (lost_between_schools * typical_share + unsettled_loss / (1.0 - unsettled_keeps))
    presence = kernel("presence")
    presence.take_part(
        pupils.participation, pupils.presence_effect, pupils.attendance,
        1.0 - np.asarray(system.values["attendance"]["base_absence"]), pupils.year_group, pupils.school, ties,
        pupils.participation_trait, pupils.ses, pupils.risk_weight, unmet(pupils), COUNT,
        pupils.ambition_effect + pupils.attention,
        pupils.home_distance, pupils.expected_short, pupils.engagement_lost, pupils.terms_since_move,
        draws.normal(pupils.id, "term"),
        presence.TakingPart(
            typical_share, trait_sd, ses_slope, missed_slope, expectation_slope, term_sd, growth_per_engaged_year,
            need_cost, distance_cost, lost_between_schools, unsettled_loss, unsettled_keeps,
            usual_unmet_count(system), usual_loss, FORGOTTEN,
        ),
    )  # fmt: skip
    return NOTHING


def _usual(system: SchoolSystem) -> tuple[float, float]:
    """The nation's chance of a move a year, and how fast a school's ties grow."""
    return float(system.values["mobility"]["moving_chance"]), float(system.values["settling"]["ties_growth"])
