"""From months to what is printed: levels, scaled scores, GCSE grades and the thresholds that count.

Norms are fixed at the start from national shares on the *true* scale (parameters/grades.yaml) and then applied
to measured months, or to true months where a report asks what the printed result would be without test
error. A missing result (NaN) is no result: grade 0, level below the lowest, threshold not reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from schoolsim.rules.scale import PRIMARY_SUBJECTS, STAGES, SUBJECTS, sigma

ENGLISH, MATHS, SCIENCE = SUBJECTS.index("english"), SUBJECTS.index("maths"), SUBJECTS.index("science")
READING, WRITING, PRIMARY_MATHS = range(len(PRIMARY_SUBJECTS))
CORE = (ENGLISH, MATHS, SCIENCE)

GRADES = tuple(range(1, 10))
STANDARD_PASS = 4
GOOD_COUNT = 5
LOWEST_LEVEL_7, LOWEST_LEVEL_14, EXPECTED_LEVEL_14 = 1, 4, 5
EXPECTED_SCORE, HIGHER_SCORE, LOWEST_SCORE, HIGHEST_SCORE = 100, 110, 80, 120


@dataclass(frozen=True)
class Norms:
    """Marks of the national norm, all in months of attainment unless said."""

    development_5: float
    expected_7: float
    levels_7: np.ndarray
    """[levels]: levels 1, 2, 3 of one subject."""
    score_mean_11: np.ndarray
    """[reading, maths]: scaled score of a pupil at the norm."""
    score_per_month_11: np.ndarray
    """[reading, maths]: scaled score points a month."""
    expected_writing_11: float
    higher_writing_11: float
    levels_14: np.ndarray
    """[core subjects, levels]: levels 4, 5, 6, 7."""
    grades_16: np.ndarray
    """[subjects, grades 1 to 9]."""


def marks(shares: Any, sd: float) -> np.ndarray:
    """Months that the given shares of a national cohort reach or pass, for true attainment of spread `sd` months."""
    flat = [sd * NormalDist().inv_cdf(1 - share) for share in np.ravel(shares)]
    return np.reshape(flat, np.shape(shares))


def thresholds(parameters: Mapping[str, Any], subject_variance_ratio: Sequence[float]) -> Norms:
    """The national norms, worked out once at the start of a run.

    Args:
        parameters: values of the sheet `grades` by name.
        subject_variance_ratio: variance of one subject's true attainment over that of the total, at the five
            stages in order of age (sheet `assessment`).
    """
    total_sd = {stage: sigma(stage) for stage in STAGES}
    ratios = dict(zip(STAGES, subject_variance_ratio, strict=True))
    subject_sd = {stage: total_sd[stage] * ratios[stage] ** 0.5 for stage in STAGES}
    return Norms(
        development_5=float(marks(parameters["development_5_share"], total_sd[5])),
        expected_7=float(marks(parameters["expected_7_share"], total_sd[7])),
        levels_7=marks(parameters["levels_7_shares"], subject_sd[7]),
        score_mean_11=np.asarray(parameters["score_mean_11"], float),
        score_per_month_11=np.asarray(parameters["score_true_sd_11"], float) / subject_sd[11],
        expected_writing_11=float(marks(parameters["expected_writing_11_share"], subject_sd[11])),
        higher_writing_11=float(marks(parameters["higher_writing_11_share"], subject_sd[11])),
        levels_14=marks(parameters["levels_14_shares"], subject_sd[14]),
        grades_16=marks(_grade_shares(parameters), subject_sd[16]),
    )


def _grade_shares(parameters: Mapping[str, Any]) -> list[Sequence[float]]:
    own = {"english": "grade_shares_english", "maths": "grade_shares_maths"}
    return [parameters[own.get(subject, "grade_shares_other")] for subject in SUBJECTS]


def _reached(months: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """How many of the cuts [s, c] each result [n, s] reaches: int8 [n, s]."""
    by_subject = np.ascontiguousarray(months.T)  # long rows: an order of magnitude faster than rows of eight
    count = np.zeros(by_subject.shape, np.int8)
    for cut in cuts.T.astype(by_subject.dtype):
        count += by_subject >= cut[:, None]
    return count.T


def gcse_grades(months: np.ndarray, norms: Norms) -> np.ndarray:
    """Grades 0 to 9 by subject at 16 from months [n, 8]: int8 [n, 8]."""
    return _reached(months, norms.grades_16)


def levels_7(months: np.ndarray, norms: Norms) -> np.ndarray:
    """Levels 0 (working towards) to 3 in reading, writing and maths at 7 from months [n, 3]: int8 [n, 3]."""
    return _reached(months, np.broadcast_to(norms.levels_7, (months.shape[1], len(norms.levels_7))))


def levels_14(months: np.ndarray, norms: Norms) -> np.ndarray:
    """Levels 3 (or below) to 7 in English, maths and science at 14 from months [n, 8]: int8 [n, 3]."""
    return _reached(months[:, CORE], norms.levels_14) + np.int8(LOWEST_LEVEL_14 - 1)


def scaled_scores(months: np.ndarray, norms: Norms) -> np.ndarray:
    """Scaled scores in reading and maths at 11 from months [n, 3]: whole numbers 80 to 120, or NaN, float64 [n, 2]."""
    score = norms.score_mean_11 + norms.score_per_month_11 * months[:, (READING, PRIMARY_MATHS)]
    return np.clip(np.rint(score), LOWEST_SCORE, HIGHEST_SCORE)


def attainment8(grades: np.ndarray) -> np.ndarray:
    """Points in ten slots [n]: English and maths count twice, six others once."""
    return total_points(grades) + grades[:, ENGLISH] + grades[:, MATHS]


def total_points(grades: np.ndarray) -> np.ndarray:
    """Sum of all grades [n]."""
    return grades.sum(axis=1, dtype=np.int16)  # at most 90 with two counted twice: short numbers add faster


def five_good(grades: np.ndarray) -> np.ndarray:
    """Five or more grades at C (4) or above: bool [n]."""
    return (grades >= STANDARD_PASS).sum(axis=1, dtype=np.int8) >= GOOD_COUNT


def five_good_em(grades: np.ndarray) -> np.ndarray:
    """The same, English and maths among them: bool [n]."""
    both = (grades[:, ENGLISH] >= STANDARD_PASS) & (grades[:, MATHS] >= STANDARD_PASS)
    return five_good(grades) & both


def five_any(grades: np.ndarray) -> np.ndarray:
    """Five or more grades at G (1) or above: bool [n]."""
    return (grades >= 1).sum(axis=1, dtype=np.int8) >= GOOD_COUNT


def any_pass(grades: np.ndarray) -> np.ndarray:
    """At least one grade at G (1) or above: bool [n]."""
    return (grades >= 1).any(axis=1)


def expected_11(months: np.ndarray, norms: Norms) -> np.ndarray:
    """Expected standard in reading, writing and maths at 11, from months [n, 3]: bool [n]."""
    tests = (scaled_scores(months, norms) >= EXPECTED_SCORE).all(axis=1)
    return tests & (months[:, WRITING] >= norms.expected_writing_11)


def higher_11(months: np.ndarray, norms: Norms) -> np.ndarray:
    """High scores in reading and maths and greater depth in writing at 11: bool [n]."""
    tests = (scaled_scores(months, norms) >= HIGHER_SCORE).all(axis=1)
    return tests & (months[:, WRITING] >= norms.higher_writing_11)


def outcomes(stage: int, months: np.ndarray, norms: Norms) -> dict[str, np.ndarray]:
    """All printed results of a stage by name, each float64 [n] (1 reached, 0 not; points and scores as they are).

    Args:
        months: [n, subjects]; at 5 the total, [n, 1].
    """
    results = {5: _results_5, 7: _results_7, 11: _results_11, 14: _results_14, 16: _results_16}[stage](months, norms)
    missing = np.isnan(months).any(axis=1)
    return {name: np.where(missing, np.nan, column) for name, column in results.items()}


def _results_5(months: np.ndarray, norms: Norms) -> dict[str, np.ndarray]:
    return {"development_5": months.mean(axis=1) >= norms.development_5}


def _results_7(months: np.ndarray, norms: Norms) -> dict[str, np.ndarray]:
    return {"expected_7": months.mean(axis=1) >= norms.expected_7}


def _results_11(months: np.ndarray, norms: Norms) -> dict[str, np.ndarray]:
    return {
        "expected_11": expected_11(months, norms),
        "higher_11": higher_11(months, norms),
        "score_11": scaled_scores(months, norms).mean(axis=1),
    }


def _results_14(months: np.ndarray, norms: Norms) -> dict[str, np.ndarray]:
    core = levels_14(months, norms)
    return {"expected_14": (core[:, (0, 1)] >= EXPECTED_LEVEL_14).all(axis=1)}


def _results_16(months: np.ndarray, norms: Norms) -> dict[str, np.ndarray]:
    grades = gcse_grades(months, norms)
    return {
        "five_good": five_good(grades),
        "five_good_em": five_good_em(grades),
        "five_any": five_any(grades),
        "any_pass": any_pass(grades),
        "attainment8": attainment8(grades),
        "points": total_points(grades),
    }


HEADLINES = {5: "development_5", 7: "expected_7", 11: "expected_11", 14: "expected_14", 16: "five_good_em"}
"""The threshold by which each stage is usually reported."""
