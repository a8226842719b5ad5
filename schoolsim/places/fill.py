"""Filling what the open data leave blank, and saying so: every filled cell ends in a note."""

from __future__ import annotations

import pandas as pd

from schoolsim.places.frame import AREA_COLUMNS, PHASES, SCHOOL_COLUMNS, conform, number_labels
from schoolsim.places.raw import SHARES

Notes = list[dict[str, str]]

_DEPRIVATION = {
    "count": "low-income children over children aged 0-15 (census 2021); no score in the files",
    "income rank": "mean of areas of like income rank; neither score nor count in the files",
}


def note(what: str, how: str) -> dict[str, str]:
    """One entry of the list of imputed things."""
    return {"what": what, "how": how}


def fill_schools(
    raw: pd.DataFrame, country: pd.DataFrame, areas: pd.DataFrame, stem: str
) -> tuple[pd.DataFrame, Notes]:
    """The schools table of a place, and what had to be imputed in it.

    Args:
        raw: Raw schools of the authority, with `roll` estimated.
        country: Raw schools of the whole country.
        areas: Areas of the whole country.
        stem: What labels begin with.
    """
    shares = {share: _phase_median(raw, country, share) for share in SHARES.values()}
    lower = shares["fsm6_share"] < shares["fsm_share"]
    shares["fsm6_share"] = shares["fsm6_share"].mask(lower, shares["fsm_share"])
    full = raw.assign(
        **shares, **_coordinates(raw, areas), label=number_labels(stem, raw.phase),
        real_name=raw["name"], roll_published=raw.pupils,
    )  # fmt: skip
    return conform(full, SCHOOL_COLUMNS), _share_notes(raw, int(lower.sum())) + _other_notes(raw)


def fill_areas(raw: pd.DataFrame) -> tuple[pd.DataFrame, Notes]:
    """The areas table of a place, and what had to be imputed in it."""
    children = raw.children.fillna(raw.children.median()).clip(lower=1)
    counts = {source: int((raw.deprivation_from == source).sum()) for source in _DEPRIVATION}
    notes = [
        note(f"deprivation of {counts[source]} of {len(raw)} areas", how)
        for source, how in _DEPRIVATION.items()
        if counts[source]
    ]
    if blank := int(raw.children_blank.sum()):
        how = "low-income children over deprivation; without these"
        how += f" ({int(raw.children.isna().sum())} areas) the median of the authority's areas"
        notes.append(note(f"children of {blank} of {len(raw)} areas", how))
    return conform(raw.assign(children=children), AREA_COLUMNS), notes


def _phase_median(raw: pd.DataFrame, country: pd.DataFrame, share: str) -> pd.Series:
    """The share, blanks set to the median of the authority's schools of the phase (else the country's)."""
    local = raw.groupby("phase")[share].transform("median")
    return raw[share].fillna(local).fillna(raw.phase.map(country.groupby("phase")[share].median()))


def _coordinates(raw: pd.DataFrame, areas: pd.DataFrame) -> dict[str, pd.Series]:
    """Coordinates (m); blanks take the centroid of the school's area, else the authority's median."""
    centroids = areas.set_index("code")
    return {
        axis: raw[axis].fillna(raw.lsoa11.map(centroids[axis])).fillna(raw[axis].median())
        for axis in ("easting", "northing")
    }


def _share_notes(raw: pd.DataFrame, raised: int) -> Notes:
    blanks = {share: int(raw[share].isna().sum()) for share in SHARES.values()}
    how = "median of the authority's schools of the phase"
    notes = [note(f"{share} of {count} schools", how) for share, count in blanks.items() if count]
    if raised:
        notes.append(note(f"fsm6_share of {raised} schools", "raised to the FSM share, published as higher"))
    return notes


def _other_notes(raw: pd.DataFrame) -> Notes:
    """Blanks in kind, coordinates and results."""
    unrecorded = {
        column: int((raw[column] == "not_recorded").sum()) for column in ("religion", "school_type")
    }
    how = "blank in the data: kept as not_recorded"
    notes = [note(f"{column} of {count} schools", how) for column, count in unrecorded.items() if count]
    if count := int(raw.easting.isna().sum()):
        notes.append(note(f"location of {count} schools", "centroid of the postcode's small area"))
    for phase in PHASES:
        if count := int(raw.published_result[raw.phase == phase].isna().sum()):
            notes.append(note(f"published_result of {count} {phase} schools", "none published: left empty"))
    return notes
