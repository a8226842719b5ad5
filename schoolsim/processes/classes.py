"""Classes and sets are formed, and get their teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ClassPlan, number_by_rank, plan_classes
from schoolsim.people.ids import rank_within
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.workforce import department_code
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, PRIMARY_SUBJECT_COUNT, SUBJECTS, YEAR_GROUPS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

SET_FIRST = ("english", "maths", "science", "languages", "humanities", "technology", "arts", "physical_education")
EXAMINATION_YEAR = 11


def classes(system: SchoolSystem, draws: Draws, *, class_size: list[float]) -> Flows:
    """Every school forms its classes for the year and gives each a teacher.

    What happens: Primary classes and secondary forms are mixed and keep together. Secondary schools set by
        prior measured attainment in as many subjects as the lever says, afresh each year until year 10;
        year 11 keeps the classes and, where they are still there, the teachers of year 10.
    Evidence: E347; how many subjects are set, and what a class holds, are assumptions of the sheet and the lever.
    Leaves out: who gets which set (M14), vertical grouping, timetables.
    """
    roll = roll_by_year_group(system.pupils.school, system.pupils.year_group, len(system.schools))
    plan = plan_classes(roll, class_size)
    last = system.classes.arrays()
    setting = {SUBJECTS.index(name) for name in SET_FIRST[: int(system.levers["setting.subjects"])]}
    _seat_primary(system, draws, plan)
    _seat_secondary(system, draws, plan, setting)
    rows = _class_rows(system, plan, setting)
    rows["teacher"] = _teachers(system, draws, rows, last)
    rows["teacher_id"] = np.where(rows["teacher"] >= 0, system.teachers.id[rows["teacher"]], -1)
    system.classes.replace(rows)
    return NOTHING


def _numbers_kept(system: SchoolSystem, rows: np.ndarray) -> np.ndarray:
    """The number of last year's class for pupils now in year 11, by subject, -1 for all others [n, 8]."""
    pupils, kept = system.pupils, np.full((len(rows), len(SUBJECTS)), -1)
    if len(system.classes):
        stays = np.flatnonzero(pupils.year_group[rows] == EXAMINATION_YEAR)
        group = pupils.class_group[rows[stays]]
        kept[stays] = np.where(group >= 0, system.classes.number[np.maximum(group, 0)], -1)
    return kept


def _seat_primary(system: SchoolSystem, draws: Draws, plan: ClassPlan) -> None:
    pupils = system.pupils
    rows = np.flatnonzero((pupils.year_group < FIRST_SECONDARY_YEAR) & (pupils.school >= 0))
    school, year = pupils.school[rows], pupils.year_group[rows]
    luck = draws.lasting().uniform(pupils.id[rows], "class")
    number = number_by_rank(school.astype(np.int64) * YEAR_GROUPS + year, luck, plan.count[school, year])
    seats = np.full((len(rows), len(SUBJECTS)), -1, np.int32)
    seats[:, :PRIMARY_SUBJECT_COUNT] = plan.row(school, year, 0, number)[:, None]
    pupils.class_group[rows] = seats


def _seat_secondary(system: SchoolSystem, draws: Draws, plan: ClassPlan, setting: set[int]) -> None:
    pupils = system.pupils
    rows = np.flatnonzero((pupils.year_group >= FIRST_SECONDARY_YEAR) & (pupils.school >= 0))
    school, year = pupils.school[rows], pupils.year_group[rows]
    group, count = school.astype(np.int64) * YEAR_GROUPS + year, plan.count[school, year]
    form = number_by_rank(group, draws.lasting().uniform(pupils.id[rows], "form"), count)
    kept = _numbers_kept(system, rows)
    numbers = np.repeat(form[:, None], len(SUBJECTS), axis=1)
    for subject in setting:
        numbers[:, subject] = number_by_rank(group, _from_the_top(_prior(system, rows, subject)), count)
    numbers = np.where(kept >= 0, np.minimum(kept, count[:, None] - 1), numbers)
    first = plan.base[school, year][:, None] + np.arange(len(SUBJECTS)) * count[:, None]
    pupils.class_group[rows] = first + numbers


def _from_the_top(months: np.ndarray) -> np.ndarray:
    """Positions in [0, 1), the highest attainment first [n]."""
    return (months.max() - months) / (1.0 + np.ptp(months)) if len(months) else months


def _prior(system: SchoolSystem, rows: np.ndarray, subject: int) -> np.ndarray:
    """What a school knows of a pupil in a subject when it forms sets: the latest test, in months [n]."""
    pupils = system.pupils
    entry = pupils.measured_11[rows]
    at_11 = entry[:, subject] if subject < entry.shape[1] else entry.mean(axis=1)
    latest = pupils.measured_14[rows, subject]
    return np.nan_to_num(np.where(np.isfinite(latest), latest, at_11))


def _class_rows(system: SchoolSystem, plan: ClassPlan, setting: set[int]) -> dict[str, np.ndarray]:
    cohort = system.elapsed - plan.year_group
    identity = (plan.school * 4096 + cohort + 2048) * 16 + plan.subject + 1
    is_set = np.isin(plan.subject, list(setting)) & (plan.year_group >= FIRST_SECONDARY_YEAR)
    return {
        "id": identity * 64 + plan.number,
        "school": plan.school,
        "year_group": plan.year_group,
        "subject": plan.subject,
        "number": plan.number,
        "set_rank": np.where(is_set, plan.number + 1, 0),
    }


def _teachers(
    system: SchoolSystem, draws: Draws, rows: dict[str, np.ndarray], last: dict[str, np.ndarray]
) -> np.ndarray:
    """Row of the teacher of each class [K]: dealt round within the department, year 11 keeping its own."""
    teachers = system.teachers
    mine = department_code(teachers.school, teachers.subject)
    order = np.lexsort((draws.uniform(teachers.id, "turn"), mine))
    code = department_code(rows["school"], rows["subject"])
    first = np.searchsorted(mine[order], code, side="left")
    have = np.searchsorted(mine[order], code, side="right") - first
    turn = rank_within(code, draws.uniform(rows["id"], "turn"))
    dealt = np.full(len(code), -1)
    staffed = have > 0
    dealt[staffed] = order[first[staffed] + turn[staffed] % have[staffed]]
    kept = _teachers_of_last_year(system, rows["id"], last)
    return np.where((rows["year_group"] == EXAMINATION_YEAR) & (kept >= 0), kept, dealt)


def _teachers_of_last_year(system: SchoolSystem, ids: np.ndarray, last: dict[str, np.ndarray]) -> np.ndarray:
    """Row of the teacher who had the same class last year and is still there, else -1 [K]."""
    if len(last["id"]) == 0 or len(system.teachers) == 0:
        return np.full(len(ids), -1)
    taught_by = lookup(ids, last["id"], last["teacher_id"])
    return lookup(taught_by, system.teachers.id, np.arange(len(system.teachers)))


def lookup(wanted: np.ndarray, known: np.ndarray, value: np.ndarray) -> np.ndarray:
    """`value` [m] at the place where `known` [m] equals `wanted` [n]; -1 where it does not occur."""
    order = np.argsort(known, kind="stable")
    at = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
    found = known[order][at] == wanted
    return np.where(found, value[order][at], -1)
