"""Classes and sets are formed, and get their teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ClassPlan, deal, plan_classes, standing
from schoolsim.people.ids import by_group_and_score, rank_within
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.processes.workforce import DEPARTMENTS, department_code
from schoolsim.rules import grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, PRIMARY_SUBJECT_COUNT, SUBJECTS, YEAR_GROUPS
from schoolsim.table import Table

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

SET_FIRST = ("english", "maths", "science", "languages", "humanities", "technology", "arts", "physical_education")
EXAMINATION_YEAR = 11
TIES = 1e-9
"""Weight of luck in who comes first to a set: it decides between equal results, in whatever order rows stand."""


def classes(system: SchoolSystem, draws: Draws, *, class_size: list[float]) -> Flows:
    """Every school forms its classes for the year and gives each a teacher.

    What happens: Primary classes and secondary forms are mixed and keep together. Secondary schools set by
        prior measured attainment in as many subjects as the lever says, afresh each year until year 10;
        year 11 keeps the classes and, where they are still there, the teachers of year 10. Teachers whom the school
        rates higher (rating) tend to be given higher sets, as far as the lever says; the rest is by turns. Whoever
        comes in mid-year is put into any class of the year group.
    Evidence: E347; how many subjects are set, and what a class holds, are assumptions of the sheet and the lever.
    Leaves out: vertical grouping, timetables.
    """
    if system.term != AUTUMN:
        _seat_newcomers(system, draws)
        return NOTHING
    roll = roll_by_year_group(system.pupils.school, system.pupils.year_group, len(system.schools))
    plan = plan_classes(roll, class_size, system.schools.class_rise)
    last = system.classes.arrays()
    setting = {SUBJECTS.index(name) for name in SET_FIRST[: int(system.levers["setting.subjects"])]}
    _seat_primary(system, draws, plan)
    _seat_secondary(system, draws, plan, setting)
    rows = _class_rows(system, plan, setting)
    rows["pupil_count"] = _pupil_count(system.pupils.class_group, system.pupils.year_group, len(rows["id"]))
    rows["set_depth"] = _depth(rows)
    rows["teacher"] = _teachers(system, draws, rows, last)
    rows["teacher_id"] = np.where(rows["teacher"] >= 0, system.teachers.id[rows["teacher"]], -1)
    system.classes.replace(rows)
    return NOTHING


def _seat_primary(system: SchoolSystem, draws: Draws, plan: ClassPlan) -> None:
    """Mixed classes, one for all subjects."""
    pupils = system.pupils
    rows = np.flatnonzero((pupils.year_group < FIRST_SECONDARY_YEAR) & (pupils.school >= 0))
    group = _group(system, rows)
    number = deal(group, plan.count).by_rank(draws.lasting().uniform(pupils.id[rows], "class"))
    seats = np.full((len(rows), len(SUBJECTS)), -1, np.int32)
    seats[:, :PRIMARY_SUBJECT_COUNT] = (plan.base.take(group) + number)[:, None]
    pupils.class_group[rows] = seats


def _seat_secondary(system: SchoolSystem, draws: Draws, plan: ClassPlan, setting: set[int]) -> None:
    """Mixed forms, and sets in some subjects; year 11 keeps the numbers of the classes it had."""
    pupils = system.pupils
    rows = np.flatnonzero((pupils.year_group >= FIRST_SECONDARY_YEAR) & (pupils.school >= 0))
    group = _group(system, rows)
    seats = plan.first_seats().take(group, axis=0)
    dealt = deal(group, plan.count)
    luck = draws.lasting().uniform(pupils.id[rows], "form")
    form = dealt.by_rank(luck)
    entry = pupils.measured_11[rows]
    for subject in range(len(SUBJECTS)):
        known = _prior(pupils, rows, entry, subject) if subject in setting else None
        seats[:, subject] += form if known is None else dealt.by_rank(_from_the_top(known) + TIES * luck)
    stays = np.flatnonzero(pupils.year_group[rows] == EXAMINATION_YEAR)
    seats[stays] = _or_kept(system, rows[stays], seats[stays], plan)
    pupils.class_group[rows] = seats


def _seat_newcomers(system: SchoolSystem, draws: Draws) -> None:
    """Those who came this term join a class drawn evenly; where nobody of their age is taught, they have none yet."""
    pupils = system.pupils
    rows = np.flatnonzero(pupils.joined == system.term)
    left = _pupil_count(pupils.class_group[rows], pupils.year_group[rows], len(system.classes))
    count, base = standing(system.classes.school, system.classes.year_group, len(system.schools))
    group = _group(system, rows)
    parallel = count.take(group)[:, None]
    number = (parallel * draws.uniform(pupils.id[rows], "class")[:, None]).astype(np.int32)
    secondary = (pupils.year_group[rows] >= FIRST_SECONDARY_YEAR)[:, None]
    subject = np.arange(len(SUBJECTS))
    seats = base.take(group)[:, None] + subject * parallel * secondary + number
    seats = np.where((parallel > 0) & (secondary | (subject < PRIMARY_SUBJECT_COUNT)), seats, -1)
    pupils.class_group[rows] = seats
    system.classes.pupil_count[:] += _pupil_count(seats, pupils.year_group[rows], len(system.classes)) - left


def _or_kept(system: SchoolSystem, rows: np.ndarray, seats: np.ndarray, plan: ClassPlan) -> np.ndarray:
    """The seats [n, 8], but in the class of last year's number, or the last there is, where a pupil had one."""
    had = system.pupils.class_group[rows]
    if not len(system.classes):
        return seats
    number = np.where(had >= 0, system.classes.number[np.maximum(had, 0)], -1)
    group = _group(system, rows)
    first, count = plan.first_seats().take(group, axis=0), plan.count.take(group)[:, None]
    return np.where(number >= 0, first + np.minimum(number, count - 1), seats)


def _group(system: SchoolSystem, rows: np.ndarray) -> np.ndarray:
    """School and year group of some pupils as one number [n]."""
    return system.pupils.school[rows].astype(np.int64) * YEAR_GROUPS + system.pupils.year_group[rows]


def _from_the_top(months: np.ndarray) -> np.ndarray:
    """Positions in [0, 1), the highest attainment first [n]."""
    return (months.max() - months) / (1.0 + np.ptp(months)) if len(months) else months


def _prior(pupils: Table, rows: np.ndarray, entry: np.ndarray, subject: int) -> np.ndarray:
    """What a school knows of a pupil in a subject when it forms sets: the latest test, in months [n].

    `entry` holds the tests at 11 of the pupils in `rows` [n, 3]; who has sat none counts as being at the norm.
    """
    at_11 = entry[:, subject] if subject < entry.shape[1] else entry.mean(axis=1)
    latest = pupils.measured_14[rows, subject]
    return np.nan_to_num(np.where(np.isfinite(latest), latest, at_11))


def _pupil_count(seats: np.ndarray, year_group: np.ndarray, class_count: int) -> np.ndarray:
    """Pupils by class [K], given seats [n, 8]; in primary years a class takes three of them, of which one counts."""
    secondary = year_group >= FIRST_SECONDARY_YEAR
    in_forms = grouping.counts(seats[secondary].ravel(), class_count)
    return in_forms + grouping.counts(seats[~secondary, 0], class_count)


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
    """Row of the teacher of each class [K]: shared out within the department, year 11 keeping its own.

    Teachers and classes stand in a queue each and meet in it: by rating and set, as far as the lever says, and by lot.
    The share of a vacant post comes last and has none, -1.
    """
    teachers, strength = system.teachers, float(system.levers["setting.teachers_to_top"])
    mine = department_code(teachers.school, teachers.subject)
    lot = np.sqrt(1.0 - abs(strength))
    merit = np.sign(strength) * np.sqrt(abs(strength))
    order = by_group_and_score(mine, lot * draws.normal(teachers.id, "turn") - merit * teachers.rating)
    code = department_code(rows["school"], rows["subject"])
    size = np.bincount(mine, minlength=len(system.schools) * DEPARTMENTS)
    first, have = (np.cumsum(size) - size)[code], size[code]
    posts = have + system.schools.vacant_posts.ravel()[code]
    turn = rank_within(code, lot * draws.normal(rows["id"], "turn") + np.sqrt(abs(strength)) * rows["set_depth"])
    place = turn * posts // np.bincount(code)[code]
    dealt = np.full(len(code), -1)
    staffed = place < have
    dealt[staffed] = order[(first + place)[staffed]]
    stays = np.flatnonzero(rows["year_group"] == EXAMINATION_YEAR)
    kept = _teachers_of_last_year(system, rows["id"][stays], last)
    here = (kept >= 0) & (teachers.school[kept] == rows["school"][stays]) if len(teachers) else kept >= 0
    dealt[stays] = np.where(here, kept, dealt[stays])
    return dealt


def _depth(rows: dict[str, np.ndarray]) -> np.ndarray:
    """How far down each class stands among the sets of its year group [K], SD; 0 for mixed classes."""
    rank = rows["set_rank"].astype(np.float64)
    cell = np.cumsum((rows["number"] == 0) & (rank > 0))  # sets of one year and subject lie together, from the top
    sets = np.bincount(cell, weights=rank > 0)[cell]
    apart = np.sqrt(np.maximum(sets**2 - 1.0, 1.0) / 12.0)
    return np.where(rank > 0, (rank - (sets + 1.0) / 2.0) / apart, 0.0)


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
