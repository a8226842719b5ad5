"""What is kept of every teacher each summer: one row a teacher of the place's own schools."""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim.lab.facts.own import own_schools
from schoolsim.people.classes import ALL_SUBJECTS
from schoolsim.rules import grouping
from schoolsim.rules.scale import PRIMARY_SUBJECT_COUNT, SUBJECTS
from schoolsim.session import Session

EVERY_SUBJECT = "all subjects"


def staff(session: Session) -> pd.DataFrame:
    """One row a teacher at the end of a summer.

    Returns:
        `year`, `id`, `school` (label), `subject`, `age`, `experience` (years), `quality` (SD of teachers),
        `class_count`, `pupil_count`, `top_sets` and `bottom_sets` (counts of classes that are the first, and the
        last, of several sets), `teaching` (mean of what the classes gain by teacher and department, SD a year; NaN
        without a class).
    """
    system = session.system
    teachers, classes, frame = system.teachers, system.classes, system.place.schools
    count = len(teachers)
    sizes = np.bincount(system.pupils.class_group[system.pupils.class_group >= 0], minlength=len(classes))
    pupils = np.where(classes.subject == ALL_SUBJECTS, sizes // PRIMARY_SUBJECT_COUNT, sizes)  # one class for all
    last = _last_of(classes.school, classes.year_group, classes.subject, classes.number)
    columns = {
        "year": np.full(count, session.year), "id": teachers.id,
        "school": pd.Categorical.from_codes(teachers.school, list(frame["label"])),
        "subject": np.array([*SUBJECTS, EVERY_SUBJECT])[teachers.subject],
        "age": teachers.age, "experience": teachers.experience, "quality": teachers.quality,
        "class_count": grouping.counts(classes.teacher, count),
        "pupil_count": grouping.sums(pupils.astype(float), classes.teacher, count),
        "top_sets": grouping.counts(np.where((classes.set_rank == 1) & ~last, classes.teacher, -1), count),
        "bottom_sets": grouping.counts(np.where((classes.set_rank > 1) & last, classes.teacher, -1), count),
        "teaching": grouping.means(classes.teaching_effect, classes.teacher, count),
    }  # fmt: skip
    return pd.DataFrame(columns)[own_schools(frame)[teachers.school]].reset_index(drop=True)


def _last_of(*keys: np.ndarray) -> np.ndarray:
    """Whether a class has the highest number of its school, year group and subject [K]."""
    *outer, number = (np.asarray(key, np.int64) for key in keys)
    code = (outer[0] * 16 + outer[1]) * 16 + outer[2] + 1
    highest = pd.Series(number).groupby(code).transform("max").to_numpy()
    return np.asarray(number == highest)
