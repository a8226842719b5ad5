"""Packing the outlines of authorities: from published boundaries of a later year to the authorities of the data.

Points become whole steps of ten metres on the national grid, each ring a line of text: its first point, then the
way from each point to the next.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from schoolsim.errors import InputError
from schoolsim.places.grid import national_grid
from schoolsim.places.names import Named, list_names

RAW_FILE = "england_la_boundaries.geojson"
STEP = 10  # metres; the published boundaries are simplified far more than that
SLIVER = 1 / 5000  # of the largest piece: below this, what is left between two parts is simplification, not land

Ring = list[tuple[float, float]]  # closed: the last point is the first
Polygon = list[Ring]  # outer ring, then holes


def pack_outlines(folder: Path, authorities: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The outlines of these authorities in packed form, from the boundaries in the raw data `folder`.

    Authorities made after 2019 of parts of one are drawn as the whole that the data know; one made of several is
    drawn as itself, and stands for each of them.

    Raises:
        InputError: the file is missing, or a boundary belongs to no known authority.
    """
    rows = list(authorities)
    parts: dict[tuple[int, ...], list[tuple[Named, list[Polygon]]]] = defaultdict(list)
    known = list_names(rows)
    for code, polygons in _published(folder):
        if str(code) not in known:
            raise InputError("a boundary belongs to no authority of the data", file=folder / RAW_FILE, found=code)
        named = known[str(code)]
        parts[named.codes].append((named, polygons))
    outlines = [_packed(together) for together in parts.values()]
    drawn = {code for outline in outlines for code in outline["codes"]}
    missing = [row["title"] for row in rows if row["code"] not in drawn]
    return {"step": STEP, "without_outline": missing, "outlines": sorted(outlines, key=lambda one: one["codes"])}


def dissolve(polygons: Iterable[Polygon]) -> list[Polygon]:
    """The union of polygons that touch along the same points: lines they share are dropped, and slivers left there.

    Raises:
        InputError: two of them with holes, which nothing published needs.
    """
    every = list(polygons)
    if any(len(polygon) > 1 for polygon in every):
        raise InputError("outlines with holes cannot be joined")
    steps = {step for (ring,) in every for step in pairwise(ring)}
    onward = {start: end for start, end in steps if (end, start) not in steps}
    rings = list(_rings(onward))
    least = SLIVER * max(_area(ring) for ring in rings)
    return [[ring] for ring in rings if _area(ring) > least]


def _area(ring: Ring) -> float:
    """Area within a ring, in the unit of its points, squared."""
    x, y = np.array(ring).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def _rings(onward: dict[tuple[float, float], tuple[float, float]]) -> Iterator[Ring]:
    while onward:
        ring = [min(onward)]
        while (end := onward.pop(ring[-1], None)) is not None:
            ring.append(end)
        yield ring


def _published(folder: Path) -> Iterator[tuple[int, list[Polygon]]]:
    path = folder / RAW_FILE
    if not path.is_file():
        raise InputError("a raw data file is missing", file=path, allowed=[RAW_FILE])
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        yield feature["properties"]["la_code"], [[_ring(points) for points in polygon] for polygon in polygons]


def _ring(points: list[list[float]]) -> Ring:
    return [(longitude, latitude) for longitude, latitude in points]


def _packed(parts: list[tuple[Named, list[Polygon]]]) -> dict[str, Any]:
    """One outline of all parts that lead to the same authorities."""
    named, notes = parts[0][0], [note for part, _ in parts for note in part.notes]
    polygons = [polygon for _, every in parts for polygon in every]
    whole = dissolve(polygons) if _touching(polygons) else polygons
    return {
        "name": named.name,
        "title": named.title,
        "codes": sorted(named.codes),
        "note": "; ".join(notes),
        "polygons": [[_line(ring) for ring in polygon] for polygon in whole],
    }


def _touching(polygons: list[Polygon]) -> bool:
    """Whether a line is shared by two of the polygons."""
    steps = {step for polygon in polygons for ring in polygon for step in pairwise(ring)}
    return any((end, start) in steps for start, end in steps)


def _line(ring: Ring) -> str:
    """A ring in steps on the national grid, without points that fall on the one before."""
    points = np.rint(np.stack(national_grid(*np.array(ring).T), axis=1) / STEP).astype(int)
    moves = np.diff(points, axis=0, prepend=np.zeros((1, 2), int))
    return " ".join(str(number) for move in moves if move.any() for number in move)
