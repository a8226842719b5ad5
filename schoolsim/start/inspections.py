"""The inspections that schools had before the start."""

from __future__ import annotations

import numpy as np

from schoolsim.draws import Draws
from schoolsim.processes.inspection import judged, know_results, set_due, what_is_seen
from schoolsim.rules.inspection import INADEQUATE, REQUIRES_IMPROVEMENT, due, grade_of
from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.system import SchoolSystem

YEARS_OF_TALK = 8
"""Over which what is said of a school has settled."""
SEEN_BY = ("lessons_sd", "usual_participation", "participation_sd", "direction_sd", "dressed_lift")
LONGEST_STAY = 3.0
"""Years."""
LONG_AGO, MOST_VISITS = 30.0, 40
"""Years before the start from which the calendar is run through, and how many visits that may be."""


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

    The calendar is run through from long ago: each visit finds of a school what inspectors would find now, with an
    error of its own. A school that failed longer ago than schools stay in special measures has been found better since.
    """
    schools, sheet, interval = system.schools, system.values["inspection"], float(system.levers["inspection.interval"])
    score = judged(what_is_seen(system, *(sheet[name] for name in SEEN_BY)), system.levers, sheet["lessons_weight"])
    visit, grade = np.full(len(schools), -LONG_AGO), np.zeros(len(schools), np.int8)
    comes = visit + interval * draws.uniform(schools.id, "first of the visits before the start")
    for number in range(MOST_VISITS):
        happens = comes <= 0
        error = sheet["noise_sd"] * draws.normal(schools.id, f"error of visit {number} before the start")
        grade = np.where(happens, grade_of(score + error, sheet["cuts"]), grade)
        visit = np.where(happens, comes, visit)
        comes = np.where(happens, due(grade, visit, interval, sheet["interval_ratio"]), comes)
    failed = grade == INADEQUATE
    stays = failed & (-visit < draws.uniform(schools.id, "has left") * LONGEST_STAY)
    schools.inspection_grade[:] = np.where(failed & ~stays, REQUIRES_IMPROVEMENT, grade)
    schools.inspected[:] = visit
    if BY_NAME["special_measures"].runs(system.plan.off):
        with schools.opened_for("special_measures"):
            schools.in_measures[:] = stays
            schools.measures_since[:] = np.where(stays, visit, np.nan)
            schools.capacity[:] = np.where(stays, -visit / LONGEST_STAY, 0.0)
