"""Figures with one mark per school; schools appear under whatever label the frame gives them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from schoolsim.charts.over_time import line_at, zero_line
from schoolsim.charts.palette import figure, named_axis, padded, wrapped

HEIGHT = 240
MANY_SCHOOLS = 30  # from here on whiskers are paler, or they hide the schools


def per_school(schools: pd.DataFrame, values: list[str]) -> pd.DataFrame:
    """Mean and 90% range over replicates of each of `values`, per school: label, <value>, <value>_low, <value>_high."""
    groups = schools.groupby("school", sort=True, observed=True)[values]
    mean, low, high = groups.mean(), groups.quantile(0.05), groups.quantile(0.95)
    return mean.join(low.add_suffix("_low")).join(high.add_suffix("_high")).reset_index()


def results_by_intake(
    frame: pd.DataFrame, *, colour: str, x_domain: list[float], y_domain: list[float], description: str
) -> alt.LayerChart:
    """Leavers' results against intake: true filled, measured open, whiskers for the 90% range of the true over runs.

    Args:
        frame: from `per_school`, columns school, fsm6_share, attainment_true (with _low, _high), attainment_measured.
    """
    x_scale, y_scale = (alt.Scale(domain=domain, zero=False, nice=False) for domain in (x_domain, y_domain))
    x = alt.X(
        "fsm6_share:Q", scale=x_scale, title="disadvantaged pupils (FSM6)", axis=alt.Axis(format=".0%", tickCount=4)
    )
    y = {name: alt.Y(f"{name}:Q", scale=y_scale, title=None, axis=alt.Axis(format=".1f", tickCount=5)) for name in _Y}
    marks = alt.Chart(frame)
    whiskers = marks.mark_rule(color=colour, opacity=0.4 if len(frame) < MANY_SCHOOLS else 0.2)
    points = {filled: marks.mark_point(color=colour, filled=filled, size=38, opacity=0.95) for filled in (True, False)}
    layers = [
        whiskers.encode(x, y["attainment_true_low"], alt.Y2("attainment_true_high:Q")),
        points[False].encode(x, y["attainment_measured"], tooltip=_tips()),
        points[True].encode(x, y["attainment_true"], tooltip=_tips()),
    ]
    return figure([zero_line("y"), *layers], HEIGHT, description)


_Y = ("attainment_true", "attainment_measured", "attainment_true_low")


def places_filled(frame: pd.DataFrame, *, colours: dict[str, str], description: str) -> alt.LayerChart:
    """How full schools are: one tick per school and row, mean over runs; the line marks a full school.

    Args:
        frame: columns row, school, fill (pupils over places), fill_low, fill_high.
        colours: colour by row, in the order wanted.
    """
    lines = wrapped(colours)
    shown = frame.assign(row=frame["row"].map(lines))
    scale = alt.Scale(domain=padded([*frame["fill"], 1.0]), zero=False, nice=False)
    x = alt.X("fill:Q", title="pupils as a share of places", axis=alt.Axis(format=".0%", tickCount=5), scale=scale)
    y = alt.Y("row:N", sort=list(lines.values()), title=None, axis=named_axis())
    shades = alt.Scale(domain=list(lines.values()), range=list(colours.values()))
    fill = alt.Color("row:N", legend=None, scale=shades)
    values = [alt.Tooltip(f"{name}:Q", title=title, format=".0%") for name, title in _FILL.items()]
    ticks = alt.Chart(shown).mark_tick(thickness=2, size=24, opacity=0.8)
    marks = ticks.encode(x, y, fill, tooltip=[alt.Tooltip("school:N"), *values])
    return figure([line_at(1.0, "x"), marks], 46 * len(lines) + 10, description)


_FILL = {"fill": "places filled, mean", "fill_low": "5th percentile", "fill_high": "95th percentile"}


def _tips() -> list[alt.Tooltip]:
    columns = {"fsm6_share": "disadvantaged", "attainment_true": "true, SD", "attainment_measured": "measured, SD"}
    formats = {"fsm6_share": ".0%"}
    shown = [alt.Tooltip(f"{name}:Q", title=title, format=formats.get(name, ".2f")) for name, title in columns.items()]
    return [alt.Tooltip("school:N"), *shown]
