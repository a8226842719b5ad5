"""Figures along the years of a run, always with their spread."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from schoolsim.charts.palette import INK, figure, signed_axis

FEW_RUNS = 20  # below this, single runs are drawn; from here on, percentile bands
PERCENTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
HEIGHT = 190


def percentiles(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Median, middle half and 90% range of `value` over replicates, per group `by`, with the count `n`."""
    groups = frame.dropna(subset=["value"]).groupby(by, sort=True, observed=True)["value"]
    columns = {name: groups.quantile(share) for name, share in PERCENTILES.items()}
    return pd.DataFrame(columns | {"n": groups.count()}).reset_index()


def runs_over_time(
    frame: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    colour: str,
    domain: list[float],
    value_format: str,
    description: str,
) -> alt.LayerChart:
    """One regime along the years: single runs (few) or bands (many), the median, and the baseline's median dashed.

    Args:
        frame: columns year, replicate, value of one regime.
        reference: the same of the baseline; empty when the regime is the baseline.
        domain: the vertical axis, shared by the panels of a row.
    """
    axis = Vertical(domain, value_format)
    middle = percentiles(frame, ["year"])
    layers = [_single_runs(frame, axis, colour)] if few_runs(frame) else _bands(middle, axis, colour)
    if len(reference):
        layers.append(_reference(percentiles(reference, ["year"]), axis))
    return figure([*layers, _median(middle, axis, colour)], HEIGHT, description)


def spread_words(frame: pd.DataFrame) -> str:
    """How `runs_over_time` shows the spread of these runs, for the line above the figure."""
    return "Thin lines: single runs." if few_runs(frame) else "Bands: half of the runs, and nine runs in ten."


def few_runs(frame: pd.DataFrame) -> bool:
    """Whether single runs are drawn, not percentiles."""
    return frame["replicate"].nunique() < FEW_RUNS


def difference_over_time(
    frame: pd.DataFrame, *, colour: str, domain: list[float], value_format: str, description: str
) -> alt.LayerChart:
    """The mean paired difference from the baseline with its 95% interval, against a line at zero.

    Args:
        frame: columns year, mean, low, high.
    """
    axis = Vertical(domain, value_format)
    band = alt.Chart(frame).mark_area(color=colour, opacity=0.25).encode(years(), axis.of("low"), alt.Y2("high:Q"))
    tips = axis.tooltips({"mean": "mean difference", "low": "interval from", "high": "interval to"})
    line = alt.Chart(frame).mark_line(color=colour, strokeWidth=2.5, point={"color": colour, "size": 30})
    return figure([zero_line("y"), band, line.encode(years(), axis.of("mean"), tooltip=tips)], HEIGHT, description)


@dataclass(frozen=True)
class Vertical:
    """A vertical axis that every layer of a figure, and every panel of a row, shares.

    Attributes:
        span: where it ends and begins, px from the top, if it is one of several above each other.
    """

    domain: list[float]
    value_format: str
    span: tuple[int, int] | None = None

    def of(self, field: str) -> alt.Y:
        """The encoding of a column on this axis."""
        placed = alt.Undefined if self.span is None else [self.span[1], self.span[0]]
        scale = alt.Scale(domain=self.domain, range=placed, zero=False, nice=False)
        signed = self.value_format.startswith("+")
        axis = signed_axis(self.value_format) if signed else alt.Axis(format=self.value_format, tickCount=5)
        if self.span is not None:
            axis.orient, axis.tickCount, axis.grid = "left", 3, True
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=None)

    def tooltips(self, columns: dict[str, str], key: str = "year") -> list[alt.Tooltip]:
        """What is shown on pointing at a mark: the key, then the columns with their titles."""
        values = [alt.Tooltip(f"{name}:Q", title=title, format=self.value_format) for name, title in columns.items()]
        return [alt.Tooltip(f"{key}:Q"), *values]


def zero_line(channel: str) -> alt.Chart:
    """A thin line at zero across the figure, on the axis `channel` ("x" or "y")."""
    return line_at(0.0, channel)


def line_at(value: float, channel: str) -> alt.Chart:
    """A thin line across the figure at a value of the axis `channel` ("x" or "y")."""
    rule = alt.Chart(pd.DataFrame({"at": [value]})).mark_rule(color=INK, opacity=0.6, strokeWidth=1)
    return rule.encode(alt.X("at:Q")) if channel == "x" else rule.encode(alt.Y("at:Q", title=None))


def years() -> alt.X:
    """The horizontal axis in whole years."""
    return alt.X("year:Q", title="years", axis=alt.Axis(tickMinStep=1, format="d", grid=False))


def _single_runs(frame: pd.DataFrame, axis: Vertical, colour: str) -> alt.Chart:
    lines = alt.Chart(frame[["year", "replicate", "value"]]).mark_line(color=colour, strokeWidth=1, opacity=0.4)
    return lines.encode(years(), axis.of("value"), detail="replicate:N")


def _bands(middle: pd.DataFrame, axis: Vertical, colour: str) -> list[alt.Chart]:
    def band(low: str, high: str, opacity: float) -> alt.Chart:
        area = alt.Chart(middle).mark_area(color=colour, opacity=opacity)
        return area.encode(years(), axis.of(low), alt.Y2(f"{high}:Q"))

    return [band("p5", "p95", 0.18), band("p25", "p75", 0.3)]


def _median(middle: pd.DataFrame, axis: Vertical, colour: str) -> alt.Chart:
    tips = axis.tooltips({"p50": "median", "p5": "5th percentile", "p95": "95th percentile"})
    line = alt.Chart(middle).mark_line(color=colour, strokeWidth=2.5, point={"color": colour, "size": 30})
    return line.encode(years(), axis.of("p50"), tooltip=tips)


def _reference(middle: pd.DataFrame, axis: Vertical) -> alt.Chart:
    line = alt.Chart(middle).mark_line(color=INK, opacity=0.75, strokeWidth=1.5, strokeDash=[5, 4])
    return line.encode(years(), axis.of("p50"))
