"""Preparation for tests: what schools do in the years before them, and what it leaves in pupils (M10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.scale import YEAR_GROUPS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

ACHIEVEMENT, ONE_OF_THREE = 0, 1.0 / 3.0


def preparation(
    system: SchoolSystem, draws: Draws, *, usual_share: float, habit_spread: float, prepared_years: list[float],
    erosion: float, recovery: float, by_narrowing: float, by_view: float, for_monitors: float,
) -> Flows:  # fmt: skip
    """Schools give part of the teaching before tests to practising for them, and pupils learn to wait to be led.

    What happens: In the years before tests every school gives some share of its teaching to practising for them, as the
        lever says and its own habit has it, more where its head is bent on the results that count, where the school is
        there for achievement alone, and where monitors wait for results. Pupils get used to being told what counts and
        how to set it out: the more of it, the less they direct their own learning. In years without, they recover part
        of the way. Tests show more than pupils know by what they have practised; later learning shows what they no
        longer do alone.
    Evidence: E054 for results that rise without learning; the sizes of erosion and recovery are assumptions.
    Leaves out: tables that make schools prepare (M40, M41), who is picked for it, teachers who come to depend too.
    """
    pupils, schools = system.pupils, system.schools
    habit = habit_spread * draws.lasting().normal(schools.id, "habit") - 0.5 * habit_spread**2
    share = float(system.levers["tests.preparation_share"]) * np.exp(habit) * _bent(system, by_narrowing, by_view)
    share += for_monitors * schools.prescribed
    schools.preparation[:] = share - usual_share
    prepared = np.zeros(YEAR_GROUPS, bool)
    prepared[np.asarray(prepared_years, int)] = True
    pupils.self_direction[:] *= np.float32(1.0 - recovery)
    rows = np.flatnonzero(prepared.take(pupils.year_group, mode="clip") & (pupils.school >= 0))
    pupils.self_direction[rows] -= erosion * schools.preparation[pupils.school[rows]]
    return NOTHING


def _bent(system: SchoolSystem, by_narrowing: float, by_view: float) -> np.ndarray:
    """How many times the usual each school prepares, by what its head makes of pressure and of inclusion [J]."""
    held = by_view * (system.schools.view_held[:, ACHIEVEMENT] - ONE_OF_THREE)
    narrowing = system.heads.narrowing if len(system.heads) else 0.0
    return np.asarray(np.exp(held + by_narrowing * narrowing))
