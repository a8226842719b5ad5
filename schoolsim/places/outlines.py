"""Where authorities lie: their outlines, to be drawn on the plane of the national grid."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np

from schoolsim.places.england import read_json

OUTLINES_FILE = "outlines.json"


@cache
def outlines() -> dict[str, Any]:
    """The authorities of England as a GeoJSON FeatureCollection, made once; not to be written to.

    Coordinates are metres of the national grid (as those of schools), not degrees. A feature has, beside its
    geometry, `name` and `title` of the place it opens, `codes` (DfE, 2019) of the authorities it stands for, and
    a `note` where boundaries of 2024 and authorities of 2019 differ: Bournemouth and Poole share one outline.
    """
    packed = read_json(OUTLINES_FILE)
    features = [_feature(outline, packed["step"]) for outline in packed["outlines"]]
    return {"type": "FeatureCollection", "features": features}


def outlines_of(codes: Iterable[int]) -> dict[str, Any]:
    """The part of `outlines` that stands for any of these authorities; without features for an invented town."""
    wanted = {int(code) for code in codes}
    features = [feature for feature in outlines()["features"] if wanted & set(feature["codes"])]
    return {"type": "FeatureCollection", "features": features}


def _feature(outline: dict[str, Any], step: int) -> dict[str, Any]:
    polygons = [[_points(ring, step) for ring in polygon] for polygon in outline["polygons"]]
    told = {key: outline[key] for key in ("name", "title", "codes", "note")}
    return {"type": "Feature", **told, "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def _points(ring: str, step: int) -> list[list[int]]:
    moves = np.array(ring.split(), int).reshape(-1, 2)
    return (moves.cumsum(axis=0) * step).tolist()
