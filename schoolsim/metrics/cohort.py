"""The pupils who reach a stage this summer, with their results worked out once for all metrics."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from schoolsim.metrics.group_means import ALL, GroupMeans, Membership, Row
from schoolsim.rules import grades, measures
from schoolsim.rules.scale import PRIOR_STAGE, STAGES, phase_of_stage, sigma, taught_count

BASES = ("true", "measured")


class PupilsOf:
    """Some rows of a table of pupils, column by column as they are asked for."""

    def __init__(self, pupils: Any, rows: np.ndarray) -> None:
        self._pupils, self._rows = pupils, rows

    def __getattr__(self, name: str) -> np.ndarray:
        column = getattr(self._pupils, name).take(self._rows, axis=0)
        setattr(self, name, column)
        return column

    def narrowed(self, rows: np.ndarray) -> PupilsOf:
        """Some of these rows: of columns that are wide or seldom asked for, no more is read than they need."""
        return PupilsOf(self._pupils, self._rows[rows])


class Cohort:
    """One stage of one year; attainment in months, rows [n] in the order of the table of pupils."""

    def __init__(self, pupils: Any, stage: int, norms: grades.Norms, membership: Membership) -> None:
        self.stage, self.phase, self.sd = stage, phase_of_stage(stage), sigma(stage)
        self.rows = np.flatnonzero(pupils.year_group == STAGES[stage])
        self._pupils = pupils.narrowed(self.rows) if isinstance(pupils, PupilsOf) else PupilsOf(pupils, self.rows)
        self.school = self._pupils.school.astype(np.int64)
        self.membership = membership
        self._norms = norms

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def class_group(self) -> np.ndarray:
        """Class by subject [n, 8]; -1 for none."""
        return _by_column(self._pupils.class_group, np.int64)

    @cached_property
    def by_subject(self) -> dict[str, np.ndarray]:
        """Months by subject [n, s] by basis; at 5 only the total is measured [n, 1]."""
        count = taught_count(STAGES[self.stage])
        true = self._pupils.attainment[:, :count]
        return {"true": _by_column(true, np.float64), "measured": measured_at(self._pupils, self.stage)}

    @cached_property
    def total(self) -> dict[str, np.ndarray]:
        """Mean of the subjects, months [n], by basis."""
        return {basis: results.mean(axis=1) for basis, results in self.by_subject.items()}

    @cached_property
    def prior(self) -> np.ndarray:
        """Measured total at the stage from which value added is counted, months [n]; NaN where there is none."""
        if self.stage not in PRIOR_STAGE:
            return np.full(len(self), np.nan)
        return measured_at(self._pupils, PRIOR_STAGE[self.stage]).mean(axis=1)

    @cached_property
    def value_added(self) -> dict[str, np.ndarray]:
        """Value added by basis, months [n], always given the measured prior total."""
        return {basis: measures.value_added(self.prior, total) for basis, total in self.total.items()}

    @cached_property
    def outcomes(self) -> dict[str, dict[str, np.ndarray]]:
        """Thresholds reached, points and scores by basis and name, float64 [n]."""
        total_only = self.by_subject["measured"].shape[1] == 1
        results = {b: self.total[b][:, None] for b in BASES} if total_only else self.by_subject
        return {basis: grades.outcomes(self.stage, results[basis], self._norms) for basis in BASES}

    @cached_property
    def means(self) -> GroupMeans:
        """Means by group of `months`, `value_added` and every outcome, by basis."""
        columns = {("months", basis): self.total[basis] for basis in BASES}
        columns |= {("value_added", basis): self.value_added[basis] for basis in BASES}
        columns |= {(name, basis): column for basis in BASES for name, column in self.outcomes[basis].items()}
        return self.membership.means(self.rows, columns)

    def row(self, value: float, basis: str = "") -> Row:
        """One row about the whole cohort."""
        return self.phase, self.stage, ALL, basis, float(value)


def measured_at(pupils: Any, stage: int) -> np.ndarray:
    """Measured months [n, s] at a stage; [n, 1] at 5."""
    column = getattr(pupils, f"measured_{stage}")
    return _by_column(column[:, None] if column.ndim == 1 else column, np.float64)


def _by_column(table: np.ndarray, dtype: type) -> np.ndarray:
    """The same table [n, s] with columns in one piece: sums over its few columns are several times faster."""
    return np.ascontiguousarray(table.T, dtype).T
