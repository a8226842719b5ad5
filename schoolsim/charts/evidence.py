"""What the model rests on: its numbers against facts, and what was known of a parameter beforehand."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from schoolsim.charts.palette import INK, figure, padded
from schoolsim.parameters.priors import Prior
from schoolsim.parameters.sheets import Parameter

ROW, UP, DOWN = 40, -9, 9  # px: a row, and from its middle to its words and to its marks
HEIGHT = 96
STEPS = 100  # pieces of a density, of equal probability


def fact_figure(
    frame: pd.DataFrame, *, low: float, high: float, value_format: str, description: str, title: str = ""
) -> alt.LayerChart:
    """A number of a fact: the range expected as a band, a tick per seed, the median, and the verdict in words.

    Args:
        frame: a row a world and seed: columns world (title), seed, value (NaN where it cannot be shown), verdict (of
            the world, in words).
        low, high: the range; infinite where it is open, both infinite for a number that is reported only.
        title: meaning and unit, under the axis.
    """
    worlds = list(dict.fromkeys(frame["world"]))
    ends = [end for end in (low, high) if math.isfinite(end)]
    domain = padded([*frame["value"], *ends], share=0.1)
    across: dict[str, Any] = {"scale": alt.Scale(domain=domain, zero=False, nice=False), "title": title or None}
    x = {name: alt.X(f"{name}:Q", axis=alt.Axis(format=value_format, tickCount=4), **across) for name in _ENDS}
    y = alt.Y("world:N", sort=worlds, axis=None, scale=alt.Scale(domain=worlds, padding=0))
    told = frame.drop_duplicates("world")
    named = told.assign(words=told["world"].astype(str) + ": " + told["verdict"].astype(str))
    middle = frame.groupby("world", sort=False)["value"].median().reset_index()
    tips = [alt.Tooltip("world:N"), alt.Tooltip("value:Q", format=value_format)]
    ticks = alt.Chart(frame).mark_tick(color=INK, thickness=1.5, size=14, opacity=0.5, yOffset=DOWN)
    diamonds = alt.Chart(middle).mark_point(shape="diamond", filled=True, size=90, color=INK, opacity=1, yOffset=DOWN)
    words = alt.Chart(named).mark_text(align="left", dy=UP, color=INK, limit=alt.expr("width"))
    layers = [
        *_expected(domain, low, high, x),
        ticks.encode(x["value"], y, tooltip=[*tips, alt.Tooltip("seed:Q")]),
        diamonds.encode(x["value"], y, tooltip=[tips[0], alt.Tooltip("value:Q", title="median", format=value_format)]),
        words.encode(y, alt.Text("words:N"), x=alt.value(0)),
    ]
    return figure(layers, ROW * len(worlds), description)


_ENDS = ("value", "low")


def _expected(domain: list[float], low: float, high: float, x: dict[str, alt.X]) -> list[alt.Chart]:
    """The band of the range, to the edge of the figure where it is open, and a line at each of its ends."""
    if not math.isfinite(low) and not math.isfinite(high):
        return []
    band = pd.DataFrame({"low": [max(low, domain[0])], "high": [min(high, domain[1])]})
    ends = pd.DataFrame({"value": [end for end in (low, high) if math.isfinite(end)]})
    return [
        alt.Chart(band).mark_rect(color=INK, opacity=0.1).encode(x["low"], alt.X2("high:Q")),
        alt.Chart(ends).mark_rule(color=INK, opacity=0.5, strokeWidth=1).encode(x["value"]),
    ]


def prior_figure(parameter: Parameter, *, description: str, height: int = HEIGHT) -> alt.LayerChart:
    """What was known of a parameter: its prior density, the middle 90% darker, and a line at its value.

    Raises:
        ValueError: the parameter is fixed, and has no prior to show.
    """
    prior = parameter.prior
    if prior.fixed:
        raise ValueError(f"{parameter.path} is fixed, and has no prior to show")
    curve = _density(prior)
    low, high = prior.interval
    scale = alt.Scale(domain=padded(curve["value"]), zero=False, nice=False)
    x = alt.X("value:Q", scale=scale, title=parameter.unit, axis=alt.Axis(tickCount=4, grid=False))
    y = alt.Y("density:Q", axis=None, scale=alt.Scale(domain=[0, float(curve["density"].max()) * 1.08]))
    whole = alt.Chart(curve).mark_area(color=INK, opacity=0.14)
    inside = (low <= alt.datum.value) & (alt.datum.value <= high)
    inner = alt.Chart(curve).transform_filter(inside).mark_area(color=INK, opacity=0.24)
    told = pd.DataFrame({"value": [parameter.value], "low": [low], "high": [high]})
    tips = [alt.Tooltip("value:Q", title="value"), alt.Tooltip("low:Q", title="5th percentile"),
            alt.Tooltip("high:Q", title="95th percentile")]  # fmt: skip
    line = alt.Chart(told).mark_rule(color=INK, strokeWidth=2)
    return figure([whole.encode(x, y), inner.encode(x, y), line.encode(x, tooltip=tips)], height, description)


def _density(prior: Prior) -> pd.DataFrame:
    """The density of a prior between its bounds: columns value (rising) and density."""
    shares = np.linspace(0.0, 1.0, STEPS + 1)
    values = np.array([prior.quantile(share) for share in shares])
    steps = np.diff(values)
    middle = pd.DataFrame({"value": values[:-1] + steps / 2, "density": np.abs(1 / STEPS / steps)})
    return middle.sort_values("value", ignore_index=True)
