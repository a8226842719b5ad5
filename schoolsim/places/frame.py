"""What a place is made of: schools, small areas and facts, before anybody lives there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right."
)
PHASES = ("primary", "secondary")
YEAR_GROUP_COUNT = 12
LAST_PRIMARY_YEAR = 6

SCHOOL_COLUMNS = {
    "label": "str", "urn": "int64", "real_name": "str", "phase": "str", "school_type": "str",
    "religion": "str", "gender": "str", "own_admissions": "bool", "selective": "bool",
    "first_year": "int8", "last_year": "int8", "easting": "float64", "northing": "float64",
    "roll": "int32", "roll_published": "int32", "fsm_share": "float64", "fsm6_share": "float64",
    "eal_share": "float64", "sen_support_share": "float64", "ehcp_share": "float64",
    "girls_share": "float64", "absence_share": "float64", "published_result": "float64",
}  # fmt: skip
AREA_COLUMNS = {
    "code": "str", "easting": "float64", "northing": "float64", "children": "float64",
    "deprivation": "float64",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place to simulate, real or invented.

    Attributes:
        name: Short lower-case name ("salford").
        title: Name as printed ("Salford").
        stem: What school labels begin with ("Salford": Salford-P01, Salford-S01).
        schools: One row a school, `SCHOOL_COLUMNS`. Shares 0-1 (absence and published result NaN if unknown),
            coordinates in metres of the national grid, rolls in pupils (reception to year 11).
        areas: One row a small area, `AREA_COLUMNS`. Children aged 0-15 (count), deprivation (share 0-1 of
            children in low-income homes).
        facts: Vintage, attribution, what is imputed and how, slack, first preferences, national shares.
    """

    name: str
    title: str
    stem: str
    schools: pd.DataFrame
    areas: pd.DataFrame
    facts: dict[str, Any]


def conform(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The frame with exactly these columns, in this order and of these types, rows renumbered from 0."""
    return frame[list(columns)].astype(dict(columns)).reset_index(drop=True)


def number_labels(stem: str, phases: pd.Series) -> list[str]:
    """Neutral labels ("Salford-P07"), numbered in row order within each phase; they tell nothing else."""
    number = phases.groupby(phases).cumcount() + 1
    widths = phases.map(phases.value_counts()).astype(str).str.len().clip(lower=2)
    letters = phases.map(dict(zip(PHASES, "PS", strict=True)))
    return [f"{stem}-{letter}{n:0{width}d}" for letter, n, width in zip(letters, number, widths, strict=True)]
