"""Variance components of one cohort, worked out once a year for all the metrics of variation."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from schoolsim.metrics.cohort import BASES, Cohort
from schoolsim.rules import measures, variance
from schoolsim.rules.grades import HEADLINES
from schoolsim.rules.variance import Components

RAW, VALUE_ADDED = "", "_va"
KINDS = (RAW, VALUE_ADDED)
Key = tuple[str, str]
"""Basis and kind."""

KEYS: tuple[Key, ...] = tuple((basis, kind) for basis in BASES for kind in KINDS)


class Decomposition:
    """How the variance of a cohort splits over levels, in squared national pupil SD, by basis and kind.

    `by_level` is the full split: over classes of a primary school; at 14 and 16 over departments and classes, of
    results by subject. `of_totals` knows only authority, school and pupil, of pupils' totals.
    """

    def __init__(self, cohort: Cohort, authority_of_school: np.ndarray) -> None:
        self.cohort = cohort
        placed = cohort.school >= 0
        self._outer = {
            "authority": np.where(placed, authority_of_school[cohort.school], -1),
            "school": cohort.school,
        }

    @cached_property
    def _of_everything(self) -> list[Components]:
        reached = [self.cohort.outcomes[basis][HEADLINES[self.cohort.stage]] for basis in BASES]
        return variance.nested_components_of([*self._totals, *reached], self._outer)

    @cached_property
    def of_totals(self) -> dict[Key, Components]:
        """Authority, school and pupil, of totals."""
        return self._scaled(self._of_everything[: len(KEYS)])

    @cached_property
    def of_threshold(self) -> dict[str, Components]:
        """Authority, school and pupil, of reaching the stage's threshold (shares squared), by basis."""
        return dict(zip(BASES, self._of_everything[len(KEYS) :], strict=True))

    @cached_property
    def by_level(self) -> dict[Key, Components]:
        """The full split."""
        if self.cohort.phase == "primary":
            levels = self._outer | {"class": self.cohort.class_group[:, 0]}
            return self._scaled(variance.nested_components_of(self._totals, levels))
        inner = {"class": self.cohort.class_group}
        results = [self.results[key] for key in KEYS]
        return self._scaled(variance.crossed_components_of(results, self._outer, inner))

    @property
    def _totals(self) -> list[np.ndarray]:
        """Results [n] in the order of `KEYS`."""
        return [
            self.cohort.value_added[basis] if kind == VALUE_ADDED else self.cohort.total[basis] for basis, kind in KEYS
        ]

    @cached_property
    def results(self) -> dict[Key, np.ndarray]:
        """Results by subject, months [n, s]."""
        by_subject, prior = self.cohort.by_subject, self.cohort.prior
        added = {(basis, VALUE_ADDED): measures.value_added(prior, by_subject[basis]) for basis in BASES}
        return {(basis, RAW): by_subject[basis] for basis in BASES} | added

    def _scaled(self, components: list[Components]) -> dict[Key, Components]:
        return {key: one.scaled(self.cohort.sd) for key, one in zip(KEYS, components, strict=True)}
