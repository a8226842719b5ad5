"""How teachers feel about their work, and what follows: effort, days lost, and the wish to leave (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.people.pressure import pressure
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.choice import standing
from schoolsim.processes.workforce import DEPARTMENTS, department_code
from schoolsim.rules import grouping
from schoolsim.rules.leading import ADVOCACY, ASSOCIATION

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

TEN_PUPILS = 10.0


def morale(
    system: SchoolSystem, draws: Draws, *, keeps: float, own_sd: float, recognition: float, belonging: float,
    belonging_years: float, overload: float, size_load: float, blame: float, strain: float, effort_by_morale: float,
    effort_by_pressure: float, usual_absence: float, absence_by_morale: float, absence_loss: float,
    usual_size: list[float], usual_belonging: float, usual_vacant: float, usual_blame: float, praise: float,
) -> Flows:  # fmt: skip
    """Teachers take to heart how their school is spoken of, who stays with them, and how much there is to do.

    What happens: Morale is lifted by results better than what the school is known for and by years in one place; it is
        worn down by large classes, colleagues' posts that are vacant, the blame that falls on schools of low standing,
        and pressure as such, the more the harder it is. It changes by halves from year to year. Pressure drives effort
        too; heads who win people for a vision and hold the staff together (advocacy, association) lift them. So a
        little more of it may help, and much more cannot.
    Evidence: special measures and the morale of staff, heads on keeping teachers; sizes are assumptions.
    Leaves out: heads who shield their staff from pressure, what an inspection says (M46, M47), initiatives (M77).
    """
    teachers, pressed = system.teachers, pressure(system)
    surprise = np.nan_to_num(standings(system) - system.schools.reputation)
    blamed = pressed * np.maximum(-system.schools.reputation, 0.0) - usual_blame
    crowded = size_load * _crowding(system, usual_size)
    of_school = recognition * surprise - blame * blamed - crowded - strain * (pressed**2 - 1.0)
    of_school = of_school + 0.5 * praise * (led(system, ADVOCACY) + led(system, ASSOCIATION))
    years = system.elapsed - teachers.joined
    here = 1.0 - np.exp(-years / belonging_years) - usual_belonging
    lacking = _vacant_share(system) - usual_vacant
    target = of_school[teachers.school] + belonging * here - overload * lacking
    own = np.sqrt(1.0 - keeps**2) * own_sd * draws.normal(teachers.id, "own year")
    teachers.morale[:] = keeps * teachers.morale + (1.0 - keeps) * target + own
    teachers.absence[:] = usual_absence * np.exp(-absence_by_morale * teachers.morale)
    lost = absence_loss * (teachers.absence - usual_absence)
    driven = effort_by_pressure * (pressed - 1.0)
    teachers.effort_effect[:] = effort_by_morale * teachers.morale + driven[teachers.school] - lost
    return NOTHING


def standings(system: SchoolSystem) -> np.ndarray:
    """Standing of last summer's result between schools of the phase [J]; NaN where there is none."""
    schools, found = system.schools, np.full(len(system.schools), np.nan)
    for phase in (0, 1):
        mine = np.flatnonzero(schools.phase == phase)
        found[mine] = standing(schools.actual_result, mine)[mine]
    return found


def _crowding(system: SchoolSystem, usual: list[float]) -> np.ndarray:
    """By how many tens of pupils the classes of each school are larger than usual in its phase [J]."""
    schools, classes = system.schools, system.classes
    first = classes.school[classes.subject <= 0]  # the forms of a secondary school, all classes of a primary
    forms, roll = (grouping.counts(school, len(schools)) for school in (first, system.pupils.school))
    size = np.asarray(usual)[schools.phase]
    return (np.where(forms > 0, roll / np.maximum(forms, 1), size) - size) / TEN_PUPILS


def _vacant_share(system: SchoolSystem) -> np.ndarray:
    """Share of the posts of each teacher's department that are vacant [n]."""
    teachers = system.teachers
    code = department_code(teachers.school, teachers.subject)
    have = np.bincount(code, minlength=len(system.schools) * DEPARTMENTS)
    vacant = system.schools.vacant_posts.ravel()
    return (vacant / np.maximum(have + vacant, 1))[code]
