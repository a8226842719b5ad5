"""Groups of pupils whose outcomes are compared, each with whom it is compared to (mechanism M01).

A pupil is in as many groups as apply. A name may also be an intersection of two or three groups, written
`fsm6&boys&white_british`; it is then compared with everybody outside the intersection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.errors import InputError, nearest
from schoolsim.people.population import ETHNICITIES

SEN_NONE, SEN_SUPPORT, SEN_PLAN = 0, 1, 2

PERSISTENT_ABSENCE_BELOW = 0.90
"""Share of sessions attended below which a pupil counts as persistently absent (official definition since 2015)."""

MOST_IN_AN_INTERSECTION = 3

Mask = Callable[[Any], np.ndarray]


@dataclass(frozen=True)
class Group:
    """A group of pupils, and the group it is compared with (None: everybody else)."""

    name: str
    title: str
    member: Mask
    against: str | None = None


def _flag(column: str) -> Mask:
    return lambda pupils: np.asarray(getattr(pupils, column), bool)


def _of_ethnicity(code: int) -> Mask:
    return lambda pupils: pupils.ethnicity == code


def _ethnic_groups() -> list[Group]:
    return [
        Group(
            name,
            name.replace("_", " ").title() + " pupils",
            _of_ethnicity(code),
            "white_british" if name != "white_british" else None,
        )
        for code, name in enumerate(ETHNICITIES)
        if not name.endswith("other") or name == "white_other"  # the rest are too mixed to say anything about
    ]


GROUPS: dict[str, Group] = {
    group.name: group
    for group in [
        Group("fsm6", "Disadvantaged pupils (free school meals in the last six years)", _flag("fsm6")),
        Group("fsm", "Pupils eligible for free school meals now", _flag("fsm")),
        Group("boys", "Boys", lambda pupils: ~pupils.female, "girls"),
        Group("girls", "Girls", _flag("female"), "boys"),
        *_ethnic_groups(),
        Group("eal", "Pupils with English as an additional language", _flag("eal")),
        Group("sen", "Pupils with special educational needs", lambda pupils: pupils.sen > SEN_NONE),
        Group("ehc_plan", "Pupils with an education, health and care plan", lambda pupils: pupils.sen == SEN_PLAN),
        Group("in_care", "Looked-after pupils", _flag("in_care")),
        Group("mobile", "Pupils who moved school outside the normal times", _flag("mobile")),
        Group("young_carer", "Young carers", _flag("young_carer")),
        Group(
            "persistent_absentee",
            "Persistently absent pupils",
            lambda pupils: pupils.attendance_year < PERSISTENT_ABSENCE_BELOW,
        ),
    ]
}

INTERSECTIONS = ("fsm6&boys", "fsm6&girls", "fsm6&white_british", "fsm6&sen", "fsm6&eal")

RECORDED = (*(name for name in GROUPS if name not in ("girls", "white_british")), *INTERSECTIONS)
"""Groups reported unless a run asks for others; girls and white British pupils are there as those compared with."""


def parts(name: str) -> list[Group]:
    """The groups that make up a name, in the order written.

    Raises:
        InputError: a group is unknown, or more than three are crossed.
    """
    words = [word.strip() for word in name.split("&")]
    if len(words) > MOST_IN_AN_INTERSECTION:
        raise InputError("too many groups crossed", found=name, allowed=f"up to {MOST_IN_AN_INTERSECTION}")
    for word in words:
        if word not in GROUPS:
            raise InputError("unknown group", found=word, allowed=list(GROUPS), guess=nearest(word, GROUPS))
    return [GROUPS[word] for word in words]


def title(name: str) -> str:
    """How a report calls the group or intersection."""
    return " and ".join(group.title for group in parts(name))


def against(name: str) -> str | None:
    """Name of the group that `name` is compared with; None means everybody outside it."""
    members = parts(name)
    return members[0].against if len(members) == 1 else None


def mask(pupils: Any, name: str) -> np.ndarray:
    """Who belongs to a group or intersection: bool [n]."""
    return np.logical_and.reduce([group.member(pupils) for group in parts(name)])


def reference_mask(pupils: Any, name: str) -> np.ndarray:
    """Whom the group is compared with: bool [n]."""
    other = against(name)
    return ~mask(pupils, name) if other is None else mask(pupils, other)
