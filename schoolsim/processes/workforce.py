"""Who teaches: the same people next year, but for those who leave and those hired in their stead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ALL_SUBJECTS, SECONDARY_SUBJECTS, class_count
from schoolsim.people.ids import rank_within
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.process import Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

DEPARTMENTS = SECONDARY_SUBJECTS + 1

def workforce(
    system: SchoolSystem, draws: Draws, *, leaving_chance: list[float], retirement_age: float,
    new_graduate_share: float, classes_per_teacher: float, youngest_age: float, years_since_graduation: list[float],
) -> Flows:  # fmt: skip
    """Teachers age, some leave, and posts are filled for the classes there are.

    What happens: Each teacher may leave; those at retirement age do. A department with fewer teachers than its
        classes need hires, one with more lets go. Those hired are drawn evenly from the nation's teachers.
    Evidence: E332, P27.
    Leaves out: why people leave and whom a school can attract (M20), specialists and vacancies (M15).
    """
    teachers = system.teachers
    teachers.age[:] += 1
    teachers.experience[:] += 1
    secondary = (teachers.subject != ALL_SUBJECTS).astype(int)
    leaves = draws.event(teachers.id, np.asarray(leaving_chance)[secondary], "leaves")
    retires = teachers.age >= retirement_age
    needed = teachers_needed(system, classes_per_teacher)
    surplus = _surplus(system, draws, needed, leaves | retires)
    flows = {"resigned": teachers.id[leaves], "retired": teachers.id[retires & ~leaves],
             "made redundant": teachers.id[surplus]}  # fmt: skip
    teachers.keep(~(leaves | retires | surplus))
    hired = _hire(system, draws, needed, new_graduate_share, youngest_age, years_since_graduation)
    teachers.append(hired)
    return flows | {"hired": hired["id"]}


def department_code(school: np.ndarray, subject: np.ndarray) -> np.ndarray:
    """One number for each department of each school; class teachers of a primary are one department."""
    return school.astype(np.int64) * DEPARTMENTS + subject + 1


def teachers_needed(system: SchoolSystem, classes_per_teacher: float) -> np.ndarray:
    """Teachers that the present rolls need, by department code [J * 9]."""
    roll = roll_by_year_group(system.pupils.school, system.pupils.year_group, len(system.schools))
    count = class_count(roll, system.values["classes"]["class_size"])
    needed = np.zeros((len(system.schools), DEPARTMENTS), np.int64)
    needed[:, 0] = count[:, :FIRST_SECONDARY_YEAR].sum(axis=1)
    needed[:, 1:] = np.ceil(count[:, FIRST_SECONDARY_YEAR:].sum(axis=1, keepdims=True) / classes_per_teacher)
    return needed.ravel()


def _surplus(system: SchoolSystem, draws: Draws, needed: np.ndarray, going: np.ndarray) -> np.ndarray:
    """Those whose post is gone: of a department's stayers, the ones that the lot falls on [n]."""
    teachers = system.teachers
    code = np.where(going, -1, department_code(teachers.school, teachers.subject))
    rank = rank_within(code, draws.uniform(teachers.id, "keeps the post"))
    return (code >= 0) & (rank >= needed[code])


def _hire(
    system: SchoolSystem, draws: Draws, needed: np.ndarray, graduates: float, youngest: float, years: list[float]
) -> dict[str, np.ndarray]:
    """New people for every open post; ids are earned from department, year and order."""
    teachers = system.teachers
    have = np.bincount(department_code(teachers.school, teachers.subject), minlength=len(needed))
    open_ = np.maximum(needed - have, 0)
    code = np.repeat(np.arange(len(needed)), open_)
    order = rank_within(code)
    ids = (code * 4096 + system.elapsed + 2048) * 256 + order
    fresh = draws.event(ids, graduates, "is a new graduate")
    later = draws.uniform(ids, "years since graduation")
    since = later * np.where(fresh, years[0], years[1])
    experience = np.where(fresh, 0, since * draws.uniform(ids, "years taught"))
    return {"id": ids, "school": code // DEPARTMENTS, "subject": code % DEPARTMENTS - 1,
            "quality": draws.normal(ids, "quality"), "age": youngest + since, "experience": experience}  # fmt: skip
