"""Figures that set a model's schools beside the published figures of the same schools."""

from __future__ import annotations

import altair as alt
import pandas as pd

from schoolsim.charts.palette import INK, LEVELS, figure

HEIGHT = 190
COLOUR = LEVELS["school"]
LABEL = alt.Tooltip("school:N")


def beside_published(
    frame: pd.DataFrame, *, domain: list[float], value_format: str, description: str
) -> alt.LayerChart:
    """One mark a school, published across and modelled up; on the dashed line both are the same.

    Args:
        frame: columns school, published, model, with model_low and model_high for the whisker, and filled (bool):
            whether the mark is filled or open.
        domain: both axes.
    """
    axes = {name: _axis(name, domain, value_format) for name in ("published", "model", "model_low")}
    marks = alt.Chart(frame)
    tips = [LABEL, *(alt.Tooltip(f"{name}:Q", format=value_format) for name in ("published", "model"))]
    whiskers = marks.mark_rule(color=COLOUR, opacity=0.45).encode(
        axes["published"], axes["model_low"], alt.Y2("model_high:Q")
    )
    points = [
        marks.transform_filter(alt.datum.filled == filled)
        .mark_point(color=COLOUR, filled=filled, size=26, opacity=0.95)
        .encode(axes["published"], axes["model"], tooltip=tips)
        for filled in (True, False)
    ]
    return figure([_same(axes, domain), whiskers, *points], HEIGHT, description)


def _axis(name: str, domain: list[float], value_format: str) -> alt.X | alt.Y:
    kind, title = (alt.X, "published") if name == "published" else (alt.Y, "in the model")
    axis = alt.Axis(format=value_format, tickCount=4)
    return kind(f"{name}:Q", scale=alt.Scale(domain=domain, zero=False, nice=False), axis=axis, title=title)


def _same(axes: dict[str, alt.X | alt.Y], domain: list[float]) -> alt.Chart:
    """The line on which model and publication agree."""
    ends = pd.DataFrame({"published": domain, "model": domain})
    line = alt.Chart(ends).mark_line(color=INK, opacity=0.6, strokeWidth=1, strokeDash=[4, 3])
    return line.encode(axes["published"], axes["model"])
