"""The scale of attainment: months above the norm of the age, and the subjects and stages it is kept for.

The national mean is 0 at every age; the national spread between pupils grows from 11 months at 5 to 26.5 at
16 (evidence U07), so that a gap of so many months means less and less in SD as children grow up.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import overload

import numpy as np

SUBJECTS = (
    "english",
    "humanities",
    "maths",
    "science",
    "languages",
    "arts",
    "technology",
    "physical_education",
)
PRIMARY_SUBJECTS = ("reading", "writing", "maths")
PRIMARY_SUBJECT_COUNT = len(PRIMARY_SUBJECTS)
LAST_PRIMARY_YEAR = 6
FIRST_SECONDARY_YEAR = LAST_PRIMARY_YEAR + 1
LAST_YEAR_GROUP = 11
YEAR_GROUPS = LAST_YEAR_GROUP + 1

STAGES = MappingProxyType({5: 0, 7: 2, 11: 6, 14: 9, 16: 11})
"""Year group at the end of whose summer each stage is assessed, by age."""

PRIOR_STAGE = MappingProxyType({7: 5, 11: 7, 14: 11, 16: 11})
"""The earlier stage from which value added is counted."""

_AGES = (5.0, 11.0, 16.0)
_SIGMA_MONTHS = (11.0, 17.5, 26.5)


@overload
def sigma(age: float) -> float: ...
@overload
def sigma(age: np.ndarray) -> np.ndarray: ...
def sigma(age: float | np.ndarray) -> float | np.ndarray:
    """National SD between pupils of true total attainment (months) at an age (years); flat outside 5-16."""
    spread = np.interp(age, _AGES, _SIGMA_MONTHS)
    return spread if isinstance(age, np.ndarray) else float(spread)


def months_to_sd(months: np.ndarray, age: float) -> np.ndarray:
    """Months (any shape) expressed in the national pupil SD of that age."""
    return months / sigma(age)


def age_at_end(year_group: int) -> int:
    """Age (years) that most pupils reach by the end of a year group (0 is reception)."""
    return year_group + 5


def taught_count(year_group: int) -> int:
    """How many of the subjects are taught in a year group."""
    return PRIMARY_SUBJECT_COUNT if year_group <= LAST_PRIMARY_YEAR else len(SUBJECTS)


def phase_of_year(year_group: int) -> str:
    """`primary` or `secondary`: the phase a year group belongs to by age."""
    return "primary" if year_group <= LAST_PRIMARY_YEAR else "secondary"


def phase_of_stage(stage: int) -> str:
    """`primary` or `secondary`: the phase at whose tests a stage is reached."""
    return phase_of_year(STAGES[stage])
