"""Where variation lies: a bar per regime, split by level of the school system."""

from __future__ import annotations

import altair as alt
import pandas as pd

from schoolsim.charts.palette import INK, LEVELS, ON_LEVEL, figure

BAR = 56  # px per bar and the name above it
LEAST_PX = 20  # a narrower piece holds no number


def decomposition(frame: pd.DataFrame, *, description: str) -> alt.LayerChart:
    """Stacked bars of variance shares with their values; a whisker shows the interval of the first level.

    The school's piece stands at zero, where lengths compare best. Estimates below zero are drawn as zero. Names
    stand above the bars, so that a phone's width is left to the lengths.

    Args:
        frame: columns bar, level (a key of `LEVELS`), value (share 0-1), low, high.
    """
    pieces, names = _stacked(frame), list(dict.fromkeys(frame["bar"]))
    y = alt.Y("bar:N", sort=names, title=None, axis=None)
    scale, axis = alt.Scale(domain=[0, 1], nice=False), alt.Axis(format=".0%", tickCount=4)
    x = alt.X("start:Q", scale=scale, title=None, axis=axis)
    colour = alt.Color("level:N", legend=None, scale=alt.Scale(domain=list(LEVELS), range=list(LEVELS.values())))
    tips = [alt.Tooltip("bar:N", title="regime"), alt.Tooltip("level:N"), *_interval_tips()]
    blocks = alt.Chart(pieces).mark_bar(height=24).encode(x, alt.X2("end:Q"), y, colour, tooltip=tips)
    layers = [blocks, _whisker(pieces, y), _numbers(pieces, y), _names(names, y)]
    return figure(layers, BAR * len(names), description)


def _stacked(frame: pd.DataFrame) -> pd.DataFrame:
    order = frame["level"].map(list(LEVELS).index)
    pieces = frame.assign(order=order, value=frame["value"].clip(lower=0.0)).sort_values(
        ["bar", "order"], kind="stable"
    )
    end = pieces.groupby("bar", sort=False)["value"].cumsum()
    return pieces.assign(end=end, start=end - pieces["value"], middle=end - pieces["value"] / 2)


def _numbers(pieces: pd.DataFrame, y: alt.Y) -> alt.Chart:
    fits = alt.condition(f"datum.value * width >= {LEAST_PX}", alt.value(1), alt.value(0))
    text = alt.Chart(pieces).mark_text(color=ON_LEVEL, fontWeight=600, dy=1)
    return text.encode(alt.X("middle:Q", title=None), y, alt.Text("value:Q", format=".0%"), opacity=fits)


def _names(names: list[str], y: alt.Y) -> alt.Chart:
    text = alt.Chart(pd.DataFrame({"bar": names})).mark_text(align="left", baseline="bottom", dy=-15, color=INK)
    return text.encode(y, alt.Text("bar:N"), x=alt.value(0))


def _whisker(pieces: pd.DataFrame, y: alt.Y) -> alt.Chart:
    first = pieces[(pieces["order"] == 0) & pieces["low"].notna()]
    rule = alt.Chart(first).mark_rule(color=INK, strokeWidth=2, yOffset=15)
    return rule.encode(alt.X("low:Q", title=None), alt.X2("high:Q"), y)


def _interval_tips() -> list[alt.Tooltip]:
    columns = {"value": "share", "low": "interval from", "high": "interval to"}
    return [alt.Tooltip(f"{name}:Q", title=title, format=".1%") for name, title in columns.items()]
