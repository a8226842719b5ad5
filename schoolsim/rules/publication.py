"""What a league table shows of a school: named measures that the lever `league_tables.metric` picks from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schoolsim.rules.grades import HEADLINES, Norms, outcomes
from schoolsim.rules.measures import value_added
from schoolsim.rules.scale import PRIOR_STAGE, STAGES
from schoolsim.table import Table

TESTED_STAGES = (11, 16)
POINTS = {11: "score_11", 16: "attainment8"}

Measure = Callable[[Table, np.ndarray, int, Norms], np.ndarray]


def threshold(pupils: Table, rows: np.ndarray, stage: int, norms: Norms) -> np.ndarray:
    """Whether each pupil reached the stage's threshold: 1 or 0 [n]."""
    return outcomes(stage, _months(pupils, rows, stage), norms)[HEADLINES[stage]]


def points(pupils: Table, rows: np.ndarray, stage: int, norms: Norms) -> np.ndarray:
    """Mean scaled score at 11, Attainment 8 at 16 [n]."""
    return outcomes(stage, _months(pupils, rows, stage), norms)[POINTS[stage]]


def added(pupils: Table, rows: np.ndarray, stage: int, norms: Norms) -> np.ndarray:
    """Months above what the earlier test made likely [n]."""
    prior = _months(pupils, rows, PRIOR_STAGE[stage]).mean(axis=1)
    return value_added(prior, _months(pupils, rows, stage).mean(axis=1))


PUBLICATION: dict[str, Measure] = {"threshold": threshold, "points": points, "value_added": added}


def school_results(metric: str, pupils: Table, school_count: int, norms: Norms) -> np.ndarray:
    """Mean result of the pupils at the end of each school's last tested stage [J], NaN where nobody was tested."""
    result = np.full(school_count, np.nan)
    for stage in TESTED_STAGES:
        rows = np.flatnonzero((pupils.year_group == STAGES[stage]) & (pupils.school >= 0))
        values = PUBLICATION[metric](pupils, rows, stage, norms)
        known = np.isfinite(values)
        count = np.bincount(pupils.school[rows[known]], minlength=school_count)
        total = np.bincount(pupils.school[rows[known]], weights=values[known], minlength=school_count)
        result = np.where(count > 0, total / np.maximum(count, 1), result)
    return result


def _months(pupils: Table, rows: np.ndarray, stage: int) -> np.ndarray:
    return pupils.get(f"measured_{stage}")[rows].astype(np.float64)  # too short in the table to be summed as they are
