"""Schools found inadequate: monitored, helped, told what to do and blamed, until they can do without (M47)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.trust import staff_trust
from schoolsim.process import Flows
from schoolsim.rules.inspection import INADEQUATE

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

TERMS_A_YEAR = 3
TERM = 1.0 / TERMS_A_YEAR


def special_measures(
    system: SchoolSystem, draws: Draws, *, own_growth: float, growth_by_support: float, growth_by_head: float,
    usual_support: float, growth_spread: float, needed: float, monitor_sd: float, prescribed_share: float,
    taking_hold: float, undone: float, blame_shock: float, hierarchy: float, blame_fades: float,
    head_takes_blame: float, pressure_added: float, usual_pressure: float, usual_trust_lost: float,
) -> Flows:  # fmt: skip
    """A school found inadequate is watched every term, helped, told how to teach, and blamed.

    What happens: On the day the grade is known trust among the staff falls, and pressure rises for as long as the
        school is in the category. Teaching to a prescription takes hold within a year; it is undone slowly once the
        monitors are gone, and while it lasts it takes trust too. Helpers work with teachers for hours a lever sets. The
        head may be removed, and takes part of the blame along. The school comes to be able to run itself: from its own
        staff by as much as they trust one another, from support as far as there is time for it, and from a new head.
        Every term monitors judge whether it can, with an error; when they think so, they ask for a full visit, and a
        grade that is better than inadequate ends it. How long it takes follows from that alone.
    Evidence: E177 to E179, E188, E196, E213, E367, P66; improving urban schools, chapters 2 and 3.
    Leaves out: closure in the category (M44), what the new head is like (M22 to M35), serious weaknesses.
    """
    schools, now = system.schools, system.elapsed + system.term * TERM
    failed = (schools.inspection_grade == INADEQUATE) & ~schools.in_measures
    left = schools.in_measures & (schools.inspection_grade != INADEQUATE)
    stays = schools.in_measures & ~left
    _remove_heads(system, draws, stays, now)
    support = float(system.levers["inspection.support_hours"])
    new_head = schools.head_removed >= np.nan_to_num(schools.measures_since, nan=np.inf)
    grown = own_growth * staff_trust(schools) + growth_by_head * new_head
    grown += growth_by_support * support / usual_support * schools.effective_share
    grown *= np.exp(growth_spread * draws.normal(schools.id, "how it goes") - 0.5 * growth_spread**2)
    schools.capacity[:] = np.where(stays, schools.capacity + TERM * grown, 0.0)
    schools.in_measures[:] = stays | failed
    schools.measures_since[:] = np.where(failed, now, np.where(stays, schools.measures_since, np.nan))
    seen = schools.capacity + monitor_sd * draws.normal(schools.id, "what monitors see")
    schools.ready_to_leave[:] = stays & (seen >= needed)
    schools.support_hours[:] = support * schools.in_measures
    fades = np.where(new_head & (schools.head_removed == np.float32(now)), 1.0 - head_takes_blame, 1.0)
    schools.blame[:] = (schools.blame * (1.0 - TERM * blame_fades)) * fades + blame_shock * failed
    towards = taking_hold * (prescribed_share - schools.prescribed)
    schools.prescribed[:] += TERM * np.where(stays, towards, -undone * schools.prescribed)
    schools.trust_lost[:] = schools.blame + hierarchy * schools.prescribed - usual_trust_lost
    schools.measures_pressure[:] = pressure_added * schools.in_measures - usual_pressure
    return {"entered special measures": schools.id[failed], "left special measures": schools.id[left]}


def _remove_heads(system: SchoolSystem, draws: Draws, stays: np.ndarray, now: float) -> None:
    """Heads of schools in the category may be removed, once in each stay."""
    schools = system.schools
    chance = 1.0 - (1.0 - float(system.levers["inspection.head_removal"])) ** TERM
    first_head = ~(schools.head_removed >= schools.measures_since)
    removed = stays & first_head & draws.event(schools.id, chance, "head is removed")
    schools.head_removed[removed] = now
