"""One year of the system as metrics see it, with what several metrics need worked out once.

Nothing here is written back; dynamics never import metrics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from schoolsim.kernels import kernel
from schoolsim.metrics.cohort import Cohort, PupilsOf
from schoolsim.metrics.decomposition import Decomposition
from schoolsim.metrics.group_means import GroupMeans, Membership
from schoolsim.metrics.school_year import SchoolYear
from schoolsim.people.groups import PERSISTENT_ABSENCE_BELOW, RECORDED
from schoolsim.people.needs import unmet
from schoolsim.rules.grades import Norms
from schoolsim.rules.scale import LAST_PRIMARY_YEAR, STAGES

PHASES = ("primary", "secondary")
EARLY_YEARS = 5
"""Years of teaching that count as the first ones, as in official figures on retention."""


class YearView:
    """What a metric is given: the system's tables, read only, and the shared workings of the year.

    The workings hold no reference back to the view, so that a year is freed as soon as it is recorded.
    """

    def __init__(self, system: Any, norms: Norms, groups: Sequence[str] = RECORDED) -> None:
        self.norms, self.year, self._school_year = norms, int(system.year), getattr(system, "elapsed", 0)
        self.schools = system.schools
        self.own_schools = ~np.asarray(system.schools.in_halo)
        self.pupils, self.everybody = _pupils_of(system.pupils, self.own_schools), system.pupils
        self.classes, self.teachers = system.classes, system.teachers
        self.admissions: Mapping[int, Mapping[str, float]] = getattr(system, "admissions_summary", {})
        self.membership = Membership(self.pupils, groups)

    @cached_property
    def cohorts(self) -> dict[int, Cohort]:
        """Cohorts by stage."""
        return {stage: Cohort(self.pupils, stage, self.norms, self.membership) for stage in STAGES}

    @cached_property
    def decompositions(self) -> dict[int, Decomposition]:
        """Variance components by stage."""
        authority = getattr(self.schools, "authority", np.zeros(self.school_year.count, np.int64))
        return {stage: Decomposition(cohort, authority) for stage, cohort in self.cohorts.items()}

    @cached_property
    def school_year(self) -> SchoolYear:
        """Rolls, leavers and entrants of the place's own schools; those of the halo are empty."""
        return SchoolYear(self.pupils, self.schools, self.cohorts)

    @cached_property
    def all_schools(self) -> SchoolYear:
        """Rolls and attendance of all schools, those of the halo included."""
        return SchoolYear(self.everybody, self.schools, {}) if self.everybody is not self.pupils else self.school_year

    @cached_property
    def presence(self) -> dict[str, GroupMeans]:
        """Means by group of presence, participation, need, disruption and what is expected, by phase."""
        attendance = self.pupils.attendance_year
        columns = {
            ("attendance", ""): attendance,
            ("persistent_absence", ""): attendance < PERSISTENT_ABSENCE_BELOW,
            ("participation", ""): self.pupils.participation,
            ("expectation", ""): self.pupils.expectation,
            ("home_distance", ""): self.pupils.home_distance,
            ("belonging", ""): self.pupils.belonging,
            ("unmet_needs", ""): unmet(self.pupils) > 0,
            ("self_direction", ""): self.pupils.self_direction,
            ("disruption", ""): self.pupils.disruptive,
        }
        return self.membership.means_apart(PHASES, self.pupils.year_group > LAST_PRIMARY_YEAR, columns)

    @cached_property
    def lessons(self) -> dict[str, GroupMeans]:
        """Means by group of what lessons have for teachers, by phase of the year group."""
        classes, teachers = self.classes, self.teachers
        taught = classes.teacher >= 0
        who = classes.teacher[taught]
        by_teacher = {
            "quality": teachers.quality[who],
            "early": teachers.experience[who] < EARLY_YEARS,
            "new": teachers.joined[who] == self._school_year,
            "specialist": teachers.specialist[who],
            "morale": teachers.morale[who],
            "absence": teachers.absence[who],
        }
        of_class = np.zeros((len(taught), 2 + len(by_teacher)), np.float32)
        of_class[:, 0], of_class[:, 1] = 1.0, taught
        for place, values in enumerate(by_teacher.values(), start=2):
            of_class[taught, place] = values
        lessons, by_somebody, *sums = kernel("tally").sum_over_seats(of_class, self.pupils.class_group)
        columns = {("covered", ""): _over(lessons - by_somebody, lessons)}
        columns |= {(name, ""): _over(total, by_somebody) for name, total in zip(by_teacher, sums, strict=True)}
        return self.membership.means_apart(PHASES, self.pupils.year_group > LAST_PRIMARY_YEAR, columns)

    @cached_property
    def schools_of_phase(self) -> dict[str, np.ndarray]:
        """Rows of the place's own schools by phase."""
        of_phase = enumerate(PHASES)
        return {phase: np.flatnonzero(self.own_schools & (self.schools.phase == code)) for code, phase in of_phase}


def _over(total: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Means [n], NaN where there is nothing to take one of."""
    with np.errstate(invalid="ignore"):
        return np.asarray(total / count)


def _pupils_of(pupils: Any, own_schools: np.ndarray) -> Any:
    """The pupils of the place's own schools."""
    if own_schools.all():
        return pupils
    return PupilsOf(pupils, np.flatnonzero(own_schools[pupils.school] & (pupils.school >= 0)))
