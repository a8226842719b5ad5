"""What teachers believe that poor pupils and low sets can reach, and what that does to them (M13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.rules import grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def expectations(
    system: SchoolSystem, draws: Draws, *, belief_mean: float, belief_sd: float, usual_belief: float,
    label_weight: float, noticed_from: float, moved_alone: float, moved_by_dialogue: float, hours_to_most: float,
    pupil_luck: float,
) -> Flows:  # fmt: skip
    """Teachers expect less of poor pupils, and of low sets, than these in fact reach; some far less, some not.

    What happens: Every teacher holds a belief about how far poor pupils fall short of their own results. In autumn
        pupils meet the beliefs of all who teach them, and the label of the sets they sit in. By summer teachers have
        seen how the poor pupils of their classes did. Where that differs from what they believed by enough to notice,
        and time was set aside to talk about it, they move towards what they saw; without such talk hardly. New
        teachers bring a belief drawn from the nation's.
    Evidence: P35, E345, E346; how beliefs move is an assumption.
    Leaves out: beliefs about sex, ethnicity and need.
    """
    teachers = system.teachers
    if system.term == AUTUMN:
        new = np.isnan(teachers.deficit_belief)
        brought = belief_mean + belief_sd * draws.lasting().normal(teachers.id, "belief")
        teachers.deficit_belief[:] = np.where(new, brought, teachers.deficit_belief)
        _meet(system, usual_belief, label_weight)
        return NOTHING
    count = _poor_pupils_taught(system)
    seen = pupil_luck / np.sqrt(np.maximum(count, 1)) * draws.normal(teachers.id, "evidence")
    surprise = teachers.deficit_belief - seen
    hours = float(system.levers["expectations.dialogue_hours"])
    share = moved_alone + moved_by_dialogue * (1.0 - np.exp(-hours / hours_to_most))
    moved = (count > 0) & (np.abs(surprise) > noticed_from)
    teachers.deficit_belief[:] = teachers.deficit_belief - np.where(moved, share * surprise, 0.0)
    return {"changed their mind": teachers.id[moved & (share > moved_alone)]}


def _meet(system: SchoolSystem, usual: float, label_weight: float) -> None:
    """Write by how much those who teach a pupil expect less than the pupil reaches, against the national mean [n]."""
    pupils, classes = system.pupils, system.classes
    secondary = pupils.year_group >= FIRST_SECONDARY_YEAR
    shares = np.array([system.national[phase]["fsm6"] for phase in ("primary", "secondary")], np.float32)
    short = -np.float32(usual) * shares.take(secondary)
    taught = np.append(classes.teacher >= 0, False)  # the last is no class, -1
    belief = np.where(taught, system.teachers.deficit_belief[np.append(classes.teacher, 0)], 0.0).astype(np.float32)
    label = np.float32(label_weight) * np.append(classes.set_depth, np.float32(0))
    rows, both = np.flatnonzero(secondary), np.stack([label, belief], axis=1)
    seats = pupils.class_group[rows]
    met = sum(both.take(seat, axis=0, mode="wrap") for seat in seats.T) / np.float32(seats.shape[1])
    short[rows] += met[:, 0] + np.where(pupils.fsm6[rows], met[:, 1], np.float32(0))
    young = np.flatnonzero(pupils.fsm6 & ~secondary)
    short[young] += belief.take(pupils.class_group[young, 0], mode="wrap")
    pupils.expected_short[:] = short


def _poor_pupils_taught(system: SchoolSystem) -> np.ndarray:
    """Seats of poor pupils in the classes of each teacher [k]; in primary years a class counts once."""
    pupils, classes = system.pupils, system.classes
    rows = np.flatnonzero(pupils.fsm6)
    seats = pupils.class_group[rows]
    seats[:, 1:][pupils.year_group[rows] < FIRST_SECONDARY_YEAR] = -1
    poor = grouping.counts(seats.ravel(), len(classes))
    taught = classes.teacher >= 0
    return np.bincount(classes.teacher[taught], weights=poor[taught], minlength=len(system.teachers))
