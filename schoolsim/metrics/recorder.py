"""What a run writes down: once a year, after the summer's tests and before the leavers go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.metrics.registry import METRICS
from schoolsim.metrics.view import PHASES, YearView
from schoolsim.people.groups import RECORDED
from schoolsim.rules.grades import Norms

COLUMNS = ("year", "metric", "phase", "stage", "group", "basis", "value")


class Recorder:
    """Collects the rows of all metrics and of all schools; turns them into frames when the run is over."""

    def __init__(self, norms: Norms, labels: Sequence[str], groups: Sequence[str] = RECORDED) -> None:
        """Args:
        norms: the national norms of tests and grades (`rules.grades.thresholds`).
        labels: neutral label of each school [j], in the order of the table of schools.
        groups: groups and intersections to report.
        """
        self._norms, self._labels, self._groups = norms, list(labels), tuple(groups)
        self._keys: dict[tuple[str, str, int, str, str], int] = {}
        self._latest: dict[str, tuple[list[tuple[Any, ...]], np.ndarray]] = {}
        self._years: list[tuple[int, np.ndarray, np.ndarray]] = []
        self._schools: list[dict[str, Any]] = []

    def record(self, system: Any) -> None:
        """Write down this year of the system (`pupils`, `schools`, `classes`, `teachers`, `year`)."""
        view = self.view(system)
        codes, values = [np.zeros(0, np.int32)], [np.zeros(0)]
        for metric in METRICS.values():
            if rows := list(metric.rows(view)):
                *labels, value = zip(*rows, strict=True)
                codes.append(self._codes(metric.name, labels))
                values.append(np.array(value, np.float64))
        self._years.append((view.year, np.concatenate(codes), np.concatenate(values)))
        self._schools.append(school_columns(view, self._labels))

    def _codes(self, name: str, labels: list[tuple[Any, ...]]) -> np.ndarray:
        """Codes [n] of a metric's rows by their labels; most years have the labels of the year before."""
        seen = self._latest.get(name)
        if seen is None or seen[0] != labels:
            keys, rows = self._keys, zip(*labels, strict=True)
            seen = labels, np.array([keys.setdefault((name, *row), len(keys)) for row in rows], np.int32)
            self._latest[name] = seen
        return seen[1]

    def copy(self) -> Recorder:
        """An independent recorder with the same years so far; what is recorded never changes, so it is shared."""
        twin = Recorder(self._norms, self._labels, self._groups)
        twin._keys, twin._latest = dict(self._keys), dict(self._latest)
        twin._years, twin._schools = list(self._years), list(self._schools)
        return twin

    def view(self, system: Any) -> YearView:
        """This year as metrics see it."""
        return YearView(system, self._norms, self._groups)

    def frame(self) -> pd.DataFrame:
        """All rows so far: year, metric, phase, stage, group, basis, value."""
        years, codes, values = zip(*self._years, strict=True)
        chosen = np.concatenate(codes)
        columns: dict[str, Any] = {"year": np.repeat(years, [len(one) for one in codes])}
        for name, cells in zip(COLUMNS[1:-1], zip(*self._keys, strict=True), strict=True):
            columns[name] = np.array(cells)[chosen] if name == "stage" else _words(cells, chosen)
        return pd.DataFrame(columns | {"value": np.concatenate(values)})

    def schools(self) -> pd.DataFrame:
        """All schools in all years so far."""
        names = self._schools[0]
        return pd.DataFrame({name: np.concatenate([year[name] for year in self._schools]) for name in names})


def _words(cells: Sequence[str], codes: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """The cells at `codes` [n]; far faster than making that many strings one by one."""
    return pd.Series(list(cells)).array.take(codes)


def school_columns(view: YearView, labels: Sequence[str]) -> dict[str, Any]:
    """What is kept of each school in a year: columns [j] by name.

    Attainment and value added are those of the leavers of the last stage the school teaches, in national pupil SD.
    Results of schools of the halo are not told: beyond them the world is closed, so that their intake is not theirs.
    """
    year, everybody, schools = view.school_year, view.all_schools, view.schools
    return {
        "year": np.full(year.count, view.year),
        "school": np.array(labels, object),
        "phase": np.array(PHASES, object)[schools.phase],
        "easting": schools.easting,
        "northing": schools.northing,
        "in_halo": np.asarray(schools.in_halo).copy(),
        "roll": everybody.roll,
        "places": schools.places.sum(axis=1),
        "fsm6_share": everybody.poor_share,
        "attainment_true": year.leavers_mean("total", "true"),
        "attainment_measured": year.leavers_mean("total", "measured"),
        "value_added": year.leavers_mean("value_added", "measured"),
        "result": _own(schools.actual_result, view),
        "published_result": _own(schools.published_result, view),
        "attendance": everybody.attendance,
        "first_preferences": year.first_preferences,
    }


def _own(result: np.ndarray, view: YearView) -> np.ndarray:
    """Results [j] of the place's own schools, copied since the table goes on writing into its own; NaN for others."""
    return np.where(view.own_schools, result, np.float32(np.nan))


def school_frame(view: YearView, labels: Sequence[str]) -> pd.DataFrame:
    """The same as a frame, one row a school."""
    return pd.DataFrame(school_columns(view, labels))
