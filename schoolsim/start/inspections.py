"""The inspections that schools had before the start."""

from __future__ import annotations

import numpy as np

from schoolsim.draws import Draws
from schoolsim.processes.inspection import judged, know_results, set_due, what_is_seen
from schoolsim.rules.inspection import INADEQUATE, REQUIRES_IMPROVEMENT, grade_of
from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.system import SchoolSystem

YEARS_OF_TALK = 8
"""Over which what is said of a school has settled."""
SEEN_BY = ("lessons_sd", "usual_participation", "participation_sd", "direction_sd", "dressed_lift")
LONGEST_STAY = 2.0


def inspected_before(system: SchoolSystem, draws: Draws) -> None:
    """The grades with which schools begin, when they were given, and who is in special measures."""
    sheet, off = system.values["inspection"], system.plan.off
    if not BY_NAME["inspection"].runs(off):
        return
    with system.schools.opened_for("inspection"):
        know_results(system, sheet["results_sd"], sheet["added_sd"])
        first_inspections(system, draws)
        set_due(system, sheet["interval_ratio"])
    for _ in range(YEARS_OF_TALK):
        carry_out(system, BY_NAME["stigma"])


def first_inspections(system: SchoolSystem, draws: Draws) -> None:
    """Fill the grade and the time of the last visit of each school, and who is in special measures since when.

    Grades are what inspectors would find now; visits lie as far back as they may; a school that failed longer ago than
    schools stay in special measures has been found better since.
    """
    schools, sheet = system.schools, system.values["inspection"]
    score = judged(what_is_seen(system, *(sheet[name] for name in SEEN_BY)), system.levers, sheet["lessons_weight"])
    score += sheet["noise_sd"] * draws.normal(schools.id, "error of the last visit")
    grade = grade_of(score, sheet["cuts"])
    back = draws.uniform(schools.id, "last visit") * float(system.levers["inspection.interval"])
    back *= np.asarray(sheet["interval_ratio"])[grade - 1]
    lasted = draws.uniform(schools.id, "has left") * LONGEST_STAY
    failed = grade == INADEQUATE
    stays = failed & (back < lasted)
    schools.inspection_grade[:] = np.where(failed & ~stays, REQUIRES_IMPROVEMENT, grade)
    schools.inspected[:] = -back
    if BY_NAME["special_measures"].runs(system.plan.off):
        with schools.opened_for("special_measures"):
            schools.in_measures[:] = stays
            schools.measures_since[:] = np.where(stays, -back, np.nan)
            schools.capacity[:] = np.where(stays, 0.45 * back, 0.0)
