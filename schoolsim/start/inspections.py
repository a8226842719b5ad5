"""The inspections that schools had before the start."""

from __future__ import annotations

import numpy as np

from schoolsim.draws import Draws
from schoolsim.places.inspections import History, history_of
from schoolsim.processes.inspection import TERMS_A_YEAR, judged, know_results, set_due, what_is_seen
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

    Real schools start from their own history, as far as it goes; all others, and all of another year than the data's,
    from a calendar run through by the model itself. The clock stands at the summer before the first autumn.
    """
    schools, now = system.schools, system.elapsed + system.term / TERMS_A_YEAR
    grade, visit, since = with_history(system, history_of(system.place), *drawn_before(system, draws), draws)
    schools.inspection_grade[:], schools.inspected[:] = grade, now + visit
    if BY_NAME["special_measures"].runs(system.plan.off):
        stays = np.isfinite(since)
        with schools.opened_for("special_measures"):
            schools.in_measures[:] = stays
            schools.measures_since[:] = now + since
            schools.capacity[:] = np.where(stays, np.minimum(-np.nan_to_num(since) / LONGEST_STAY, 1.0), 0.0)


def drawn_before(system: SchoolSystem, draws: Draws) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grade, last visit, and failing where still in special measures (else NaN) [J]; times in years from the start.

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
    grade = np.where(failed & ~stays, REQUIRES_IMPROVEMENT, grade).astype(np.int8)
    return grade, visit, np.where(stays, visit, np.nan)


def with_history(
    system: SchoolSystem, history: History, grade: np.ndarray, visit: np.ndarray, since: np.ndarray, draws: Draws
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same three [J], a school's own where its history is known.

    A school whose next visit would be overdue at the start gets a date drawn within one interval instead: in life a
    short visit confirmed it, or it was exempt, and the calendar knows neither. Of a failure whose full inspection is
    not in the history, what became of it is not known either: it counts as found better after the longest stay.
    """
    known, interval = history.grade > 0, float(system.levers["inspection.interval"])
    waits = due(history.grade, np.zeros(len(grade)), interval, system.values["inspection"]["interval_ratio"])
    seen = -np.nan_to_num(history.seen_years)
    lately = -waits * draws.uniform(system.schools.id, "place in the calendar")
    undated = known & (history.grade == INADEQUATE) & ~history.in_category
    recent = undated & (-seen < LONGEST_STAY)
    own = np.where(undated & ~recent, REQUIRES_IMPROVEMENT, history.grade).astype(np.int8)
    overdue = (seen + waits <= 0) & (own != INADEQUATE)
    own_since = np.where(recent, seen, -history.category_years)
    return (
        np.where(known, own, grade), np.where(known, np.where(overdue, lately, seen), visit),
        np.where(known, own_since, since),
    )  # fmt: skip
