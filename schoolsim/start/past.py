"""The past of the start: the same processes that will run, over the years since today's year 11 entered reception."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.selection import moved_by_test, nearness, place_among_their_need
from schoolsim.people.transfer import round_of
from schoolsim.process import AUTUMN, EVERY_TERM
from schoolsim.processes.entry import entry_attainment
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS
from schoolsim.schedule import SCHEDULE, carry_out
from schoolsim.start.books import arrivals
from schoolsim.start.fitting import PAST_YEARS
from schoolsim.start.moves import exchange_pasts, join_in_mid_year
from schoolsim.start.schooling import school_history
from schoolsim.start.staff import begin_reputations, staff_the_schools
from schoolsim.system import SchoolSystem
from schoolsim.table import Table

SEN_CODES = 3
NOT_LIVED = {
    "cohorts", "eligibility", "transfer", "mobility", "choice", "admissions", "budgets", "league_tables",
    "inspection", "special_measures", "window_dressing", "insularity", "stigma",
}  # fmt: skip
"""Processes in whose stead the start knows who is there, who is poor, who went where, and what schools were paid."""
LIVED_IN_AUTUMN = {"classes"}
"""Whoever moved in a past mid-year sits in the new school from autumn on."""


def live_the_past(system: SchoolSystem, people: dict[str, np.ndarray], effects: np.ndarray, draws: Draws) -> None:
    """Run the years since today's year 11 entered reception, each cohort joining in its turn."""
    system.state.target_roll = np.bincount(people["year_group"], minlength=YEAR_GROUPS)
    staff_the_schools(system, people, draws)
    begin_reputations(system, people, effects)
    history = school_history(people, system.schools, system.in_view, system.values["choice"], draws)
    exchange_pasts(system, people, history)
    entry = system.values["cohorts"]
    schooling = np.empty((0, YEAR_GROUPS), np.int16)
    for year, effect in zip(PAST_YEARS.tolist(), effects.T, strict=True):
        system.state.elapsed = year
        entering = people["year_group"] == -year
        with system.pupils.opened_for("cohorts"):
            system.pupils.year_group[:] += 1
        rows = {name: column[entering] for name, column in people.items()}
        rows["attainment"] = entry_attainment(rows, system.national["primary"], draws, **entry)
        system.pupils.append(rows | {"year_group": np.zeros(entering.sum()), "school": history[entering, 0]})
        schooling = np.concatenate([schooling, history[entering]])
        if year == PAST_YEARS[-1]:
            del history  # all are in by now; memory is at its peak in the year to come
        schooling = _sorted_by_test(system, schooling, people, draws)
        _move(system, schooling)
        _past_year(system, effect)
        if year == -1:
            system.state.arrivals = arrivals(system)
    system.state.staffed_for = None


def _sorted_by_test(
    system: SchoolSystem, schooling: np.ndarray, people: dict[str, np.ndarray], draws: Draws
) -> np.ndarray:
    """School histories [N, 12] in which the selective schools took those who passed, as they do in years to come."""
    pupils, selective, year = system.pupils, system.schools.selective, FIRST_SECONDARY_YEAR
    rows = np.flatnonzero(pupils.year_group == year)
    if not (selective.any() and len(rows)):
        return schooling
    start = SimpleNamespace(**people)
    same = np.flatnonzero(start.year_group == year - system.elapsed)  # the same pupils, as they are at the start
    sitting = np.flatnonzero(_selective_in_view(system, year)[start.home_area[same]])
    round_ = round_of(start, same[sitting], year, system.schools, system.in_view)
    place, rows = place_among_their_need(pupils, rows)[sitting], rows[sitting]
    luck = draws.uniform(pupils.id[rows], "sorted by test")
    wishes = luck < system.values["choice"]["selective_uptake"]
    tested_for = selective[round_.schools[round_.positions()]] & np.isfinite(round_.distance)
    alike = _alike(pupils, rows, nearness(round_, tested_for))
    schooling[rows] = moved_by_test(schooling[rows], wishes - place, alike, selective, luck, year)
    return schooling


def _selective_in_view(system: SchoolSystem, year: int) -> np.ndarray:
    """Small areas that have a selective school in view [A]."""
    areas = np.arange(len(system.place.areas))
    near, selective = system.in_view.of_areas(year, areas), system.schools.selective[system.in_view.teaching(year)]
    return np.full(len(areas), selective.any()) if near is None else selective[near].any(axis=1)


def _alike(pupils: Table, rows: np.ndarray, near: np.ndarray) -> np.ndarray:
    """A code of how near which selective school is, and the groups whose numbers every school keeps [n]."""
    alike = SEN_CODES * near.astype(np.int64) + pupils.sen[rows]
    for name in ("female", "fsm", "fsm6", "eal"):
        alike = 2 * alike + pupils.get(name)[rows]
    return alike


def _move(system: SchoolSystem, schooling: np.ndarray) -> None:
    """Pupils go to the school their history says for this year group [N, 12]."""
    pupils = system.pupils
    now = schooling[np.arange(len(pupils)), pupils.year_group]
    with pupils.opened_for("admissions"):
        pupils.school[:] = now


def _past_year(system: SchoolSystem, effect: np.ndarray) -> None:
    """A year of the past, with the school effects [J] that it is known to have had."""
    lived = [process for process in SCHEDULE if process.name not in NOT_LIVED]
    for term in EVERY_TERM:
        system.state.term = term
        join_in_mid_year(system)
        for process in lived:
            if term in process.terms and (term == AUTUMN or process.name not in LIVED_IN_AUTUMN):
                carry_out(system, process)
            if process.name == "school_climate" and term == AUTUMN:
                with system.schools.opened_for("school_climate"):
                    system.schools.school_effect[:] = effect
