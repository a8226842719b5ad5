"""All regimes in one figure along the years, each in its colour, with its spread and under its title."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from schoolsim.charts.moving import year_parameter, year_rule, years_of
from schoolsim.charts.over_time import Vertical, few_runs, percentiles, zero_line
from schoolsim.charts.palette import figure

HEIGHT = 230
SYMBOL = 40  # px, what stands before a title in the key; longer titles end in dots on a phone


@dataclass(frozen=True)
class Regimes:
    """The regimes of a figure in the order of its key: colour and title of each; the baseline, if named, is dashed."""

    colours: Mapping[str, str]
    titles: Mapping[str, str]
    baseline: str = ""

    def shown(self, frame: pd.DataFrame) -> Regimes:
        """Those that the frame has rows of."""
        found = set(frame["regime"])
        return replace(self, colours={name: colour for name, colour in self.colours.items() if name in found})

    def titled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with a column `title` for tooltips, a dashed baseline last: what it covers shows between dashes."""
        told = frame.assign(title=frame["regime"].map(self.title))
        return told.sort_values("regime", key=lambda names: names == self.baseline, kind="stable")

    def title(self, name: str) -> str:
        """The title of a regime; its key where it has none."""
        return self.titles.get(name, name)

    def colour(self) -> alt.Color:
        """The encoding by regime, with a key of titles over the figure."""
        scale = alt.Scale(domain=list(self.colours), range=list(self.colours.values()))
        return alt.Color("regime:N", scale=scale, legend=self._key())

    def dash(self) -> alt.StrokeDash:
        """The encoding that dashes the baseline, which must be told apart without colour too."""
        dashes = [[5, 4] if name == self.baseline else [1, 0] for name in self.colours]
        scale = alt.Scale(domain=list(self.colours), range=dashes)
        return alt.StrokeDash("regime:N", scale=scale, legend=self._key())

    def _key(self) -> alt.Legend:
        """The key over the figure, one for all channels; titles are looked up, so that two alike stay two."""
        titles = json.dumps({name: self.title(name) for name in self.colours})
        key: dict[str, Any] = {"orient": "top", "columns": 1, "symbolType": "stroke", "symbolStrokeWidth": 3,
                               "labelLimit": alt.ExprRef(f"width - {SYMBOL}")}  # fmt: skip
        return alt.Legend(title=None, labelExpr=f"{titles}[datum.value]", symbolOpacity=1, rowPadding=1, **key)


def regimes_over_time(
    frame: pd.DataFrame, regimes: Regimes, axis: Vertical, *, year: int, description: str
) -> alt.LayerChart:
    """Every regime along the years: its median, and single runs (few) or the range of nine runs in ten (many).

    Args:
        frame: columns regime, year, replicate, value.
        year: where the line at the parameter `year` stands at first.
    """
    layers = [year_rule(), *spread_layers(frame, regimes.shown(frame), axis)]
    return figure(layers, HEIGHT, description, params=[year_parameter(year)])


def spread_layers(frame: pd.DataFrame, regimes: Regimes, axis: Vertical) -> list[alt.Chart]:
    """Spread and median of every regime."""
    colour, across, known = regimes.colour(), years_of(frame), frame.dropna(subset=["value"])
    middle = regimes.titled(percentiles(known, ["regime", "year"]))
    if few_runs(known) and known["year"].nunique() > 1:
        thin = alt.Chart(known[["regime", "year", "replicate", "value"]]).mark_line(strokeWidth=1, opacity=0.35)
        spread = thin.encode(across, axis.of("value"), colour, detail="replicate:N")
    else:
        spread = _band(middle, "p5", "p95", axis, colour)
    tips = [_regime_tip(), *axis.tooltips({"p50": "median", "p5": "5th percentile", "p95": "95th percentile"})]
    line = alt.Chart(middle).mark_line(strokeWidth=2.5, point={"size": 30})
    return [spread, line.encode(across, axis.of("p50"), colour, regimes.dash(), tooltip=tips)]


def differences_by_regime(
    frame: pd.DataFrame, regimes: Regimes, axis: Vertical, *, year: int, description: str
) -> alt.LayerChart:
    """The mean paired difference of every alternative from the baseline along the years, with its 95% interval.

    Args:
        frame: columns regime, year, mean, low, high; low and high are NaN where one run gives no interval.
        year: where the line at the parameter `year` stands at first.
    """
    colour, titled, across = regimes.shown(frame).colour(), regimes.titled(frame), years_of(frame)
    interval = _band(titled, "low", "high", axis, colour)
    columns = {"mean": "mean difference", "low": "interval from", "high": "interval to"}
    line = alt.Chart(titled).mark_line(strokeWidth=2.5, point={"size": 30})
    means = line.encode(across, axis.of("mean"), colour, tooltip=[_regime_tip(), *axis.tooltips(columns)])
    layers = [zero_line("y"), year_rule(), interval, means]
    return figure(layers, HEIGHT, description, params=[year_parameter(year)])


def _band(frame: pd.DataFrame, low: str, high: str, axis: Vertical, colour: alt.Color) -> alt.Chart:
    """From `low` to `high` along the years; in a single year, which has no area, an upright line."""
    marks = alt.Chart(frame)
    shape = marks.mark_area(opacity=0.2) if frame["year"].nunique() > 1 else marks.mark_rule(opacity=0.7)
    return shape.encode(years_of(frame), axis.of(low), alt.Y2(f"{high}:Q"), colour)


def _regime_tip() -> alt.Tooltip:
    return alt.Tooltip("title:N", title="regime")
