"""Who is there: sessions attended, term by term (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

PHASE = (np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR).astype(int)


def attendance(
    system: SchoolSystem, draws: Draws, *, base_absence: list[float], poverty_log_ratio: float, trait_sd: float,
    term_sd: float, highest_absence: float,
) -> Flows:  # fmt: skip
    """Pupils miss sessions.

    What happens: Absence rises with the year group and with poverty, differs lastingly between pupils and
        between schools, and comes in spells.
    Evidence: E294 to E298; P14; each school's own absence of 2018/19.
    Leaves out: illness by season, unmet needs (M05), safety (M72), what schools do about it.
    """
    pupils = system.pupils
    usual = expected_absence(pupils.year_group, pupils.fsm6, system, base_absence, poverty_log_ratio)
    climate = np.append(system.schools.attendance_climate, np.float32(0))  # the last is that of no school, -1
    log_ratio = term_sd * draws.normal(pupils.id, "spell")
    log_ratio += trait_sd * pupils.absence_trait
    log_ratio -= 0.5 * (trait_sd**2 + term_sd**2)
    log_ratio += climate.take(pupils.school, mode="wrap")
    absence = np.minimum(usual * np.exp(log_ratio, out=log_ratio), highest_absence)
    pupils.attendance[:] = 1.0 - absence
    before = 0 if system.term == AUTUMN else system.term
    pupils.attendance_year[:] = (before * pupils.attendance_year + pupils.attendance) / (before + 1)
    return NOTHING


def expected_absence(
    year_group: np.ndarray, fsm6: np.ndarray, system: SchoolSystem, base: list[float], log_odds: float
) -> np.ndarray:
    """Mean share of sessions missed nationally by such pupils [n]; averages to `base` over the country."""
    shares = np.asarray([system.national[phase]["fsm6"] for phase in ("primary", "secondary")])
    poor = np.exp(log_odds)
    norm = (1.0 + shares * (poor - 1.0))[PHASE]
    usual = np.concatenate([np.asarray(base) / norm, np.asarray(base) * poor / norm])
    return usual.take(year_group + YEAR_GROUPS * fsm6.view(np.int8), mode="clip")
