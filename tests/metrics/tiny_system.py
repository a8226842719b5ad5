"""A system of a few pupils built by hand: everything neutral unless a test says otherwise."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.metrics.registry import METRICS
from schoolsim.metrics.view import YearView
from schoolsim.people.groups import ETHNICITIES
from schoolsim.rules.grades import Norms

WHITE_BRITISH = ETHNICITIES.index("white_british")
MARK = 10.0
NORMS = Norms(
    development_5=MARK,
    expected_7=MARK,
    levels_7=np.array([-MARK, 0.0, MARK]),
    score_mean_11=np.array([90.0, 90.0]),
    score_per_month_11=np.array([1.0, 1.0]),
    expected_writing_11=MARK,
    higher_writing_11=2 * MARK,
    levels_14=np.tile([0.0, MARK, 20.0, 30.0], (3, 1)),
    grades_16=np.tile(np.arange(1, 10) * MARK, (8, 1)),
)
"""Round marks: ten months reach every early threshold (100 scaled points), each ten months are a grade at 16."""


def tiny_pupils(count: int, **columns: Any) -> SimpleNamespace:
    """Pupils in year 11 of school 0 with all columns that metrics read; `columns` replace the neutral ones."""
    neutral: dict[str, Any] = {
        "year_group": 11, "school": 0, "class_group": np.zeros((count, 8), int), "fsm6": False, "fsm": False,
        "female": False, "ethnicity": WHITE_BRITISH, "eal": False, "sen": 0, "in_care": False, "mobile": False,
        "joined": 0, "move_count": 0, "self_direction": 0.0,
        "young_carer": False, "attendance_year": 1.0, "participation": 0.75, "first_preference": -1,
        "needs": 0, "needs_met": 0, "disruptive": False, "expectation": 0.0, "home_distance": 1.0, "belonging": 0.0,
        "attainment": np.zeros((count, 8)), "measured_5": np.nan, "measured_7": np.full((count, 3), np.nan),
        "measured_11": np.full((count, 3), np.nan), "measured_14": np.full((count, 8), np.nan),
        "measured_16": np.full((count, 8), np.nan),
    }  # fmt: skip
    filled = {name: np.asarray(value) for name, value in (neutral | columns).items()}
    return SimpleNamespace(
        **{name: np.full(count, value) if value.ndim == 0 else value for name, value in filled.items()}
    )


def tiny_system(pupils: SimpleNamespace, **schools: Any) -> SimpleNamespace:
    """A system of two secondary schools of a hundred places a year group, unless `schools` says otherwise."""
    columns: dict[str, Any] = {
        "phase": [1, 1], "in_halo": [False, False], "first_year": [7, 7], "last_year": [11, 11],
        "community_ties": [1.0, 1.0], "named": [0, 0],
        "class_rise": [0.0, 0.0], "reserves": [1.0, 1.0], "easting": [0.0, 1.0], "northing": [0.0, 0.0],
        "actual_result": [np.nan, np.nan], "published_result": [np.nan, np.nan],
        "staff_trust": [0.5, 0.7], "trust_won": [0.0, 0.1], "trust_lost": [0.0, 0.0], "staff_capacity": [0.4, 0.6],
        "pupil_voice": [0.1, -0.1],
        "upheaval": [0.2, 0.4], "moving": [0.1, 1.0],
        "inspection_grade": [2, 4], "in_measures": [False, True], "inspector_days": [8.0, 0.0],
        "head_days": [8.0, 2.0], "oversight_cost": [9000.0, 1000.0], "sharing": [1.0, 0.9],
        "agreed_share": [0.1, 0.3], "initiatives": [2.0, 5.0], "effective_share": [1.0, 0.8],
        "places": np.tile(np.where(np.arange(12) >= 7, 100, 0), (2, 1)),
    } | schools  # fmt: skip
    table = SimpleNamespace(**{name: np.asarray(value) for name, value in columns.items()})
    teachers = SimpleNamespace(
        school=np.array([0, 1]), quality=np.array([0.0, 0.0]), experience=np.array([2, 8]), joined=np.array([4, 0]),
        practice=np.array([0.5, -0.1]), learnt_together=np.array([0.02, np.nan]), specialist=np.array([True, True]),
        subject=np.array([0, 0]), standard_effect=np.array([0.0, 0.0]), deficit_belief=np.array([0.1, 0.3]),
        morale=np.zeros(2), absence=np.full(2, 0.022),
    )  # fmt: skip
    class_count = int(pupils.class_group.max(initial=0)) + 1
    classes = SimpleNamespace(
        year_group=np.full(class_count, 11), set_rank=np.arange(class_count) % 2, subject=np.arange(class_count) % 8,
        school=np.zeros(class_count, int), teacher_id=np.arange(class_count) // 16,
        teaching_effect=np.zeros(class_count),
        teacher=np.arange(class_count) // 16 % 2,
    )  # fmt: skip
    return SimpleNamespace(
        pupils=pupils, schools=table, classes=classes, teachers=teachers, year=4, elapsed=4
    )


def every_subject(*months: float, subjects: int = 8) -> np.ndarray:
    """The same months in every subject [n, subjects]."""
    return np.tile(np.array(months)[:, None], (1, subjects))


def measured(system: SimpleNamespace, metric: str, groups: tuple[str, ...] = ("fsm6",)) -> pd.Series:
    """Values of one metric by phase, stage, group and basis."""
    rows = list(METRICS[metric].rows(YearView(system, NORMS, groups)))
    index = pd.MultiIndex.from_tuples([row[:4] for row in rows], names=["phase", "stage", "group", "basis"])
    return pd.Series([row[4] for row in rows], index=index)
