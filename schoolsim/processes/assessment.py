"""Tests at 5, 7, 11, 14 and 16: what is measured is not quite what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import Flows
from schoolsim.rules.scale import STAGES, sigma, taught_count

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def assessment(
    system: SchoolSystem, draws: Draws, *, coaching_gain: float, total_reliability: list[float],
    subject_reliability: list[float], subject_variance_ratio: list[float],
) -> Flows:  # fmt: skip
    """Pupils at the end of a stage sit tests in every subject taught.

    What happens: Measured = true + error + coaching_gain * sigma * preparation of the school, in the years that are
        prepared for tests. Part of the error is the pupil's on the day, part the paper's; the
        two are sized so that a subject and the total have their known reliabilities.
    Evidence: E054 for results that rise beyond learning; reliabilities as the sheet says, at 5 and 14 assumed.
    Leaves out: teacher assessment, its biases (E346), entry policies and what else schools do to results.
    """
    tested = {}
    for place, (stage, year) in enumerate(STAGES.items()):
        rows = np.flatnonzero((system.pupils.year_group == year) & (system.pupils.school >= 0))
        spread = error_sds(
            stage, total_reliability[place], subject_reliability[place], subject_variance_ratio[place]
        )
        measured = measure(system.pupils.attainment[rows], system.pupils.id[rows], stage, spread, draws)
        measured += _coached(system, rows, year, coaching_gain * sigma(stage))
        column = getattr(system.pupils, f"measured_{stage}")
        column[rows] = measured if column.ndim > 1 else measured.mean(axis=1)
        tested[f"tested at {stage}"] = system.pupils.id[rows]
    return tested


def _coached(system: SchoolSystem, rows: np.ndarray, year: int, months: float) -> np.ndarray:
    """Months that tests show beyond what some pupils of a year group know, for what they practised [n, 1]."""
    prepared = year in system.values["preparation"]["prepared_years"]
    return np.asarray(prepared * months * system.schools.preparation[system.pupils.school[rows]])[:, None]


def error_sds(stage: int, total: float, subject: float, variance_ratio: float) -> tuple[float, float]:
    """Months of error of the pupil on the day and of one paper, from the reliabilities of total and subject."""
    count = taught_count(STAGES[stage])
    of_total = sigma(stage) ** 2 * (1.0 / total - 1.0)
    of_subject = variance_ratio * sigma(stage) ** 2 * (1.0 / subject - 1.0)
    paper = max(of_subject - of_total, 0.0) * count / (count - 1.0)
    return float(np.sqrt(max(of_total - paper / count, 0.0))), float(np.sqrt(paper))


def measure(
    true: np.ndarray, ids: np.ndarray, stage: int, spread: tuple[float, float], draws: Draws
) -> np.ndarray:
    """Measured months by subject taught [n, subjects]."""
    day, paper = spread
    count = taught_count(STAGES[stage])
    papers = [paper * draws.normal(ids, f"paper {subject} at {stage}") for subject in range(count)]
    return true[:, :count] + (day * draws.normal(ids, f"day at {stage}"))[:, None] + np.stack(papers, axis=1)
