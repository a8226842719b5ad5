"""England as the open data have it, in the compact form that ships inside the package, and its parts."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import pandas as pd

from schoolsim.places.backcast import Shifts, backcast, national_shifts, past, resized, roll_factors
from schoolsim.places.facts import national_shares as shares_of
from schoolsim.places.facts import place_facts
from schoolsim.places.frame import AREA_COLUMNS, NO_NEIGHBOURS, SCHOOL_COLUMNS, Country, Place
from schoolsim.places.names import Named, find, list_names
from schoolsim.places.reconstruction import as_reconstructed
from schoolsim.places.rolls import RollRule
from schoolsim.vintages import PRESENT

WHOLE = "england"
_LISTED = (
    "code", "title", "stem", "name", "statistical_code", "region", "primary_count", "secondary_count", "pupils",
)  # fmt: skip


@cache
def country(vintage: str = PRESENT) -> Country:
    """All schools and small areas of England in January of a vintage, made once; not to be written to."""
    if vintage != PRESENT:
        return backcast(country(PRESENT), _regions(), past(vintage))
    return _read_country()


def _country_of(codes: Sequence[int], vintage: str) -> Country:
    """The part of the country that is some authorities; read alone, which takes a small part of the memory."""
    if vintage == PRESENT and len(codes) < len(_packed_authorities()):
        return _read_country(codes)
    whole = country(vintage)
    return Country(*(table[table.authority.isin(codes)] for table in (whole.schools, whole.areas)))


def _read_country(codes: Sequence[int] | None = None) -> Country:
    """All schools and small areas, or those of some authorities."""
    schools, areas = (_read_parquet(f"{name}.parquet", codes) for name in ("schools", "areas"))
    return Country(schools.assign(in_halo=False), areas.assign(**NO_NEIGHBOURS))


@cache
def authorities() -> pd.DataFrame:
    """One row an authority of 2019, in order of code.

    Columns: code (DfE), title, stem (of labels), name ("salford"), statistical_code, region, primary_count and
    secondary_count (schools), pupils (count, reception to year 11).
    """
    return pd.DataFrame([{key: row[key] for key in _LISTED} for row in _packed_authorities()])


@cache
def known_names() -> dict[str, Named]:
    """Every plain name and code of an authority, of "england", and what each leads to."""
    codes = tuple(row["code"] for row in _packed_authorities())
    nation = Named(WHOLE, "England", "England", codes)
    return list_names(_packed_authorities()) | {WHOLE: nation}


def find_authority(word: str) -> Named | None:
    """What a name or code leads to, None if nobody answers to it."""
    return find(word, known_names())


@cache
def national_shares(vintage: str = PRESENT) -> dict[str, dict[str, float]]:
    """Pupil-weighted national shares by phase ("primary", "secondary", "all") of a vintage."""
    if vintage == PRESENT:
        return _national()["shares"]
    schools = country(vintage).schools
    return shares_of(schools.assign(pupils=schools.roll))


@cache
def shifts_since(vintage: str) -> Shifts:
    """How the shares of England's schools were moved to make those of a vintage."""
    schools, figures = country(PRESENT).schools, past(vintage)
    return national_shifts(resized(schools, roll_factors(schools, _regions(), figures)), figures)


def load_part(named: Named, vintage: str = PRESENT) -> Place:
    """The part of England that is these authorities."""
    rows = [row for row in _packed_authorities() if row["code"] in named.codes]
    part = _country_of(named.codes, vintage)
    schools, areas = part.schools, part.areas
    facts = place_facts(named, rows, schools, areas, RollRule(**_national()["roll_rule"]))
    place = Place(
        name=named.name,
        title=named.title,
        stem=named.stem,
        schools=schools[list(SCHOOL_COLUMNS)].reset_index(drop=True),
        areas=areas[list(AREA_COLUMNS)].reset_index(drop=True),
        facts={**facts, "national": national_shares()},
    )
    return as_reconstructed(place, vintage, national_shares(vintage))


def _regions() -> dict[int, str]:
    return {row["code"]: row["region"] for row in _packed_authorities()}


@cache
def _packed_authorities() -> tuple[dict[str, Any], ...]:
    return tuple(read_json("authorities.json"))


@cache
def _national() -> dict[str, Any]:
    return read_json("national.json")


def _file(name: str) -> Traversable:
    return resources.files("schoolsim") / "data" / PRESENT / name


def read_json(name: str) -> Any:
    """What a packed JSON file of the present country holds."""
    return json.loads(_file(name).read_text(encoding="utf-8"))


def _read_parquet(name: str, codes: Sequence[int] | None = None) -> pd.DataFrame:
    """A packed table, or its rows of some authorities."""
    chosen = None if codes is None else [("authority", "in", list(codes))]
    return pd.read_parquet(io.BytesIO(_file(name).read_bytes()), filters=chosen)
