"""Differences from the baseline with their intervals, parameters drawn and parameters fixed side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from schoolsim.charts.over_time import zero_line
from schoolsim.charts.palette import figure, named_axis, signed_axis, wrapped

ROW = 34  # px per outcome
SETS = ("drawn", "fixed")


def forest(
    frame: pd.DataFrame, *, colour: str, domain: list[float], value_format: str, title: str, description: str
) -> alt.LayerChart:
    """A dot with its 95% interval per outcome and parameter set: filled where drawn, open where fixed.

    Args:
        frame: columns label, parameter_set, mean, low, high, n; rows in the order wanted.
        title: what left and right mean, under the horizontal axis.
    """
    lines = wrapped(frame["label"])
    frame = frame.assign(label=frame["label"].map(lines))
    y = alt.Y("label:N", sort=list(lines.values()), title=None, axis=named_axis())
    offset = alt.YOffset("parameter_set:N", sort=list(SETS), scale=alt.Scale(paddingOuter=0.6))
    scale = alt.Scale(domain=domain, zero=False, nice=False)
    low = alt.X("low:Q", scale=scale, title=title, axis=signed_axis(value_format))
    rules = (
        alt.Chart(frame).mark_rule(color=colour, strokeWidth=2, opacity=0.7).encode(low, alt.X2("high:Q"), y, offset)
    )
    dots = _dots(frame, colour).encode(
        alt.X("mean:Q", scale=scale, title=title), y, offset, tooltip=_tips(value_format)
    )
    return figure([zero_line("x"), rules, dots], ROW * len(lines) + 10, description)


def paired_runs(
    frame: pd.DataFrame, *, colour: str, domain: list[float], value_format: str, title: str, description: str
) -> alt.LayerChart:
    """Every single paired run as a tick, drawn above fixed, so that agreement and outliers are seen.

    Args:
        frame: columns parameter_set, replicate, difference.
    """
    scale = alt.Scale(domain=domain, zero=False, nice=False)
    x = alt.X("difference:Q", scale=scale, title=title, axis=signed_axis(value_format))
    y = alt.Y("parameter_set:N", sort=list(SETS), title=None, axis=alt.Axis(grid=False))
    tips = [alt.Tooltip("replicate:Q"), alt.Tooltip("difference:Q", format=value_format)]
    ticks = alt.Chart(frame).mark_tick(color=colour, thickness=2, size=22, opacity=0.75)
    shown = sorted(frame["parameter_set"].unique())
    return figure([zero_line("x"), ticks.encode(x, y, tooltip=tips)], ROW * len(shown) + 10, description)


def _dots(frame: pd.DataFrame, colour: str) -> alt.Chart:
    dots = alt.Chart(frame).mark_point(size=70, strokeWidth=2, color=colour, opacity=1)
    fills = alt.Scale(domain=list(SETS), range=[colour, "transparent"])
    return dots.encode(fill=alt.Fill("parameter_set:N", scale=fills, legend=None))


def _tips(value_format: str) -> list[alt.Tooltip]:
    columns = {"mean": "mean difference", "low": "interval from", "high": "interval to"}
    values = [alt.Tooltip(f"{name}:Q", title=title, format=value_format) for name, title in columns.items()]
    return [alt.Tooltip("label:N", title="outcome"), alt.Tooltip("parameter_set:N", title="parameters"), *values]
