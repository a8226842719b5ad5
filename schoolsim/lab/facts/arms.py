"""Runs beside the status quo that some facts compare it with: the same world and luck, from year 1 on otherwise.

Either a lever is set, or something is made equal that is not in life: some numbers count as another from year 1 on, and
what has piled up until then is taken out of the state at the end of year 0. No process knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.policy.levers import Setting
from schoolsim.session import Session
from schoolsim.system import SchoolSystem

Numbers = Mapping[str, float]
"""What parameters are set to, by path; every element of a list alike."""


@dataclass(frozen=True)
class Arm:
    """What is otherwise than in the status quo: `levers` and `numbers` from year 1 on, `begin` at the end of year 0."""

    levers: Mapping[str, Setting] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=dict)
    begin: tuple[Callable[[SchoolSystem], None], ...] = ()


class Equalised(SchoolSystem):
    """A system in which some numbers are others than in the sheets and the plan."""

    def __init__(self, like: SchoolSystem, numbers: Numbers) -> None:
        self._numbers = dict(numbers)
        super().__init__(like.plan, like.place, like.seed, like.drawn, like.state)

    def settle_the_rules(self) -> None:
        """Look up what the plan says for this school year, and put the other numbers over it."""
        super().settle_the_rules()
        self.values = with_numbers(self.values, self._numbers)


def with_numbers(values: Mapping[str, Mapping[str, Any]], numbers: Numbers) -> dict[str, dict[str, Any]]:
    """Values by process and name with some set to a number, every element of a list alike.

    Raises:
        KeyError: there is no such parameter.
    """
    changed = {process: dict(sheet) for process, sheet in values.items()}
    for path, number in numbers.items():
        process, _, name = path.partition(".")
        old = changed[process][name]
        changed[process][name] = [number] * len(old) if isinstance(old, list | tuple) else number
    return changed


def taken(session: Session, arm: Arm) -> Session:
    """A session at the end of year 0 from which on the arm holds; the one given goes on as it was."""
    plan = session.scenario
    twin = session.fork(replace(plan, levers={**plan.levers, **arm.levers}))
    for change in arm.begin:
        change(twin.system)
    if arm.numbers:
        twin.system = Equalised(twin.system, arm.numbers)
        twin.system.in_view = session.system.in_view
    return twin


def schools_alike(system: SchoolSystem) -> None:
    """What schools, departments and year groups add is nothing."""
    with system.schools.opened_for("school_climate"):
        for name in ("school_effect", "department_effect", "cohort_effect"):
            system.schools.get(name)[:] = 0.0


def teachers_by_lot(system: SchoolSystem) -> None:
    """Teachers of a subject change places by lot; a place keeps its subject and nothing else."""
    teachers = system.teachers
    luck = Draws(system.seed, "equalised", 0).uniform(teachers.id, "place")
    places, people = np.argsort(teachers.subject, kind="stable"), np.lexsort((luck, teachers.subject))
    school = teachers.school.copy()
    school[people] = teachers.school[places]
    with teachers.opened_for("workforce"):
        teachers.school[:] = school


SCHOOLS = Arm(
    numbers=dict.fromkeys((f"school_climate.{level}_sd" for level in ("school", "department", "cohort")), 0.0),
    begin=(schools_alike,),
)
TEACHERS = Arm(
    numbers=dict.fromkeys(("labour_market.pull_factor", "labour_market.poverty_leaving"), 0.0), begin=(teachers_by_lot,)
)
EARLY_YEARS = Arm(
    numbers=dict.fromkeys(
        (f"cohorts.{group}_entry" for group in ("ses", "disadvantage", "support", "plan", "care", "eal")), 0.0
    )
)
HOMES = Arm(
    numbers=dict.fromkeys(
        ("home.ses_flow", "home.disadvantage_flow", "attendance.poverty_log_ratio", "participation.ses_slope",
         "barriers.poverty_extra", "alignment.position_slope", "aspiration.hope_slope", "mobility.deprivation_slope"),
        0.0,
    )
    | dict.fromkeys(("behaviour.poverty_ratio", "mobility.poverty_ratio"), 1.0)
)  # fmt: skip
"""What poverty and position do outside school once children have entered it; what they start with is EARLY_YEARS."""


ARMS: dict[str, Arm] = {
    "neighbourhood": Arm(levers={"admissions.allocation": "neighbourhood"}),
    "schools-alike": SCHOOLS,
    "teachers-alike": TEACHERS,
    "both-alike": Arm(numbers={**SCHOOLS.numbers, **TEACHERS.numbers}, begin=(*SCHOOLS.begin, *TEACHERS.begin)),
    "early-years-alike": EARLY_YEARS,
    "homes-alike": HOMES,
}
STATUS_QUO = ""
"""The name of no arm: the world as it is."""


def under(look: str, arm: str) -> str:
    """How what was seen by a look is called: by the look alone under the status quo."""
    return f"{look}:{arm}" if arm else look
