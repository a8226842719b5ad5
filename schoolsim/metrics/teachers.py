"""How much teachers differ, from the classes they bring to the examinations."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from schoolsim.metrics.decomposition import VALUE_ADDED
from schoolsim.metrics.group_means import Row
from schoolsim.metrics.registry import metric
from schoolsim.metrics.view import YearView
from schoolsim.rules.teaching import TaughtClasses, teacher_variance

EXAMINATION_STAGE, BASIS = 16, "measured"
LEAST_TEACHERS = 20
"""Teachers with two classes of the year below which nothing is shown (assumption: with fewer, luck of a third of the
variance and more would pass for an estimate)."""


@metric(
    name="teacher_sd",
    kind="variation",
    title="Spread between teachers",
    unit="SD",
    meaning="SD between teachers of what their classes gain over the two years to 16, in pupil SD of the total: "
    "covariance of different classes of a teacher less that of different teachers of the department, so that neither "
    f"luck nor sets pass for teaching; NaN with fewer than {LEAST_TEACHERS} teachers who have two classes of the year",
)
def _teacher_sd(view: YearView) -> Iterator[Row]:
    split = view.decompositions[EXAMINATION_STAGE]
    variance, teachers = teacher_variance(taught(view, split.results[BASIS, VALUE_ADDED], split.cohort.class_group))
    enough = teachers >= LEAST_TEACHERS and np.isfinite(variance)
    yield split.cohort.row(np.sqrt(max(variance, 0.0)) / split.cohort.sd if enough else np.nan, BASIS)


def taught(view: YearView, gain: np.ndarray, class_group: np.ndarray) -> TaughtClasses:
    """The year's classes with their mean gain, from gains [n, s] of the pupils in `class_group` [n, s]."""
    known = np.isfinite(gain.T) & (class_group.T >= 0)
    seats, gains = class_group.T[known], gain.T[known]
    size, classes = np.bincount(seats), view.classes
    rows = np.flatnonzero(size)
    return TaughtClasses(
        gain=np.bincount(seats, weights=gains)[rows] / size[rows],
        size=size[rows],
        school=classes.school[rows],
        subject=classes.subject[rows],
        teacher=classes.teacher_id[rows],
        year=np.full(len(rows), view.year),
    )
