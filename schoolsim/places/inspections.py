"""What inspectors found of the real schools of a place before the start, as far as open data tell."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.places.fill import Notes, note
from schoolsim.places.frame import Place
from schoolsim.vintages import PRESENT

GRADE_COUNT = 4
PACKED_HISTORY = {
    "urn": "int32", "grade": "int8", "days": "int16", "seen_days": "int16", "previous_grade": "int8",
    "previous_days": "int16",
}  # fmt: skip
"""Columns of the packed table; days before September 2019, -1 where there was no visit or its date is not known."""
HISTORY_FILE, RECORD_FILE = "inspections.parquet", "inspections.json"
INADEQUATE = 4
DAYS_A_YEAR = 365.25
PAST = "past inspections"
"""What notes on them begin with."""

NO_HISTORY = "nothing is known of them: a calendar is run through by the model, by what inspectors would find now"
NOBODY = -1
"""The number of no school."""


@dataclass(frozen=True)
class History:
    """Inspections of each school [J] before 1 September 2019; grades 1-4, 0 for none; years ago, NaN for not known.

    Attributes:
        grade: of the last full inspection.
        years: since that inspection.
        seen_years: since the last visit of any kind: a short one may have confirmed the grade since.
        previous_grade, previous_years: of the full inspection before.
        in_category: whether the last grade is inadequate, by an inspection of known date. The data do not tell special
            measures from serious weaknesses, and the model has one category for both.
    """

    grade: np.ndarray
    years: np.ndarray
    seen_years: np.ndarray
    previous_grade: np.ndarray
    previous_years: np.ndarray

    @property
    def in_category(self) -> np.ndarray:
        """Whether each school's last full inspection, of a known date, found it inadequate [J]."""
        return (self.grade == INADEQUATE) & np.isfinite(self.years)

    @property
    def category_years(self) -> np.ndarray:
        """Years since the first of the inspections in a row that found so, as far as two tell [J]; NaN outside."""
        again = self.in_category & (self.previous_grade == INADEQUATE) & np.isfinite(self.previous_years)
        return np.where(again, self.previous_years, np.where(self.in_category, self.years, np.nan))


def history_of(place: Place) -> History:
    """The history of the schools of a place, row by row; nothing is known in an invented place, or of another year."""
    urns = place.schools["urn"].to_numpy()
    return history_by_number(urns if place.facts["vintage"] == PRESENT else np.full(len(urns), NOBODY))


def history_by_number(urns: np.ndarray) -> History:
    """The history of the schools of these register numbers [J]."""
    rows = _packed().reindex(urns)
    grades = {name: rows[name].fillna(0).to_numpy(np.int8) for name in ("grade", "previous_grade")}
    years = {name: _years(rows[name]) for name in ("days", "seen_days", "previous_days")}
    return History(grades["grade"], years["days"], years["seen_days"], grades["previous_grade"], years["previous_days"])


@cache
def national_record() -> Mapping[str, Any]:
    """What the history says of all schools of England together (`pack_inspections.national_record`)."""
    return json.loads(_file(RECORD_FILE).read_text(encoding="utf-8"))


def inspection_notes(schools: pd.DataFrame) -> Notes:
    """What is not known of past inspections of these packed schools."""
    rows = _packed().reindex(schools["urn"].to_numpy())
    grade, days = (rows[name].to_numpy(np.float64) for name in ("grade", "days"))
    unknown, undated = int((~(grade > 0)).sum()), int(((grade > 0) & (days < 0)).sum())
    notes = []
    if unknown:
        how = "never inspected, or not in the data: drawn by what inspectors would find now"
        notes.append(note(f"{PAST}, grade of {unknown} schools", how))
    if undated:
        how = "not in the history; grade and date of July 2018, the date being that of the last visit of any kind"
        notes.append(note(f"{PAST}, date of the last of {undated} schools", how))
    if failed := int(((grade == INADEQUATE) & (days >= 0)).sum()):
        how = "the data do not tell special measures from serious weaknesses: all count as in special measures"
        notes.append(note(f"{PAST}, category of {failed} schools found inadequate", how))
    how = "known of July 2018 and before; a good or outstanding school that would be overdue by the model's calendar "
    how += "gets a date drawn within one interval, for in life a short visit or an exemption stood between"
    return [*notes, note(f"{PAST}, dates of short visits", how)]


@cache
def _packed() -> pd.DataFrame:
    """The packed table by URN; not to be written to."""
    return pd.read_parquet(io.BytesIO(_file(HISTORY_FILE).read_bytes())).set_index("urn")


def _file(name: str) -> Traversable:
    return resources.files("schoolsim") / "data" / PRESENT / name


def _years(days: pd.Series) -> np.ndarray:
    return (days.where(days >= 0) / DAYS_A_YEAR).to_numpy(np.float64)
