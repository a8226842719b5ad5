"""What teachers believe that poor pupils and low sets can reach, and what that does to them (M13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.people.population import by_ethnicity
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.rules import grouping
from schoolsim.rules.leading import ACCEPTANCE
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def expectations(
    system: SchoolSystem, draws: Draws, *, belief_mean: float, belief_sd: float, usual_belief: float,
    label_weight: float, noticed_from: float, moved_alone: float, moved_by_dialogue: float, hours_to_most: float,
    pupil_luck: float, believed_of_boys: Mapping[str, float], talk_by_head: float,
) -> Flows:  # fmt: skip
    """Teachers expect less of some groups, and of low sets, than these in fact reach; some far less, some not.

    What happens: Every teacher holds a belief about how far poor pupils fall short of their own results, and holds it,
        in part or whole, of boys of some ethnic groups too. In autumn pupils meet the beliefs of all who teach them,
        and the label of the sets they sit in. By summer teachers have seen how those pupils of their classes did. Where
        that differs from what they believed by enough to notice, and time was set aside to talk about it, they move
        towards what they saw; without such talk hardly. A head who has staff see that their own practice may be part of
        it (acceptance) makes more of such time. New teachers bring a belief drawn from the nation's.
    Evidence: P35, E345, E346, E098; how beliefs move is an assumption.
    Leaves out: beliefs about girls and need; the same teacher believing more of one group than of another.
    """
    teachers = system.teachers
    if system.term == AUTUMN:
        new = np.isnan(teachers.deficit_belief)
        brought = belief_mean + belief_sd * draws.lasting().normal(teachers.id, "belief")
        teachers.deficit_belief[:] = np.where(new, brought, teachers.deficit_belief)
        _meet(system, usual_belief, label_weight, believed_of_boys)
        return NOTHING
    count = _pupils_believed_of(system, believed_of_boys)
    seen = pupil_luck / np.sqrt(np.maximum(count, 1)) * draws.normal(teachers.id, "evidence")
    surprise = teachers.deficit_belief - seen
    made = np.maximum(1.0 + talk_by_head * led(system, ACCEPTANCE), 0.0)[teachers.school]
    hours = float(system.levers["expectations.dialogue_hours"]) * made
    share = moved_alone + moved_by_dialogue * (1.0 - np.exp(-hours / hours_to_most))
    moved = (count > 0) & (np.abs(surprise) > noticed_from)
    teachers.deficit_belief[:] = teachers.deficit_belief - np.where(moved, share * surprise, 0.0)
    return {"changed their mind": teachers.id[moved & (share > moved_alone)]}


def concerned(system: SchoolSystem, of_boys: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """How far the belief about poor pupils is held of each pupil [n], and of the mean pupil of each phase [2]."""
    pupils, national = system.pupils, system.national
    of_ethnicity, mean = by_ethnicity(of_boys, national["all"]["ethnicity"])
    weight = pupils.fsm6 + of_ethnicity.take(pupils.ethnicity) * ~pupils.female
    shares = [national[phase]["fsm6"] + mean / 2 for phase in ("primary", "secondary")]
    return weight, np.array(shares, np.float32)


def _meet(system: SchoolSystem, usual: float, label_weight: float, of_boys: Mapping[str, float]) -> None:
    """Write by how much those who teach a pupil expect less than the pupil reaches, against the national mean [n]."""
    pupils, classes = system.pupils, system.classes
    secondary = pupils.year_group >= FIRST_SECONDARY_YEAR
    weight, shares = concerned(system, of_boys)
    short = -np.float32(usual) * shares.take(secondary)
    taught = np.append(classes.teacher >= 0, False)  # the last is no class, -1
    belief = np.where(taught, system.teachers.deficit_belief[np.append(classes.teacher, 0)], 0.0).astype(np.float32)
    label = np.float32(label_weight) * np.append(classes.set_depth, np.float32(0))
    rows, both = np.flatnonzero(secondary), np.stack([label, belief], axis=1)
    seats = pupils.class_group[rows]
    met = sum(both.take(seat, axis=0, mode="wrap") for seat in seats.T) / np.float32(seats.shape[1])
    short[rows] += met[:, 0] + weight[rows] * met[:, 1]
    young = np.flatnonzero((weight > 0) & ~secondary)
    short[young] += weight[young] * belief.take(pupils.class_group[young, 0], mode="wrap")
    pupils.expected_short[:] = short


def _pupils_believed_of(system: SchoolSystem, of_boys: Mapping[str, float]) -> np.ndarray:
    """Seats in the classes of each teacher [k] of pupils of whom little is believed; in primary a class counts once."""
    pupils, classes = system.pupils, system.classes
    rows = np.flatnonzero(concerned(system, of_boys)[0])
    seats = pupils.class_group[rows]
    seats[:, 1:][pupils.year_group[rows] < FIRST_SECONDARY_YEAR] = -1
    seen = grouping.counts(seats.ravel(), len(classes))
    taught = classes.teacher >= 0
    return np.bincount(classes.teacher[taught], weights=seen[taught], minlength=len(system.teachers))
