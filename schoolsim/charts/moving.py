"""The year that a page moves through: one Vega parameter, so that no figure is drawn anew for it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from schoolsim.charts.palette import INK

YEAR = "year"


def year_parameter(year: int) -> alt.VariableParameter:
    """The parameter `year` that a page sets, at first `year`."""
    return alt.VariableParameter(name=YEAR, value=int(year))


def year_rule(offset: int = 0) -> alt.Chart:
    """A thin upright line at the year; on an axis of ages, `offset` is the age at year 0."""
    rule = alt.Chart(alt.InlineData(values=[{}])).mark_rule(
        clip=True, color=INK, strokeWidth=1, strokeDash=[2, 3], opacity=0.8
    )
    return rule.encode(x=alt.XDatum(alt.expr(f"{YEAR} + {offset}"), type="quantitative"))


def years_of(frame: pd.DataFrame) -> alt.X:
    """The horizontal axis of a frame's years, which the line at the year does not widen."""
    return whole_numbers(frame["year"], "year", "years")


def whole_numbers(values: pd.Series, field: str, title: str) -> alt.X:
    """A horizontal axis of whole numbers, from the least to the greatest."""
    least, most = int(values.min()), int(values.max())
    margin = 0.5 if least == most else 0
    scale = alt.Scale(domain=[least - margin, most + margin], zero=False, nice=False)
    return alt.X(f"{field}:Q", title=title, scale=scale, axis=alt.Axis(tickMinStep=1, format="d", grid=False))
