"""Who is there: sessions attended, term by term (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import AUTUMN, NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


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
    spell = trait_sd * pupils.absence_trait + term_sd * draws.normal(pupils.id, "spell")
    log_ratio = spell - 0.5 * (trait_sd**2 + term_sd**2)
    log_ratio[pupils.school >= 0] += system.schools.attendance_climate[pupils.school[pupils.school >= 0]]
    absence = np.minimum(usual * np.exp(log_ratio), highest_absence)
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
    norm = 1.0 + shares * (poor - 1.0)
    phase = (year_group > 6).astype(int)
    return np.asarray(base)[year_group] * np.where(fsm6, poor, 1.0) / norm[phase]
