"""Who disrupts lessons, how that spreads in a class, and what it costs everybody in it (M08)."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import rank_within
from schoolsim.people.leadership import led
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.rules import grouping
from schoolsim.rules.leading import APPLICATION
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, SUBJECTS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

HOME_CLASS = SUBJECTS.index("physical_education")
"""In secondary years the mixed form: the subject that is set last."""
PHASES = ("primary", "secondary")
SEN_CODES = 3


def behaviour(
    system: SchoolSystem, draws: Draws, *, willing_share: list[float], usual_share: list[float], boys_ratio: float,
    poverty_ratio: float, support_ratio: float, plan_ratio: float, lasting_share: float, contagion: float,
    room: float, calm_spread: float, usual_hours: float, calm_per_hour: float, settling_pace: float,
    loss_of_class: float, loss_of_own: float, calm_by_head: float,
) -> Flows:  # fmt: skip
    """Some pupils disrupt lessons; others join in as far as the class has room for it, and all lose time.

    What happens: Each pupil has a lasting tendency and a term's mood. Those whose wish to disrupt passes a line do so;
        the line is nearer where more classmates did last term. A class bears only so much, the less the calmer the
        school, which years of common work on behaviour and a head bent on classrooms (application) make it, and leaders
        in the corridors at once: where more would, those with the strongest wish do and the rest hold back, so that
        whoever is taken away is followed by the next. Teachers slow down and narrow what they teach, in every class the
        pupil sits in; who disrupts takes part in less.
    Evidence: P34, E343, E209; the sizes of shares, contagion and room are assumptions.
    Leaves out: what schools do to one pupil (M32), how high classmates stand.
    """
    pupils, classes, schools = system.pupils, system.classes, system.schools
    if system.term == AUTUMN:
        calm = calm_spread * draws.lasting().normal(schools.id, "calm")
        calm += calm_by_head * led(system, APPLICATION)
        calm += calm_per_hour * (float(system.levers["behaviour.common_hours"]) - usual_hours)
        _settle(schools.room_for_disruption, room * np.exp(-calm), settling_pace)
    usual = np.asarray(usual_share, np.float32)
    secondary = (pupils.year_group >= FIRST_SECONDARY_YEAR).view(np.int8)
    ratios = (boys_ratio, poverty_ratio, support_ratio, plan_ratio)
    lines = [_lines(system.national[phase], willing_share[code], *ratios) for code, phase in enumerate(PHASES)]
    group = ((2 * secondary + pupils.female) * 2 + pupils.fsm6) * np.int8(SEN_CODES) + pupils.sen
    wish = np.float32(np.sqrt(lasting_share)) * pupils.disruption_trait - np.concatenate(lines).take(group)
    wish += np.float32(np.sqrt(1.0 - lasting_share)) * draws.normal(pupils.id, "mood")
    form = np.where(secondary, pupils.class_group[:, HOME_CLASS], pupils.class_group[:, 0])
    wish += contagion * (_share_of_others(form, pupils.disruptive, classes.pupil_count) - usual.take(secondary))
    now = schools.room_for_disruption * np.exp(-schools.corridor_calm)
    pupils.disruptive[:] = _within_room(wish, form, classes.pupil_count, now, classes.school)
    pupils.engagement_lost[:] = loss_of_own * (pupils.disruptive - usual.take(secondary))
    apart = _share_of_class(pupils.disruptive, pupils.class_group, secondary, classes.pupil_count)
    apart -= usual.take(classes.year_group >= FIRST_SECONDARY_YEAR)
    classes.behaviour_effect[:] = -loss_of_class * apart
    return NOTHING


def _settle(now: np.ndarray, target: np.ndarray, pace: float) -> None:
    """Move the room of every school [J] a part of the way; a school that has none yet is where it is going."""
    now[:] = np.where(now > 0, now + pace * (target - now), target)


def _lines(
    national: dict[str, float], share: float, boys: float, poor: float, support: float, plan: float
) -> np.ndarray:
    """How strong a wish it takes to disrupt, by sex, eligibility and need [2 * 2 * 3], float32.

    Such that chances stand in these ratios and come to `share` over the country.
    """
    need, fsm6 = np.array([1.0, support, plan]), np.array([1.0, poor])
    needs = np.array([1.0 - national["sen_support"] - national["ehcp"], national["sen_support"], national["ehcp"]])
    mean = (1.0 + boys) / 2 * (1.0 + national["fsm6"] * (poor - 1.0)) * (needs @ need)
    chance = share / mean * np.array([boys, 1.0])[:, None, None] * fsm6[:, None] * need
    return np.array([NormalDist().inv_cdf(1.0 - min(each, 0.5)) for each in chance.ravel()], np.float32)


def _share_of_others(form: np.ndarray, disruptive: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Share of each pupil's classmates [n] who disrupted lessons last term; none for who has no class or no mates."""
    rows = np.flatnonzero(disruptive & (form >= 0))
    each = 1.0 / np.append(np.maximum(size - 1.0, 1.0), np.inf)  # the last is that of no class, -1
    share = (each * np.append(grouping.counts(form[rows], len(size)), 0)).astype(np.float32).take(form, mode="wrap")
    share[rows] -= each[form[rows]]
    return share


def _within_room(
    wish: np.ndarray, form: np.ndarray, size: np.ndarray, room: np.ndarray, school: np.ndarray
) -> np.ndarray:
    """Who disrupts [n]: of each class those whose wish passes the line, the strongest first, while there is room."""
    willing = np.flatnonzero((wish > 0) & (form >= 0))
    form = form[willing]
    place = rank_within(form, -wish[willing])
    found = np.zeros(len(wish), bool)
    found[willing] = place + 0.5 < (room[school] * size)[form]
    return found


def _share_of_class(
    disruptive: np.ndarray, class_group: np.ndarray, secondary: np.ndarray, size: np.ndarray
) -> np.ndarray:
    """Share of disruptive pupils by class [K]; in primary years a pupil has one class in three subjects."""
    rows = np.flatnonzero(disruptive)
    seats = class_group[rows]
    seats[:, 1:][secondary[rows] == 0] = -1
    return grouping.counts(seats.ravel(), len(size)) / np.maximum(size, 1.0)
