"""The schools of one year as metrics and the table of schools see them: rolls, leavers, entrants."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from schoolsim.metrics.cohort import Cohort
from schoolsim.people import rolls
from schoolsim.rules import grouping
from schoolsim.rules.scale import STAGES


class SchoolYear:
    """One value a school [j], in the order of the table of schools, unless said."""

    def __init__(self, pupils: Any, schools: Any, cohorts: Mapping[int, Cohort]) -> None:
        self._pupils, self._schools, self._cohorts = pupils, schools, cohorts
        self.count = len(schools.phase)

    @cached_property
    def roll(self) -> np.ndarray:
        """Pupils on roll."""
        return self.roll_by_year_group.sum(axis=1)

    @cached_property
    def roll_by_year_group(self) -> np.ndarray:
        """Pupils by year group [j, 12]."""
        return rolls.roll_by_year_group(self._pupils.school, self._pupils.year_group, self.count)

    @cached_property
    def poor_count(self) -> np.ndarray:
        """Disadvantaged pupils (FSM6) on roll."""
        return grouping.counts(np.where(self._pupils.fsm6, self._pupils.school, -1), self.count)

    @cached_property
    def poor_share(self) -> np.ndarray:
        """Share of disadvantaged pupils; NaN for an empty school."""
        return _ratio(self.poor_count, self.roll)

    @cached_property
    def fill(self) -> np.ndarray:
        """Pupils over places; NaN for a school without places."""
        return _ratio(self.roll, self._schools.places.sum(axis=1))

    @cached_property
    def attendance(self) -> np.ndarray:
        """Mean attendance over the year."""
        return grouping.means(self._pupils.attendance_year, self._pupils.school, self.count)

    @cached_property
    def leaving_stage(self) -> np.ndarray:
        """The last stage assessed in a school; 0 for none."""
        last = np.zeros(self.count, np.int64)
        for stage, year_group in STAGES.items():
            taught = (self._schools.first_year <= year_group) & (year_group <= self._schools.last_year)
            last[taught] = stage
        return last

    def leavers_mean(self, column: str, basis: str) -> np.ndarray:
        """Mean of a cohort's `total` or `value_added` over the leavers, in national pupil SD of their age."""
        mean = np.full(self.count, np.nan)
        for stage, cohort in self._cohorts.items():
            chosen = self.leaving_stage == stage
            if chosen.any():
                months = grouping.means(getattr(cohort, column)[basis], cohort.school, self.count)
                mean[chosen] = months[chosen] / cohort.sd
        return mean

    @cached_property
    def entrants(self) -> np.ndarray:
        """Rows of pupils in the first year group of their school [n]."""
        placed = self._pupils.school >= 0
        return np.flatnonzero(placed & (self._pupils.year_group == self._schools.first_year[self._pupils.school]))

    @cached_property
    def first_preferences(self) -> np.ndarray:
        """How many of this year's entrants (to any school) named the school first; NaN if nobody is asked."""
        if not hasattr(self._pupils, "first_preference"):
            return np.full(self.count, np.nan)
        return grouping.counts(self._pupils.first_preference[self.entrants], self.count)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
