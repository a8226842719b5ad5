"""Who is there: sessions attended, term by term (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
from schoolsim.people.needs import BITS, unmet
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.processes.barriers import usual_unmet
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

PHASE = (np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR).astype(int)


def attendance(
    system: SchoolSystem, draws: Draws, *, base_absence: list[float], poverty_log_ratio: float, trait_sd: float,
    term_sd: float, highest_absence: float, need_log_ratio: list[float], need_strength: float,
) -> Flows:  # fmt: skip
    """Pupils miss sessions.

    What happens: Absence rises with the year group, with poverty and with every need that nobody meets, differs
        lastingly between pupils and between schools, and comes in spells.
    Evidence: E294 to E298; P14; each school's own absence of 2018/19.
    Leaves out: illness by season, safety (M72), what schools do about it.
    """
    pupils = system.pupils
    climate = np.append(system.schools.attendance_climate, np.float32(0))  # the last is that of no school, -1
    of_needs = BITS @ (need_strength * np.asarray(need_log_ratio))
    before = 0 if system.term == AUTUMN else system.term
    presence = kernel("presence")
    presence.attend(
        pupils.attendance, pupils.attendance_year, _usual_by_code(system, base_absence, poverty_log_ratio),
        pupils.year_group, pupils.fsm6, pupils.school, climate, pupils.absence_trait, pupils.risk_weight,
        unmet(pupils), of_needs, draws.normal(pupils.id, "spell"), before,
        presence.Absence(trait_sd, term_sd, highest_absence),
    )  # fmt: skip
    return NOTHING


def absence_without_needs(
    year_group: np.ndarray, fsm6: np.ndarray, system: SchoolSystem, base: list[float], log_odds: float
) -> np.ndarray:
    """Mean share of sessions missed nationally by such pupils who have no unmet need [n].

    With needs as common as under the status quo, absence averages to `base` over the country.
    """
    usual = _usual_by_code(system, base, log_odds)
    return usual.take(year_group + YEAR_GROUPS * fsm6.view(np.int8), mode="clip")


def _usual_by_code(system: SchoolSystem, base: list[float], log_odds: float) -> np.ndarray:
    """The same by year group, first of others and then of disadvantaged pupils [24]."""
    shares = np.array([system.national[phase]["fsm6"] for phase in ("primary", "secondary")])
    poor, needs = np.exp(log_odds), _more_for_needs(system)
    norm = ((1.0 - shares) * needs[:, 0] + shares * poor * needs[:, 1])[PHASE]
    return np.concatenate([np.asarray(base) / norm, np.asarray(base) * poor / norm])


def expected_absence(
    year_group: np.ndarray, fsm6: np.ndarray, system: SchoolSystem, unmet_chance: np.ndarray
) -> np.ndarray:
    """Mean share of sessions missed by such pupils [n], whose needs are unmet with these chances [3, n]."""
    sheet = system.values["attendance"]
    usual = absence_without_needs(year_group, fsm6, system, sheet["base_absence"], sheet["poverty_log_ratio"])
    return usual * more_for_needs(system, unmet_chance)


def more_for_needs(system: SchoolSystem, unmet_chance: np.ndarray) -> np.ndarray:
    """How many times more is missed, on average, where needs are unmet with these chances [3, n]."""
    sheet = system.values["attendance"]
    each = np.expm1(sheet["need_strength"] * np.asarray(sheet["need_log_ratio"]))
    return np.asarray(np.prod(1.0 + unmet_chance * each[:, None], axis=0))


def _more_for_needs(system: SchoolSystem) -> np.ndarray:
    """The same for others and for poor pupils of the nation, by phase [2, 2]."""
    poor, years = np.array([False, True, False, True]), np.array([0, 0, FIRST_SECONDARY_YEAR, FIRST_SECONDARY_YEAR])
    return more_for_needs(system, usual_unmet(system, years, poor)).reshape(2, 2)
