"""England as a map of authorities to choose from."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from schoolsim.charts.palette import INK, SMALL, figure
from schoolsim.charts.plane import PICKED, Box, picking, plane, points_of

LONDON = "London"  # the region whose authorities are too small to be met with a finger
INSET = 0.33  # of the width of the country: what the sea in the north-west leaves free
STEP = 100  # metres, a fraction of a pixel: keeps the page small
BELOW_TITLE = SMALL + 8  # px


def england_map(
    outlines: dict[str, Any], frame: pd.DataFrame, *, description: str, height: int = 520
) -> alt.LayerChart:
    """Authorities by their outlines, the chosen ones filled; London once more, enlarged, in the free corner.

    A click sets the point selection `picked` on the field `name` and fills what was clicked.

    Args:
        outlines: from `schoolsim.places.outlines`.
        frame: columns code (DfE, 2019), region, schools, pupils (counts) and chosen (bool), a row an authority.
            Authorities that share an outline are told together.
    """
    features = [told for told in (_told(feature, frame) for feature in outlines["features"]) if told]
    box = Box.around(points_of(features))
    near = [feature for feature in features if feature["region"] == LONDON]
    chosen = [feature["name"] for feature in features if feature["chosen"]]
    # The layers share one copy of the outlines.
    shared = alt.InlineData(values=[_without(feature, "chosen") for feature in features])
    layers = [_picking(_shapes(box.projection()), chosen)]
    if near:
        layers += _inset(box, Box.around(points_of(near)))
    return figure(layers, height, description, data=shared)


def _told(feature: dict[str, Any], frame: pd.DataFrame) -> dict[str, Any] | None:
    """A feature with what is known of its authorities; None if the frame has none of them."""
    rows = frame[frame["code"].isin(feature["codes"])]
    if rows.empty:
        return None
    told = {"schools": int(rows["schools"].sum()), "pupils": int(rows["pupils"].sum())}
    facts = told | {"chosen": bool(rows["chosen"].any()), "region": str(rows["region"].iloc[0])}
    polygons = [[_coarse(ring) for ring in polygon] for polygon in feature["geometry"]["coordinates"]]
    return _without(feature, "codes", "note") | facts | {"geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def _coarse(ring: list[list[int]]) -> list[list[int]]:
    """A ring in steps, without points that fall on the one before; neighbours still meet in the same points."""
    points = np.rint(np.asarray(ring) / STEP).astype(int)
    moved = np.diff(points, axis=0, prepend=points[:1] - 1).any(axis=1)
    return points[moved].tolist()


def _without(feature: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in feature.items() if key not in keys}


def _shapes(projection: dict[str, Any]) -> alt.Chart:
    tips = [
        alt.Tooltip("title:N", title="authority"),
        *(alt.Tooltip(f"{name}:Q", title=name, format=",") for name in ("schools", "pupils")),
    ]
    opacity = {
        "condition": [
            {"param": PICKED, "empty": False, "value": 0.8},
            {"param": "pointed", "empty": False, "value": 0.3},
        ],
        "value": 0.07,
    }
    shapes = alt.Chart().mark_geoshape(fill=INK, stroke=INK, strokeWidth=0.5, strokeOpacity=0.6, cursor="pointer")
    return shapes.encode(fillOpacity=opacity, tooltip=tips).project(**projection)


def _picking(shapes: alt.Chart, chosen: list[str]) -> alt.Chart:
    """The map with its two selections: what is clicked, and what is pointed at."""
    picked = picking("name", chosen)
    pointed = alt.selection_point(
        name="pointed", fields=["name"], on="pointerover", clear="pointerout", toggle=False, empty=False
    )
    return shapes.add_params(picked, pointed)


def _inset(country: Box, near: Box) -> list[alt.Chart]:
    """London in the corner, with its name over it."""
    left = f"(width - {country.width:.0f} * {country.scale}) / 2"
    times = country.width * INSET / near.width
    scale = f"{times:.3f} * {country.scale}"
    across, down = f"{left} - {near.west:.0f} * {scale}", f"{BELOW_TITLE} + {near.north:.0f} * {scale}"
    title = alt.Chart(alt.InlineData(values=[{"words": f"{LONDON}, {times:.0f} times as large"}]))
    words = title.mark_text(align="left", baseline="top", color=INK, opacity=0.85)
    placed = words.encode(x=alt.value(alt.expr(left)), y=alt.value(0), text="words:N")
    region = alt.datum.region == LONDON
    # Vega-Lite takes projections for one that differ in scale and translation only; precision means nothing to a plane.
    own = plane(scale, across, down) | {"precision": 1}
    return [_shapes(own).transform_filter(region), placed]
