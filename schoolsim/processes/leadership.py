"""What heads see and decide, and what their energy buys (M22, M23, M30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.people.pressure import pressure
from schoolsim.people.trust import staff_trust
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.choice import standing
from schoolsim.processes.learning import SIGMA
from schoolsim.rules import grouping
from schoolsim.rules.leading import ACTIVITIES, ANALYSIS, AWARENESS, TARGETS, Habits, Picture

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

FEW = 5
"""Pupils of a group below which no head reads anything into their mean."""


def leadership(
    system: SchoolSystem, draws: Draws, *, returns: float, complementarity: float, half_fed: float, skill_gain: float,
    first_years_loss: float, vigour_by_confidence: float, usual_output: list[float],
    felt_when_low: float, usual_felt: float, analysed_from: float, analysis_error: float, looked_for: float,
    impression_error: float, view_tilt: float, taste_sd: float, trouble: float, gap_seen: float, rivalry: float,
    usual_style: float, style_by_trust: float, style_by_years: float, style_in_trouble: float,
    directive_by_pressure: float, results_by_pressure: float, usual_voice: float, voice_by_view: float,
    token_by_pressure: float, corridor_time: float,
) -> Flows:  # fmt: skip
    """Heads look at what they can see, decide where their limited energy goes, and get out of it what they are able to.

    What happens: Every autumn a head sees printed results, what the own analysis of last year shows of groups that he
        or she was looking for, what staff and corridors are like, and feels the pressure. From that, and from who the
        head is, comes a plan: energy for nine activities, time in the corridors, a style, a gap to work on, how much of
        what pupils say is acted on. Energy brings less the more of it goes to one thing, and a strand (navigation,
        management, partnership) brings little while the other two get next to nothing. Able and confident heads get
        more out of an hour, beginners less.
        output = (9 * energy) ** returns * feeding * exp(skill_gain * skill + ...), buys = output / usual - 1.
    Evidence: framework for action (nine activities, three strands); E320, E326, P40; sizes are assumptions.
    Leaves out: deputies and governors, hours of work, heads who lead several schools (M61).
    """
    heads = system.heads
    habits = Habits(
        view_tilt, taste_sd, trouble, gap_seen, rivalry, usual_style, style_by_trust, style_by_years, style_in_trouble,
        directive_by_pressure, results_by_pressure, usual_voice, voice_by_view, token_by_pressure, corridor_time,
    )  # fmt: skip
    sight = (analysed_from, analysis_error, looked_for, impression_error)
    felt = pressure(system) * (1.0 + felt_when_low * np.maximum(-system.schools.reputation, 0.0)) - usual_felt
    picture = _picture(system, draws, habits, felt, sight)
    plan = system.decide(picture, draws).checked(len(heads))
    energy = (1.0 - plan.corridors)[:, None] * plan.energy
    known = heads.energy_on.any(axis=1) & (heads.joined < system.elapsed)
    moved = 0.5 * np.abs(energy - heads.energy_on).sum(axis=1) + 0.5 * np.abs(plan.style - heads.style)
    heads.change[:] = np.where(known, moved, heads.energy_on.any(axis=1) * (moved + 0.5))
    early = first_years_loss * np.exp(-np.maximum(heads.experience, 0) / 2.0)
    able = skill_gain * heads.skill + vigour_by_confidence * heads.confidence - early
    output = (len(ACTIVITIES) * energy) ** returns * feeding(energy, complementarity, half_fed)
    heads.buys[:] = output * np.exp(able)[:, None] / np.asarray(usual_output) - 1.0
    heads.energy_on[:], heads.corridors[:], heads.style[:] = energy, plan.corridors, plan.style
    heads.target[:], heads.voice[:], heads.narrowing[:] = plan.target, plan.voice, plan.narrowing
    return NOTHING


def feeding(energy: np.ndarray, complementarity: float, half_fed: float) -> np.ndarray:
    """How well each activity [J, 9] is fed by the two strands that it is not of; 1 where all get the same."""
    strands = 3.0 * energy.reshape(len(energy), 3, 3).sum(axis=2)
    fed = strands * (1.0 + half_fed) / (strands + half_fed)
    others = np.stack([fed[:, 1] * fed[:, 2], fed[:, 0] * fed[:, 2], fed[:, 0] * fed[:, 1]], axis=1)
    return np.repeat(1.0 - complementarity + complementarity * others, 3, axis=1)


def _picture(
    system: SchoolSystem, draws: Draws, habits: Habits, felt: np.ndarray, sight: tuple[float, float, float, float]
) -> Picture:
    heads, schools, teachers = system.heads, system.schools, system.teachers
    blur = sight[3] * np.exp(-heads.corridors / 0.1)
    spirit = np.nan_to_num(grouping.means(teachers.morale, teachers.school, len(schools)))
    return Picture(
        head=heads.id, standing=_printed(system), gaps=_analysis(system, draws, *sight[:3]),
        disorder=_disorder(system) + 0.5 * blur * draws.normal(heads.id, "corridor impression"),
        spirit=spirit + blur * draws.normal(heads.id, "impression of staff"),
        hopeless=schools.moving < 1.0, pressure=felt, trust=staff_trust(schools),
        years=np.maximum(system.elapsed - heads.joined, 0), leaning=heads.leaning, view=heads.view,
        structure=schools.inclusion_posts, school_view=schools.view_held, confidence=heads.confidence,
        competitiveness=heads.competitiveness, habits=habits,
    )  # fmt: skip


def _printed(system: SchoolSystem) -> np.ndarray:
    """Standing of each school in the printed tables of its phase [J]; NaN where nothing is printed."""
    found = np.full(len(system.schools), np.nan)
    for phase in (0, 1):
        mine = np.flatnonzero(system.schools.phase == phase)
        found[mine] = standing(system.schools.published_result, mine)[mine]
    return found


def _disorder(system: SchoolSystem) -> np.ndarray:
    """How many more pupils disrupt lessons than is usual in the phase, in logs [J]."""
    schools, pupils = system.schools, system.pupils
    usual = np.asarray(system.values["behaviour"]["usual_share"])[schools.phase]
    share = grouping.means(pupils.disruptive, pupils.school, len(schools))
    roll = np.maximum(grouping.counts(pupils.school, len(schools)), 1)
    return np.log((np.nan_to_num(share) * roll + 20.0 * usual) / (roll + 20.0) / usual)


def groups_of_targets(system: SchoolSystem) -> tuple[np.ndarray, ...]:
    """Who is of each group that may be worked on, flags [n] by target."""
    pupils = system.pupils
    return pupils.fsm6, pupils.sen > 0, pupils.eal


def _analysis(
    system: SchoolSystem, draws: Draws, analysed_from: float, error: float, looked_for: float
) -> np.ndarray:
    """Gaps that heads know of [J, 3], SD: those they looked for, where last year's energy paid for an analysis."""
    heads, count = system.heads, len(system.heads)
    lead = system.pupils.attainment[:, :3].sum(axis=1) / (3.0 * SIGMA[np.clip(system.pupils.year_group, 0, 11)])
    before = len(ACTIVITIES) * heads.energy_on
    analysed = before[:, ANALYSIS] * np.maximum(1.0 + led(system, ANALYSIS), 0.0) >= analysed_from
    chance = 1.0 - np.exp(-looked_for * before[:, AWARENESS] * np.maximum(1.0 + led(system, AWARENESS), 0.0))
    seen = np.full((count, len(TARGETS)), np.nan)
    for code, member in enumerate(groups_of_targets(system)):
        inside, outside = np.where(member, system.pupils.school, -1), np.where(member, -1, system.pupils.school)
        gap = grouping.means(lead, outside, count) - grouping.means(lead, inside, count)
        enough = grouping.counts(inside, count) >= FEW
        looked = draws.event(heads.id, chance, f"looks for {TARGETS[code]}") & analysed & enough
        seen[:, code] = np.where(looked, gap + error * draws.normal(heads.id, f"reads {TARGETS[code]}"), np.nan)
    return seen
