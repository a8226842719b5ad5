"""Real authorities, read from the compact form of the open data that ships inside the package."""

from __future__ import annotations

import io
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import pandas as pd

from schoolsim.places.frame import AREA_COLUMNS, SCHOOL_COLUMNS, Place, conform


def packed_names() -> dict[str, str]:
    """Every name, title and code (lower case) that a packed authority answers to, and its folder's name."""
    catalogue = _read_json(_folder() / "catalogue.json")
    return {alias: name for name, aliases in catalogue.items() for alias in (name, *aliases)}


def national_shares() -> dict[str, dict[str, float]]:
    """Pupil-weighted national shares by phase ("primary", "secondary", "all") of the vintage."""
    return _read_json(_folder() / "national.json")


def load_packed(name: str) -> Place:
    """The packed authority in folder `name`."""
    folder = _folder() / name
    facts = _read_json(folder / "facts.json")
    return Place(
        name=name,
        title=facts["title"],
        stem=facts["stem"],
        schools=conform(_read_parquet(folder / "schools.parquet"), SCHOOL_COLUMNS),
        areas=conform(_read_parquet(folder / "areas.parquet"), AREA_COLUMNS),
        facts={**facts, "national": national_shares()},
    )


def _folder() -> Traversable:
    return resources.files("schoolsim") / "data" / "places"


def _read_json(path: Traversable) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _read_parquet(path: Traversable) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(path.read_bytes()))
