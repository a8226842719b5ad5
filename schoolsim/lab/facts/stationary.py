"""Figures of T01: does the system stand still for ten years of the status quo?

A drift is what a straight line through the eleven yearly values makes over ten years, so that it hangs on all of
them and not on the luck of two. It is a share of the mean level, but in its own unit for the gap (months) and for
teachers' quality, whose level is about nothing. Over several authorities the yearly values are their means.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.rules import measures

SPAN = 10
Named = dict[str, tuple[str, int | str]]
"""Metric, and stage or phase, by the name of the number."""

RELATIVE: Named = {
    "between_school_sd_11": ("between_school_sd", 11), "between_school_sd_16": ("between_school_sd", 16),
    "school_share_11": ("total_school_share", 11), "school_share_16": ("total_school_share", 16),
    "segregation_primary": ("dissimilarity", "primary"), "segregation_secondary": ("dissimilarity", "secondary"),
    "roll_primary": ("roll", "primary"), "roll_secondary": ("roll", "secondary"),
}  # fmt: skip
ABSOLUTE: Named = {
    "gap_11": ("gap_months", 11), "gap_16": ("gap_months", 16),
    "teacher_quality_primary": ("teacher_quality_gap", "primary"),
    "teacher_quality_secondary": ("teacher_quality_gap", "secondary"),
}  # fmt: skip
STAGES = (11, 16)


def standing_still(material: Material) -> Figures:
    """Drifts over ten years, and how far a school's value added foretells the next year's."""
    records, added = material["records"], material["value_added"]
    figures = {name: _relative(_yearly(records, *key)) for name, key in RELATIVE.items()}
    figures |= {name: drift(_yearly(records, *key)) for name, key in ABSOLUTE.items()}
    figures |= {f"pupil_sd_{stage}": _relative(_pupil_sd(records, stage)) for stage in STAGES}
    return figures | {f"va_correlation_{stage}": _year_to_year(added[added["stage"] == stage]) for stage in STAGES}


def _yearly(records: pd.DataFrame, metric: str, of: int | str) -> np.ndarray:
    """Mean over authorities of a metric in each year [y]."""
    rows = records[(records["metric"] == metric) & (records["stage" if isinstance(of, int) else "phase"] == of)]
    return rows.groupby("year")["value"].mean().to_numpy(np.float64)


def _pupil_sd(records: pd.DataFrame, stage: int) -> np.ndarray:
    """SD of all pupils of an authority [y], from what lies between schools and within."""
    between, within = (_yearly(records, f"{part}_school_sd", stage) for part in ("between", "within"))
    return np.sqrt(between**2 + within**2)


def drift(yearly: np.ndarray) -> float:
    """Change over ten years of the line through yearly values [y], in their unit; NaN with a year missing."""
    years = np.arange(len(yearly))
    known = len(yearly) > SPAN and bool(np.isfinite(yearly).all())
    return float(np.polyfit(years, yearly, 1)[0] * SPAN) if known else np.nan


def _relative(yearly: np.ndarray) -> float:
    level = float(np.mean(yearly)) if len(yearly) else np.nan
    return drift(yearly) / level if level else np.nan


def _year_to_year(added: pd.DataFrame) -> float:
    """Mean over pairs of years of the correlation between schools' value added in both."""
    table = added.pivot_table(index="school", columns="year", values="value_added").to_numpy(np.float64)
    pairs = [measures.correlation(table[:, year], table[:, year + 1]) for year in range(table.shape[1] - 1)]
    return float(np.mean(pairs)) if pairs else np.nan
