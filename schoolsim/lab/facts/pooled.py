"""Figures of the facts about England (S01, S02, S03, S09): the pupils of all authorities together.

What lies between authorities is part of what lies between schools here, as in national studies. Value added is
the residual of the measured (or true) total on the measured prior total, one line through all pupils.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schoolsim.rules import measures, variance
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, LAST_YEAR_GROUP, sigma
from schoolsim.rules.teaching import TaughtClasses, teacher_components
from schoolsim.rules.variance import Components

Material = Mapping[str, pd.DataFrame]
Figures = dict[str, float]
PRIMARY, SECONDARY = 11, 16
THREE_COHORTS = (0, 1, 2)
ABSENT = ("missed_a_fifth", "missed_a_tenth")
"""Columns of the look at absences: pupils who missed so many sessions of the year, or more."""


def within_between(material: Material) -> Figures:
    """S01: variance inside schools over that between them, at 16, and at 11 in one cohort and over three."""
    pupils = material["pupils"]
    secondary, primary = _tested(pupils, SECONDARY), _tested(pupils, PRIMARY)
    cohorts = [_tested(pupils, PRIMARY, year) for year in THREE_COHORTS]
    split = {
        "secondary": (secondary, _added(secondary)), "primary_one_cohort": (primary, _added(primary)),
        "primary_three_cohorts": (pd.concat(cohorts), np.concatenate([_added(cohort) for cohort in cohorts])),
        "secondary_raw": (secondary, secondary["measured"].to_numpy()),
        "primary_raw": (primary, primary["measured"].to_numpy()),
        "secondary_true": (secondary, _added(secondary, "true")), "primary_true": (primary, _added(primary, "true")),
    }  # fmt: skip
    return {name: variance.within_to_between(_components(values, rows)) for name, (rows, values) in split.items()}


def school_shares(material: Material) -> Figures:
    """S02: the share of schools in results and value added at 16, and the spread of their value added."""
    pupils = _tested(material["pupils"], SECONDARY)
    added, open_to_all = _added(pupils), pupils[~pupils["selective"]]
    of_added = _components(added, pupils)
    spread = float(np.std(pupils["measured"].to_numpy(np.float64)))
    return {
        "raw_share": _components(pupils["measured"], pupils).share("school"),
        "raw_share_without_selective": _components(open_to_all["measured"], open_to_all).share("school"),
        "va_share": of_added.share("school"),
        "school_va_sd": variance.between_school_sd(of_added) / spread,
    }


def inside_schools(material: Material) -> Figures:
    """S03: what teachers, departments and schools add, over three summers, and how far a pupil's subjects agree."""
    pupils = _tested(material["pupils"], SECONDARY)
    subjects = [name for name in pupils if str(name).startswith("subject_")]
    found = teacher_components(_taught(material["classes"]))
    return {
        "teaching_over_school": found.teaching_to_school(),
        "teacher_sd": float(np.sqrt(max(found.teacher, 0.0))) / sigma(SECONDARY),
        "department_correlation": found.department_correlation(),
        "subject_correlation": measures.mean_correlation(pupils[subjects].to_numpy(np.float64)),
    }


def _taught(classes: pd.DataFrame) -> TaughtClasses:
    """Classes with their mean value added (months), by one line a subject and summer through all pupils."""
    by = [classes["year"], classes["subject"]]
    size = classes["size"].groupby(by).transform("sum")
    weights = {"measured": classes["size"], "prior": classes["size"], "prior_square": 1, "product": 1}
    total = {name: (classes[name] * weight).groupby(by).transform("sum") / size for name, weight in weights.items()}
    slope = (total["product"] - total["measured"] * total["prior"]) / (total["prior_square"] - total["prior"] ** 2)
    gain = classes["measured"] - total["measured"] - slope * (classes["prior"] - total["prior"])
    codes = {name: classes[name].to_numpy() for name in ("size", "school", "subject", "teacher", "year")}
    return TaughtClasses(gain=gain.to_numpy(np.float64), **codes)


def gaps_by_age(material: Material) -> Figures:
    """S09: gaps of disadvantaged pupils by age in months, and how far earlier results foretell later ones."""
    by_age = {age: _tested(material["pupils"], age) for age in (5, PRIMARY, SECONDARY)}
    gaps = {age: gap_at(material["pupils"], age) for age in by_age}
    known = {age: (by_age[age]["prior"].to_numpy(), by_age[age]["measured"].to_numpy()) for age in (PRIMARY, SECONDARY)}
    return {
        **{f"gap_{age}": gap for age, gap in gaps.items()},
        "present_at_11": gaps[PRIMARY] / gaps[SECONDARY],
        "correlation_11_16": measures.correlation(*known[SECONDARY]),
        "correlation_7_11": measures.correlation(*known[PRIMARY]),
    }


def graded_absence(material: Material) -> Figures:
    """S13: persistent absence by poverty, and of year 11 over year 7, for two meanings of persistent."""
    rows = material["absences"].groupby(["year_group", "fsm"], as_index=False)[["pupils", *ABSENT]].sum()
    oldest, youngest = rows[rows["year_group"] == LAST_YEAR_GROUP], rows[rows["year_group"] == FIRST_SECONDARY_YEAR]
    figures = {"level": _share_absent(rows[rows["year_group"] >= FIRST_SECONDARY_YEAR], ABSENT[0])}
    for suffix, absent in zip(("", "_tenth"), ABSENT, strict=True):
        poor, others = (_share_absent(rows[rows["fsm"] == flag], absent) for flag in (True, False))
        figures[f"poverty_ratio{suffix}"] = _over(poor, others)
        figures[f"age_ratio{suffix}"] = _over(_share_absent(oldest, absent), _share_absent(youngest, absent))
    return figures


def _share_absent(rows: pd.DataFrame, absent: str) -> float:
    pupils = rows["pupils"].sum()
    return float(rows[absent].sum() / pupils) if pupils else np.nan


def _over(above: float, below: float) -> float:
    return above / below if below > 0 else np.nan


def _tested(pupils: pd.DataFrame, stage: int, year: int = 0) -> pd.DataFrame:
    return pupils[(pupils["stage"] == stage) & (pupils["year"] == year)]


def _added(pupils: pd.DataFrame, basis: str = "measured") -> np.ndarray:
    return measures.value_added(pupils["prior"].to_numpy(np.float64), pupils[basis].to_numpy(np.float64))


def _components(values: pd.Series | np.ndarray, pupils: pd.DataFrame) -> Components:
    return variance.nested_components(np.asarray(values, np.float64), {"school": pupils["school"].to_numpy()})


def gap_at(pupils: pd.DataFrame, stage: int, year: int = 0) -> float:
    """How far disadvantaged pupils are behind all others at a stage in a year, measured, in months."""
    tested = _tested(pupils, stage, year)
    poor = tested["fsm6"].to_numpy(bool)
    return measures.mean_gap(tested["measured"].to_numpy(np.float64), poor, ~poor)
