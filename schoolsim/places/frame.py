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
    "attainment_published": "float64", "attainment_pupils": "float64",
    "value_added_published": "float64", "value_added_pupils": "float64",
    "authority": "int32", "in_halo": "bool",
}  # fmt: skip
AREA_COLUMNS = {
    "code": "str", "easting": "float64", "northing": "float64", "children": "float64",
    "deprivation": "float64", "authority": "int32", "in_halo": "bool",
    "primary_homes": "bool", "secondary_homes": "bool",
}  # fmt: skip
NOBODYS = 0  # the authority of what lies in no authority: invented towns
NO_RESULTS = {
    "attainment_published": float("nan"), "attainment_pupils": 0.0,
    "value_added_published": float("nan"), "value_added_pupils": 0.0,
}  # fmt: skip
NO_NEIGHBOURS = {"in_halo": False, "primary_homes": True, "secondary_homes": True}


@dataclass(frozen=True)
class Place:
    """A place to simulate, real or invented.

    Attributes:
        name: Short lower-case name ("salford").
        title: Name as printed ("Salford").
        stem: What school labels begin with ("Salford": Salford-P01, Salford-S01).
        schools: One row a school, `SCHOOL_COLUMNS`. Shares 0-1 (absence and published result NaN if unknown),
            coordinates in metres of the national grid, rolls in pupils (reception to year 11). Published
            attainment at the end of the school's last stage and value added in pupil SD round the national
            pupil-weighted mean (NaN if none), with the pupils behind each over all years used (0 if none);
            `authority` is the DfE code of 2019, `in_halo` marks schools of the neighbourhood.
        areas: One row a small area, `AREA_COLUMNS`. Children aged 0-15 (count), deprivation (share 0-1 of
            children in low-income homes), whether children of primary and of secondary age live here.
        facts: Vintage, attribution, what is imputed and how, slack, first preferences, national shares.
    """

    name: str
    title: str
    stem: str
    schools: pd.DataFrame
    areas: pd.DataFrame
    facts: dict[str, Any]


@dataclass(frozen=True)
class Country:
    """All schools and small areas of a country, of which a place is a part.

    Attributes:
        schools: `SCHOOL_COLUMNS` in order of URN, then what notes are made of.
        areas: `AREA_COLUMNS` in order of code, then what notes are made of.
    """

    schools: pd.DataFrame
    areas: pd.DataFrame


def conform(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The frame with exactly these columns, in this order and of these types, rows renumbered from 0."""
    return frame[list(columns)].astype(dict(columns)).reset_index(drop=True)


def number_labels(stem: str, phases: pd.Series) -> list[str]:
    """Neutral labels ("Salford-P07"), numbered in row order within each phase; they tell nothing else."""
    number = phases.groupby(phases).cumcount() + 1
    widths = phases.map(phases.value_counts()).astype(str).str.len().clip(lower=2)
    letters = phases.map(dict(zip(PHASES, "PS", strict=True)))
    return [f"{stem}-{letter}{n:0{width}d}" for letter, n, width in zip(letters, number, widths, strict=True)]
