"""Published results of every school on one scale: pupil standard deviations round the national mean.

A school counts at the end of its last stage: key stage 4 if it teaches year 11, else key stage 2 if it teaches
year 6, else nothing is published of it. Key stage 2: reading and maths, each over its own pupil SD, halved, over
the SD of the mean of two subjects. Key stage 4: Attainment 8 and Progress 8 over the pupil SD of Attainment 8.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schoolsim.places.frame import LAST_PRIMARY_YEAR, YEAR_GROUP_COUNT

READING_SD, MATHS_SD = 8.35, 7.3  # scaled-score points, national SD between pupils (U08)
MEAN_OF_TWO_SD = 0.935  # SD of the mean of two subjects of SD 1 that correlate 0.75
ATTAINMENT_8_SD = 19.5  # points, national SD between pupils (U08)
ATTAINMENT_8_SLOTS = 10  # Progress 8 is a mean over the slots of Attainment 8
SCORE_YEARS, PROGRESS_YEARS = (2016, 2017, 2018), (2018, 2019)
KS4_YEARS = (2017, 2018, 2019)  # Attainment 8 of 2016 is on an older scale

Yearly = Mapping[int, pd.Series]


def published_results(raw: pd.DataFrame) -> dict[str, pd.Series]:
    """Attainment and value added [n] in pupil SD with the pupils behind each; NaN and 0 where none is printed.

    Args:
        raw: Raw schools of the whole country with year groups known; `roll` in pupils of reception to year 11.
    """
    at_16 = raw.last_year == YEAR_GROUP_COUNT - 1
    at_11 = ~at_16 & (raw.first_year <= LAST_PRIMARY_YEAR) & (raw.last_year >= LAST_PRIMARY_YEAR)
    scores = {year: _key_stage_2(raw, "score", year, centred=True) for year in SCORE_YEARS}
    progress = {year: _key_stage_2(raw, "prog", year, centred=False) for year in PROGRESS_YEARS}
    points = {year: _centred(raw[f"att8_{year}"], _cohort(raw, "ks4", year)) for year in KS4_YEARS}
    gains = {year: raw[f"p8_{year}"] * ATTAINMENT_8_SLOTS for year in KS4_YEARS}
    columns = {}
    for name, early, late in (("attainment", scores, points), ("value_added", progress, gains)):
        first, second = _over_years(raw, early, "ks2"), _over_years(raw, late, "ks4")
        mean = first[0].where(at_11, second[0].where(at_16) / ATTAINMENT_8_SD)
        columns[f"{name}_published"] = mean
        columns[f"{name}_pupils"] = first[1].where(at_11, second[1].where(at_16, 0.0))
    return columns


def _key_stage_2(raw: pd.DataFrame, measure: str, year: int, *, centred: bool) -> pd.Series:
    """Reading and maths of a year together, in pupil SD of their mean; NaN unless both are printed."""
    subjects = []
    for subject, spread in (("read", READING_SD), ("maths", MATHS_SD)):
        values = raw[f"ks2_{subject}_{measure}_{year}"]
        subjects.append((_centred(values, _cohort(raw, "ks2", year)) if centred else values) / spread)
    return (subjects[0] + subjects[1]) / 2 / MEAN_OF_TWO_SD


def _centred(values: pd.Series, weights: pd.Series) -> pd.Series:
    known = values.notna()
    return values - np.average(values[known], weights=weights[known]) if known.any() else values


def _cohort(raw: pd.DataFrame, stage: str, year: int) -> pd.Series:
    """Pupils (count) who sat the tests of a year: that year's, else 2018's, else as many as in a year group."""
    usual = raw.roll / (raw.last_year - raw.first_year + 1)
    names = [name for name in dict.fromkeys((f"{stage}_cohort_{year}", f"{stage}_cohort_2018")) if name in raw]
    for name in reversed(names):
        usual = raw[name].where(raw[name] > 0, usual)
    return usual


def _over_years(raw: pd.DataFrame, yearly: Yearly, stage: str) -> tuple[pd.Series, pd.Series]:
    """Mean over pupils of the years printed, and these pupils (count)."""
    values = pd.DataFrame(yearly)
    pupils = pd.DataFrame({year: _cohort(raw, stage, year) for year in yearly}).where(values.notna(), 0.0)
    count = pupils.sum(axis=1)
    return (values * pupils).sum(axis=1, min_count=1) / count.where(count > 0), count
