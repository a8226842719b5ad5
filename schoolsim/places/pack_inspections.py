"""Packs what inspectors found of the schools of today: each school's last two visits, and the nation's record.

Schools that became academies keep the history of the school they were: a lineage. The history holds full inspections
only and knows nothing of half the converters; for these the grade and date in the schools' own file of July 2018 stand
in. There the date is that of the last visit of any kind: short ones confirm a grade and are not in the history.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.places.inspections import GRADE_COUNT, PACKED_HISTORY
from schoolsim.places.raw import read_table

START = pd.Timestamp("2019-09-01")
REGIME = (pd.Timestamp("2015-09-01"), START)
"""The years of the framework in force in 2019: short visits to good schools, outstanding ones exempt."""
DAYS_A_YEAR = 365.25
_NOT = -1  # days, where there was no such visit or its date is not known


def last_visits(schools: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """The last full inspection of each school before September 2019, and the one before: `PACKED_HISTORY`.

    Args:
        schools: Raw schools with `urn`, `ofsted_grade` and `ofsted_date` (July 2018).
        visits: Raw history with `urn`, `lineage_urn`, `inspection_date` and `grade`.
    """
    before = _in_order(visits)
    before = before[before["date"] < START]
    lineage = _lineage(schools, visits)
    of_each = before.groupby("lineage")
    last, previous = (of_each.nth(-back).set_index("lineage").reindex(lineage) for back in (1, 2))
    seen = pd.to_datetime(schools["ofsted_date"]).to_numpy()
    known = last["grade"].notna().to_numpy()
    grade = np.where(known, last["grade"], schools["ofsted_grade"])
    full, earlier = _days(last["date"].to_numpy()), _days(previous["date"].to_numpy())
    of_any = _days(seen)
    latest = np.where((of_any != _NOT) & ((of_any < full) | ~known), of_any, full)
    return pd.DataFrame({
        "urn": schools["urn"].to_numpy(), "grade": np.nan_to_num(grade), "days": full,
        "seen_days": np.where(np.isfinite(grade.astype(float)), latest, _NOT),
        "previous_grade": previous["grade"].fillna(0).to_numpy(), "previous_days": earlier,
    }).astype(PACKED_HISTORY).sort_values("urn", ignore_index=True)  # fmt: skip


def national_record(schools: pd.DataFrame, visits: pd.DataFrame, packed: pd.DataFrame) -> dict[str, Any]:
    """What the history says of all schools together: grades held, years and grades between.

    Args:
        schools: Raw schools with `urn` and `phase`.
        visits: Raw history.
        packed: `last_visits` of them.
    """
    rows = schools.merge(packed, on="urn")
    history = _in_order(visits)
    history = history[history["lineage"].isin(_lineage(schools, visits))]
    return {
        "schools": len(rows), "with_history": int((rows["days"] >= 0).sum()),
        "from_the_schools_file": int(((rows["days"] < 0) & (rows["grade"] > 0)).sum()),
        "never": int((rows["grade"] == 0).sum()),
        "held": {phase: _shares(own["grade"]) for phase, own in rows.groupby("phase")},
        "regime": [str(day.date()) for day in REGIME],
        **_between_visits(history, *REGIME),
        "held_four_years_later": _held_later(history, *REGIME),
    }  # fmt: skip


def pack_inspections(folder: Path, schools: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table of last visits and the nation's record, from the folder of raw data."""
    visits = read_table(folder, "inspections")
    packed = last_visits(schools, visits)
    return packed, national_record(schools, visits, packed)


def _in_order(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits by lineage in order of time: `lineage`, `date`, `grade`."""
    dated = visits.assign(date=pd.to_datetime(visits["inspection_date"]), lineage=visits["lineage_urn"])
    return dated.sort_values(["lineage", "date"], ignore_index=True)[["lineage", "date", "grade"]]


def _lineage(schools: pd.DataFrame, visits: pd.DataFrame) -> np.ndarray:
    """Under which number each school's history stands: that of the school it has become since, else its own."""
    since = visits.drop_duplicates("urn").set_index("urn")["lineage_urn"]
    return schools["urn"].map(since).fillna(schools["urn"]).astype(np.int64).to_numpy()


def _days(dates: np.ndarray) -> np.ndarray:
    """Days [n] before the start, `_NOT` where there is no date or it lies after it."""
    days = (START - pd.Series(dates)).dt.days
    return days.where(days > 0, _NOT).astype(np.int16).to_numpy()


def _shares(grades: pd.Series) -> list[float]:
    counts = np.bincount(grades.to_numpy(int), minlength=GRADE_COUNT + 1)[1:]
    everyone = max(int(counts.sum()), 1)
    return [round(float(count) / everyone, 4) for count in counts]


def _between_visits(history: pd.DataFrame, begin: pd.Timestamp, end: pd.Timestamp) -> dict[str, Any]:
    """Of visits between two days: counts by grade before and grade found, mean years since the visit before."""
    before = history.groupby("lineage")[["date", "grade"]].shift(1)
    here = before["grade"].notna() & (history["date"] >= begin) & (history["date"] < end)
    years = (history["date"] - before["date"]).dt.days[here] / DAYS_A_YEAR
    found = _crossed(before["grade"][here], history["grade"][here])
    gaps = years.groupby(before["grade"][here].astype(int)).mean()
    return {
        "years_between": [_told(gaps.get(grade, np.nan)) for grade in range(1, GRADE_COUNT + 1)],
        "found_at_next_visit": found,
    }


def _held_later(history: pd.DataFrame, begin: pd.Timestamp, end: pd.Timestamp) -> list[list[int]]:
    """Schools by the grade held on a day (rows) and on a later one (columns)."""
    early, late = (history[history["date"] < day].groupby("lineage")["grade"].last() for day in (begin, end))
    return _crossed(early, late.reindex(early.index))


def _told(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _crossed(rows: pd.Series, columns: pd.Series) -> list[list[int]]:
    cells = (rows.to_numpy(int) - 1) * GRADE_COUNT + columns.to_numpy(int) - 1
    return np.bincount(cells, minlength=GRADE_COUNT**2).reshape(GRADE_COUNT, GRADE_COUNT).tolist()
