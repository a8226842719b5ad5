"""What is kept of every pupil each summer to tell their lives by: one row a pupil."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.metrics.cohort import measured_at
from schoolsim.people.population import ETHNICITIES
from schoolsim.processes.learning import SIGMA, TAUGHT
from schoolsim.rules.scale import STAGES, sigma
from schoolsim.session import Session
from schoolsim.system import SchoolSystem
from schoolsim.table import Table

AS_THEY_STAND = ("id", "year_group", "female", "fsm", "fsm6", "eal", "sen", "in_care", "mobile", "young_carer",
                 "attendance_year", "participation", "presence_effect", "home_effect")  # fmt: skip


def summer(session: Session, turn: int, regimes: Sequence[str]) -> pd.DataFrame:
    """The pupils who live in the place itself, at the end of a summer: one row each, in order of the table of pupils.

    Args:
        session: at the end of a summer.
        turn: which of `regimes` it runs under.

    Returns:
        `regime`, `year`; who they are as the table of pupils has it, `ethnicity` by name; `school` (label),
        `distance_km` from home, `first_preference` (label of the school named first at the last transfer; missing
        where none was named) and `first_preference_met`; `class_size` and `teacher` (id; both of English in
        secondary years, of the one class before); `school_effect` (school and year group) and `teaching_effect`
        (department and teacher, mean of the subjects taught), SD a year; `attainment` (true, mean of the subjects
        taught) and `measured_5` to `measured_16` (missing before the test), national pupil SD of the age.
    """
    system = session.system
    rows = np.flatnonzero(system.own_areas[system.pupils.home_area])
    columns: dict[str, Any] = {
        "regime": pd.Categorical.from_codes(np.full(len(rows), turn, np.int8), list(regimes)),
        "year": np.full(len(rows), session.year, np.int16),
    }
    columns |= {name: system.pupils.get(name)[rows] for name in AS_THEY_STAND}
    columns["ethnicity"] = pd.Categorical.from_codes(system.pupils.ethnicity[rows], list(ETHNICITIES))
    return pd.DataFrame(columns | _going(system, rows) | _lessons(system, rows) | _results(system.pupils, rows))


def _going(system: SchoolSystem, rows: np.ndarray) -> dict[str, Any]:
    """Where they go to school, how far it is, and whether the family named it first."""
    pupils, schools, labels = system.pupils, system.schools, list(system.place.schools["label"])
    school, asked = pupils.school[rows], pupils.first_preference[rows]
    east = pupils.easting[rows] - schools.easting[school]
    north = pupils.northing[rows] - schools.northing[school]
    met = pd.array(asked == school, dtype="boolean")
    met[asked < 0] = pd.NA
    return {
        "school": pd.Categorical.from_codes(school, labels),
        "distance_km": np.where(school >= 0, np.hypot(east, north) / np.float32(1000), np.float32(np.nan)),
        "first_preference": pd.Categorical.from_codes(asked, labels),
        "first_preference_met": met,
    }


def _lessons(system: SchoolSystem, rows: np.ndarray) -> dict[str, np.ndarray]:
    """The first class of each pupil, and what school and teaching add, in SD a year."""
    pupils, schools, classes = system.pupils, system.schools, system.classes
    school, year_group = pupils.school[rows], pupils.year_group[rows]
    seats, first = pupils.class_group[rows], pupils.class_group[:, 0]
    sizes = np.bincount(first[first >= 0], minlength=len(classes)).astype(np.int16)
    taught = (np.arange(seats.shape[1]) < TAUGHT[year_group][:, None]) & (seats >= 0)
    gained = classes.teaching_effect + classes.cover_effect
    teaching = np.where(taught, gained[seats], 0).sum(axis=1) / np.maximum(taught.sum(axis=1), 1)
    seated = seats[:, 0] >= 0
    return {
        "class_size": np.where(seated, sizes[seats[:, 0]], np.int16(0)),
        "teacher": np.where(seated, classes.teacher_id[seats[:, 0]], -1),
        "school_effect": schools.school_effect[school] + schools.cohort_effect[school, year_group],
        "teaching_effect": teaching.astype(np.float32),
    }


def _results(pupils: Table, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Where they stand and what the tests they took have shown, in national pupil SD of the age."""
    year_group, months = pupils.year_group[rows], pupils.attainment[rows]
    taught = np.arange(months.shape[1]) < TAUGHT[year_group][:, None]
    total = np.where(taught, months, 0).sum(axis=1) / TAUGHT[year_group]
    results = {"attainment": (total / SIGMA[year_group]).astype(np.float32)}
    for stage in STAGES:
        shown = measured_at(pupils, stage)[rows].mean(axis=1) / sigma(stage)
        results[f"measured_{stage}"] = shown.astype(np.float32)
    return results
