"""Metrics by name: what is measured, in what unit, which way is better and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schoolsim.metrics.group_means import Row
from schoolsim.metrics.view import YearView

Measure = Callable[[YearView], Iterable[Row]]
KINDS = ("gap", "variation", "other")


@dataclass(frozen=True)
class Metric:
    """A named measure of one year; `better` is "lower", "higher" or "" when neither is.

    `kind` says what it is about: how far a group lies behind ("gap"), how much depends on whom or where
    ("variation"), or anything else. `of` names the metric that a gap is a difference of: those the group is compared
    with have its value in the group plus the gap.
    """

    name: str
    title: str
    unit: str
    better: str
    meaning: str
    rows: Measure
    kind: str = "other"
    of: str = ""


METRICS: dict[str, Metric] = {}


def metric(
    *, name: str, title: str, unit: str, meaning: str, better: str = "", kind: str = "other", of: str = ""
) -> Callable[[Measure], Measure]:
    """Register the function below as a metric; it takes a `YearView` and yields rows.

    Example:
        >>> @metric(name="roll", title="Pupils on roll", unit="pupils", meaning="pupils in reception to year 11")
        ... def roll(view):
        ...     yield "all", 0, "all", "", float(len(view.pupils.school))
    """
    if better not in ("lower", "higher", ""):
        raise ValueError(f"metric {name}: better must be 'lower', 'higher' or '', not {better!r}")
    if kind not in KINDS:
        raise ValueError(f"metric {name}: kind must be one of {', '.join(KINDS)}, not {kind!r}")

    def register(function: Measure) -> Measure:
        if name in METRICS:
            raise ValueError(f"two metrics are called {name}")
        METRICS[name] = Metric(name, title, unit, better, meaning, function, kind, of)
        return function

    return register
