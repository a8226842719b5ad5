"""A gap as children grow: from 5 to 16, with its spread over runs."""

from __future__ import annotations

import altair as alt
import pandas as pd

from schoolsim.charts.over_time import Vertical, percentiles
from schoolsim.charts.palette import INK, figure

HEIGHT = 190


def gap_by_stage(
    frame: pd.DataFrame, reference: pd.DataFrame, *, colour: str, domain: list[float], description: str
) -> alt.LayerChart:
    """The median gap at each age with its 90% range over runs, and the baseline's median dashed.

    Args:
        frame: columns stage (age), replicate, value (SD) of one regime in one year.
        reference: the same of the baseline; empty when the regime is the baseline.
    """
    axis, middle = Vertical(domain, ".2f"), percentiles(frame, ["stage"])
    age = alt.X("stage:Q", title="age", axis=alt.Axis(values=sorted(set(middle["stage"])), format="d", grid=False))
    tips = axis.tooltips({"p50": "median", "p5": "5th percentile", "p95": "95th percentile"}, key="stage")
    marks = alt.Chart(middle)
    band = marks.mark_area(color=colour, opacity=0.22).encode(age, axis.of("p5"), alt.Y2("p95:Q"))
    line = marks.mark_line(color=colour, strokeWidth=2.5, point={"color": colour, "size": 40})
    layers = [band, line.encode(age, axis.of("p50"), tooltip=tips)]
    if len(reference):
        dashed = alt.Chart(percentiles(reference, ["stage"])).mark_line(color=INK, opacity=0.75, strokeDash=[5, 4])
        layers.insert(1, dashed.encode(age, axis.of("p50")))
    return figure(layers, HEIGHT, description)
