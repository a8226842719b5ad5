"""One school along the years under every regime: small panels above each other on one axis of years."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from schoolsim.charts.moving import year_parameter, year_rule, years_of
from schoolsim.charts.over_time import Vertical
from schoolsim.charts.palette import figure, heading, padded
from schoolsim.charts.regimes import Regimes, spread_layers

PANEL, HEAD = 92, 30  # px: the height of a panel, and of what stands over it


@dataclass(frozen=True)
class Panel:
    """What a panel shows; panels with the same `scale` have the same vertical axis."""

    column: str
    title: str
    value_format: str
    scale: tuple[str, ...]


RESULTS = ("attainment_true", "attainment_measured")
PANELS = (
    Panel("roll", "pupils on roll; thin dashes: places", ",.0f", ("roll", "places")),
    Panel("fsm6_share", "disadvantaged pupils (FSM6)", ".0%", ("fsm6_share",)),
    Panel("attainment_true", "results of leavers, true, SD", "+.1f", RESULTS),
    Panel("attainment_measured", "results of leavers, measured, SD", "+.1f", RESULTS),
)


def school_timeline(
    frame: pd.DataFrame, regimes: Regimes, *, description: str, year: int | None = None
) -> alt.LayerChart:
    """Roll against places, intake, true and measured results of one school, each with its spread over runs.

    Args:
        frame: a row a regime, year and replicate: columns regime, year, replicate, roll, places (pupils), fsm6_share,
            attainment_true, attainment_measured (NaN where nothing is known).
        year: where the line at the parameter `year` stands at first; the last of the frame if None.
    """
    shown = regimes.shown(frame)
    panels = [layer for turn, panel in enumerate(PANELS) for layer in _panel(frame, shown, panel, turn)]
    first = int(frame["year"].max()) if year is None else year
    shared = {"params": [year_parameter(first)], "resolve": alt.Resolve(scale={"y": "independent"})}
    return figure([year_rule(), *panels], len(PANELS) * (PANEL + HEAD), description, **shared)


def _panel(frame: pd.DataFrame, regimes: Regimes, panel: Panel, turn: int) -> list[alt.Chart | alt.LayerChart]:
    """The marks of a panel on an axis of its own, and its title."""
    top = turn * (PANEL + HEAD) + HEAD
    values = frame[["regime", "year", "replicate"]].assign(value=frame[panel.column])
    if values["value"].isna().all():
        return [heading(f"{panel.title}: not known", top - 10)]
    axis = Vertical(padded(frame[list(panel.scale)].to_numpy(float).ravel()), panel.value_format, (top, top + PANEL))
    layers = spread_layers(values, regimes, axis)
    if "places" in panel.scale:
        layers.insert(0, _places(frame, regimes, axis))
    return [heading(panel.title, top - 10), alt.LayerChart(layer=layers)]


def _places(frame: pd.DataFrame, regimes: Regimes, axis: Vertical) -> alt.Chart:
    """How many pupils there is room for, the mean over runs."""
    places = frame.groupby(["regime", "year"], sort=False, observed=True)["places"].mean().reset_index()
    line = alt.Chart(places).mark_line(strokeWidth=1.5, strokeDash=[2, 3])
    return line.encode(years_of(frame), axis.of("places"), regimes.colour())
