"""Schools where they stand: how large they are, whom they teach, what their leavers reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from schoolsim.charts.moving import YEAR, year_parameter
from schoolsim.charts.palette import INK, SHADES, figure
from schoolsim.charts.plane import Box, picking, points_of

MEASURES = {
    "fsm6_share": ("disadvantaged pupils (FSM6)", ".0%"),
    "attainment_true": ("results of leavers, SD", "+.1f"),
}
RINGS = {"attainment_true": "attainment_measured"}  # what the ring around a school shows
CHOSEN = "chosen"
PLACED = {"longitude": "easting:Q", "latitude": "northing:Q"}
SHAPES = {"primary": "circle", "secondary": "square"}
CROWD, LARGEST, LEAST = 24_000, 420, 110  # px²: area shared by all schools, and bounds of the largest one's
MARGIN = 0.05  # of the larger side of the map
WIDER = "1.7 * datum.roll + 60"  # leaves a gap between disc and ring
HEIGHT = 400
WHOLE = ("roll", "roll_low", "roll_high", "places", "easting", "northing")
COLUMNS = (
    "year", "school", "phase", "easting", "northing", "roll", "roll_low", "roll_high", "places", "fsm6_share",
    "fsm6_share_low", "fsm6_share_high", "attainment_true", "attainment_true_low", "attainment_true_high",
    "attainment_measured",
)  # fmt: skip


def _between(name: str, value_format: str) -> str:
    """A mean with the range of nine runs in ten, as an expression."""
    mean, low, high = (f"format(datum.{name}{end}, '{value_format}')" for end in ("", "_low", "_high"))
    return f"isValid(datum.{name}) ? {mean} + ' [' + {low} + ' to ' + {high} + ']' : 'not known'"


TIPS = {
    "school": "",
    "phase": "",
    "pupils": _between("roll", ",.0f"),
    "places": "",
    "disadvantaged": _between("fsm6_share", ".0%"),
    "true, SD": _between("attainment_true", "+.2f"),
    "measured, SD": "isValid(datum.attainment_measured) ? format(datum.attainment_measured, '+.2f') : 'not known'",
}
"""What is told of a school on pointing at it: a column, or how it is worked out from columns."""


def schools_map(
    frame: pd.DataFrame,
    *,
    measure: str,
    description: str,
    everything: pd.DataFrame | None = None,
    outline: dict[str, Any] | None = None,
    year: int | None = None,
    height: int = HEIGHT,
) -> alt.LayerChart:
    """The schools of one regime in the year of the parameter `year`: size is roll, shade the measure.

    Where the measure is results, the disc is true and the ring around it measured. The pale rim reaches as far as
    the roll of the 95th percentile of runs. The parameter `chosen` is the label of a school to mark, and a click sets
    the point selection `picked` on the field `school`.

    Args:
        frame: of one regime, a row a school and year; columns of `schoolsim.lab.exploring.schools_by_year`.
        measure: "fsm6_share" or "attainment_true".
        everything: the rows of all maps that are looked at together, which then share scales; `frame` if None.
        outline: the authorities around, from `schoolsim.places.outlines.outlines_of`.
        year: at first; the last of the frame if None.
    """
    shared = frame if everything is None else everything
    land = (outline or {}).get("features", [])
    grid = shared[["easting", "northing"]].to_numpy()
    box = Box.around(np.concatenate([grid, points_of(land)]) if land else grid, MARGIN)
    marks = alt.Chart(_kept(frame)).transform_filter(f"datum.year == {YEAR}").encode(**PLACED)
    layers = [layer.project(**box.projection()) for layer in [*_ground(land), *_layers(marks, shared, measure)]]
    chosen = alt.VariableParameter(name=CHOSEN, value="")
    first = int(frame["year"].max()) if year is None else year
    return figure(layers, height, description, params=[year_parameter(first), chosen])


def _kept(frame: pd.DataFrame) -> pd.DataFrame:
    """What the map needs, in few digits, the largest schools first so that small ones lie on top."""
    digits = {name: 0 if name in WHOLE else 3 for name in frame.columns}
    kept = frame[list(COLUMNS)].round(digits)
    return kept.sort_values(["year", "roll"], ascending=[True, False])


def _ground(features: list[dict[str, Any]]) -> list[alt.Chart]:
    """The authorities around, faintly."""
    if not features:
        return []
    shapes = [{"type": one["type"], "geometry": one["geometry"]} for one in features]
    ground = alt.Chart(alt.InlineData(values=shapes))
    return [ground.mark_geoshape(fill=INK, fillOpacity=0.05, stroke=INK, strokeOpacity=0.4, strokeWidth=1)]


def _layers(marks: alt.Chart, shared: pd.DataFrame, measure: str) -> list[alt.Chart]:
    """Rims, discs, rings, and the mark of the school that was chosen, from the ground up."""
    size, shape, tips = _sizes(shared), _shapes(shared), [alt.Tooltip(f"{name}:N") for name in TIPS]
    shade = _shade(shared, measure)
    told = marks.transform_calculate(**{name: words for name, words in TIPS.items() if words})
    disc = told.mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=0.6, cursor="pointer")
    unknown = told.transform_filter(f"!isValid(datum.{measure})").mark_point(stroke=INK, strokeWidth=0.8, opacity=1)
    layers = [
        marks.mark_point(filled=True, color=INK, opacity=0.15).encode(size("roll_high"), shape),
        unknown.encode(size("roll"), shape, tooltip=tips),
        disc.encode(size("roll"), shape, shade(measure), tooltip=tips).add_params(picking("school", [])),
    ]
    if measure in RINGS:
        ring = told.transform_calculate(ring=WIDER).mark_point(filled=False, strokeWidth=2, opacity=1)
        layers.append(ring.encode(size("ring"), shape, shade(RINGS[measure]), tooltip=tips))
    around = marks.transform_filter(f"datum.school == {CHOSEN}").transform_calculate(around=f"2 * ({WIDER})")
    layers.append(around.mark_point(stroke=INK, strokeWidth=2.5, opacity=1).encode(size("around"), shape))
    return layers


def _sizes(shared: pd.DataFrame) -> Callable[[str], alt.Size]:
    """Encodings of area by a number of pupils; smaller where there are many schools."""
    most = float(shared["roll"].max())
    area = min(max(CROWD / shared["school"].nunique(), LEAST), LARGEST)
    scale = alt.Scale(domain=[0, most], range=[0, area])
    step = float(f"{most / 2:.0e}")
    legend = alt.Legend(title="pupils", orient="bottom", values=[step / 2, step, 2 * step], symbolStrokeColor=INK)
    return lambda name: alt.Size(f"{name}:Q", scale=scale, legend=legend)


def _shapes(shared: pd.DataFrame) -> alt.Shape:
    """The encoding by phase, with a key where there is more than one."""
    found = [phase for phase in SHAPES if phase in set(shared["phase"])]
    legend = alt.Legend(title=None, orient="bottom", symbolStrokeColor=INK) if len(found) > 1 else None
    scale = alt.Scale(domain=found, range=[SHAPES[phase] for phase in found])
    return alt.Shape("phase:N", scale=scale, legend=legend)


def _shade(shared: pd.DataFrame, measure: str) -> Callable[[str], alt.Color]:
    """Encodings by shade, with the key of the measure, from its least to its greatest value on any of the maps."""
    title, value_format = MEASURES[measure]
    shown = shared[[measure, RINGS.get(measure, measure)]].to_numpy(float)
    known = shown[np.isfinite(shown)]
    domain = [float(known.min()), float(known.max())] if len(known) else [0.0, 1.0]
    zero = "datum.value == 0 ? '0' : datum.label"
    legend = alt.Legend(title=title, orient="top", gradientLength=160, format=value_format, labelExpr=zero, tickCount=3)
    scale = alt.Scale(domain=domain, range=list(SHADES), nice=False)
    return lambda name: alt.Color(f"{name}:Q", scale=scale, legend=legend)
