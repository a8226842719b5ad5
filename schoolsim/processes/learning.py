"""The learning equation: one place, one term, all causes named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.rules.scale import (
    FIRST_SECONDARY_YEAR,
    PRIMARY_SUBJECT_COUNT,
    YEAR_GROUPS,
    age_at_end,
    sigma,
    taught_count,
)

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem
    from schoolsim.table import Table

TERMS_A_YEAR = 3
SIGMA = np.array([sigma(age_at_end(year)) for year in range(YEAR_GROUPS)])
TAUGHT = np.array([taught_count(year) for year in range(YEAR_GROUPS)])
PHASE = (np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR).astype(int)


def learning(
    system: SchoolSystem, draws: Draws, *, growth_of_leads: float, drift_to_own_level: float,
    pupil_luck_sd: list[float], subject_luck_sd: list[float], new_subject_sd: float, girls_flow: list[list[float]],
    expectation_loss: float, self_direction_gain: float, poor_depend_more: float,
) -> Flows:  # fmt: skip
    """Every pupil learns, in every subject, for a term.

    What happens: Who has less help at home depends more on what the class gives, so that what classes gain, or lose,
        counts for disadvantaged pupils by poor_depend_more more than for others, and once on the national mean (M12).
        d' = growth * (lead, drifting to the pupil's own level) + luck + sigma(age) * (presence_effect
        + home_effect - expectation_loss * expected_short + self_direction_gain * self_direction + school_effect
        + crowding_effect + dressed_effect + cohort_effect + weight * (teaching_effect + cover_effect + behaviour_effect
        + newcomer_effect) + half of girls_flow, for or against), a third of a year at a time.
    Evidence: U07, U09, E005, E059, E060.
    Leaves out: nothing of its own; other mechanisms write the terms that it adds up.
    """
    pupils, schools, classes = system.pupils, system.schools, system.classes
    if system.term == AUTUMN:
        _begin_new_subjects(system, draws, new_subject_sd)
    share = 1.0 / TERMS_A_YEAR
    of_class = classes.teaching_effect + classes.cover_effect + classes.behaviour_effect + classes.newcomer_effect
    kernel("learning").learn(
        pupils.attainment, pupils.id, pupils.year_group, pupils.school, pupils.class_group, pupils.female,
        _flow_of_pupils(pupils, expectation_loss, self_direction_gain),
        (schools.school_effect + schools.crowding_effect + schools.dressed_effect)[:, None] + schools.cohort_effect,
        of_class, pupils.fsm6, weights_of_class(system, poor_depend_more), np.asarray(girls_flow), SIGMA,
        growth_of_leads**share, (1.0 - drift_to_own_level) ** share, share, np.asarray(pupil_luck_sd)[PHASE],
        np.asarray(subject_luck_sd)[PHASE], TAUGHT, draws.key("growth"),
    )  # fmt: skip
    return NOTHING


def _flow_of_pupils(pupils: Table, expectation_loss: float, self_direction_gain: float) -> np.ndarray:
    """What each pupil gains a year by home, presence, what is expected of it and what it does alone [n], SD a year."""
    flow = pupils.home_effect + pupils.presence_effect
    flow -= np.float32(expectation_loss) * pupils.expected_short
    flow += np.float32(self_direction_gain) * pupils.self_direction
    return flow


def weights_of_class(system: SchoolSystem, poor_depend_more: float) -> np.ndarray:
    """How much the gain of a class counts for others and for disadvantaged pupils, by year group [12, 2]."""
    poor = np.array([system.national[phase]["fsm6"] for phase in ("primary", "secondary")])[PHASE]
    return np.stack([1.0 - poor_depend_more * poor, 1.0 + poor_depend_more * (1.0 - poor)], axis=1)


def _begin_new_subjects(system: SchoolSystem, draws: Draws, spread: float) -> None:
    """Subjects first taught in year 7 begin around the pupil's own mean."""
    pupils = system.pupils
    rows = np.flatnonzero(pupils.year_group == FIRST_SECONDARY_YEAR)
    own = pupils.attainment[rows, :PRIMARY_SUBJECT_COUNT].mean(axis=1)
    for subject in range(PRIMARY_SUBJECT_COUNT, pupils.attainment.shape[1]):
        luck = draws.normal(pupils.id[rows], f"begins subject {subject}")
        pupils.attainment[rows, subject] = own + spread * luck
