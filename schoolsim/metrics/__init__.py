"""What is measured, by theme; importing the package registers every metric."""

from __future__ import annotations

from schoolsim.metrics import (
    classrooms,
    gaps,
    inspections,
    leaders,
    moves,
    presence,
    staff,
    system_measures,
    teachers,
    variation,
)
from schoolsim.metrics.recorder import Recorder, school_columns, school_frame
from schoolsim.metrics.registry import METRICS, Metric, metric
from schoolsim.metrics.view import YearView

__all__ = [
    "METRICS",
    "Metric",
    "Recorder",
    "YearView",
    "classrooms",
    "gaps",
    "inspections",
    "leaders",
    "metric",
    "moves",
    "presence",
    "school_columns",
    "school_frame",
    "staff",
    "system_measures",
    "teachers",
    "variation",
]
