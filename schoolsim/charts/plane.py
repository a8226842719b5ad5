"""The plane of the national grid in a figure: one scale for both directions, whatever the figure's shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

PICKED = "picked"


@dataclass(frozen=True)
class Box:
    """A part of the plane: least and greatest easting and northing, in metres or steps of them."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: np.ndarray, share: float = 0.0) -> Box:
        """The box round points [n, 2], widened by a share of its larger side."""
        least, most = points.min(axis=0), points.max(axis=0)
        margin = float((most - least).max()) * share
        return cls(*(float(edge) for edge in (*(least - margin), *(most + margin))))

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From south to north."""
        return self.north - self.south

    @property
    def scale(self) -> str:
        """Pixels per metre (or step) that just fit the box into the figure, as an expression."""
        return f"min(width / {self.width:.0f}, height / {self.height:.0f})"

    def projection(self) -> dict[str, Any]:
        """Keywords of `project`: the box in the middle of the figure, at its top if it is taller than needed."""
        left = f"width / 2 - {self.width / 2:.0f} * {self.scale}"
        return plane(self.scale, f"{left} - {self.west:.0f} * {self.scale}", f"{self.north:.0f} * {self.scale}")


def plane(scale: str, across: str, down: str) -> dict[str, Any]:
    """Keywords of `project` for grid coordinates drawn as they are.

    Args:
        scale: pixels per metre (or step), an expression.
        across, down: where the point (0, 0) lies in the figure, px, expressions.
    """
    shift = alt.expr(f"[{across}, {down}]")
    return {"type": "identity", "reflectY": True, "scale": alt.expr(scale), "translate": shift}


def picking(field: str, chosen: Sequence[str]) -> alt.Parameter:
    """The selection `picked` of one mark by a field, `chosen` at first; a click beside the marks changes nothing."""
    marked = f"click[event.item && event.item.datum && event.item.datum.{field}]"
    start = [{field: value} for value in chosen] or alt.Undefined
    return alt.selection_point(
        name=PICKED, fields=[field], on=marked, clear=False, toggle=False, empty=False, value=start
    )


def points_of(features: Iterable[dict[str, Any]]) -> np.ndarray:
    """Every point of GeoJSON MultiPolygons [n, 2]."""
    rings = [ring for one in features for polygon in one["geometry"]["coordinates"] for ring in polygon]
    return np.concatenate([np.asarray(ring, float) for ring in rings])
