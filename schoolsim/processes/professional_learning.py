"""What teachers know of teaching, where it comes from, and how it goes from one to another (M16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.colleagues import best_among
from schoolsim.people.leadership import led
from schoolsim.policy.levers import Setting
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.processes.workforce import department_code
from schoolsim.rules.leading import ADVOCACY, APPLICATION

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def professional_learning(
    system: SchoolSystem, draws: Draws, *, closing_share: float, usual_hours: float, written_share: float,
    fading: float, discovery: float, usual_gain: list[float], hours_by_head: float,
) -> Flows:  # fmt: skip
    """Teachers bring practice, lose some of it, find out more, and learn from the best of their colleagues.

    What happens: Whoever is new brings the practice of elsewhere. By the summer each has come nearer to the best
        practice in the department (in primary: in the school), by how many hours went into working together, into being
        told, by helpers too, and into exchanging material, what of them was left beside all else, and how much of
        practice each of these carries. Heads who stand behind it and go into classrooms (advocacy, application) get
        more of the hours used for it. What is not kept up fades, the classroom teaches something, what others made of
        one's own comes home, and the norm is that of a nation which learns as in 2019.
    Evidence: P33; E350 for why those in post matter; hours and what fades are assumptions.
    Leaves out: learning from other schools, experience in the first years, who wants to learn, what is worth it.
    """
    if system.term == AUTUMN:
        _bring(system, draws)
        return NOTHING
    teachers, schools = system.teachers, system.schools
    together, told, material = (hours / usual_hours for hours in hours_meant(system.levers))
    at_work = really_together(system, together, hours_by_head) * schools.carried_together
    helped = schools.support_hours / usual_hours
    heard = (told + helped + written_share * material) * schools.effective_share * schools.carried_by_words
    closed = -np.expm1(-closing_share * (at_work + heard))
    gap = best_among(department_code(teachers.school, teachers.subject), teachers.practice) - teachers.practice
    learnt = closed[teachers.school] * gap
    teachers.learnt_together[:] = learnt * (at_work / np.maximum(at_work + heard, 1e-9))[teachers.school]
    _pass_a_year(system, draws, learnt + teachers.returned, closing_share, fading, discovery, usual_gain)
    return NOTHING


def hours_meant(levers: Mapping[str, Setting]) -> tuple[float, float, float]:
    """Hours a teacher a year for working together, for being told and for exchanging material."""
    together, told = levers["professional_learning.together_hours"], levers["professional_learning.told_hours"]
    return float(together), float(told), float(levers["professional_learning.material_hours"])


def really_together(system: SchoolSystem, meant: float, hours_by_head: float) -> np.ndarray:
    """What of the time meant for working together goes into it in each school [J], in the unit of `meant`."""
    stands_behind = 0.5 * (led(system, ADVOCACY) + led(system, APPLICATION))
    used = np.maximum(1.0 + hours_by_head * stands_behind, 0.0)
    return np.asarray(meant * used * system.schools.sharing * system.schools.effective_share)


def nobody_learns(
    system: SchoolSystem, draws: Draws, *, closing_share: float, fading: float, discovery: float,
    usual_gain: list[float], **others: float,
) -> Flows:  # fmt: skip
    """The same without learning from colleagues: practice fades, and the norm goes on."""
    if system.term == AUTUMN:
        _bring(system, draws)
    else:
        _pass_a_year(system, draws, system.teachers.returned, closing_share, fading, discovery, usual_gain)
    return NOTHING


def practice_sd(system: SchoolSystem) -> float:
    """Spread of practice among those hired, in SD of teacher effects."""
    teaching = system.values["teaching"]
    return float(np.sqrt(teaching["stable_share"] * teaching["practice_share"]))


def _bring(system: SchoolSystem, draws: Draws) -> None:
    """Those who have no practice yet, since they are new, bring that of the nation's teachers."""
    practice = system.teachers.practice
    new = np.flatnonzero(practice == 0)  # nobody's is nought to the last digit once drawn
    practice[new] = practice_sd(system) * draws.lasting().normal(system.teachers.id[new], "brought")


def _pass_a_year(
    system: SchoolSystem, draws: Draws, learnt: np.ndarray, closing_share: float, fading: float, discovery: float,
    usual_gain: list[float],
) -> None:  # fmt: skip
    """Practice' = (1 - fading) * practice + learnt + found out - what the norm has moved on."""
    teachers, spread = system.teachers, practice_sd(system)
    norm = closing_share * np.asarray(usual_gain)[system.schools.phase[teachers.school]]
    found = discovery * draws.normal(teachers.id, "found out")
    teachers.practice[:] = (1.0 - fading) * teachers.practice + learnt + spread * (found - norm)
