"""Filling what the open data leave blank, and saying so: every filled cell ends in a note of its place.

Blanks are filled once, when the country is packed. What was filled is packed beside it (`filled`, one bit a
cell), so that any part of the country can count its own.
"""

from __future__ import annotations

import pandas as pd

from schoolsim.places.frame import PHASES
from schoolsim.places.raw import SHARES

Notes = list[dict[str, str]]

RAISED, LOCATED = "raised", "located"
FLAGS = (*SHARES.values(), RAISED, LOCATED)
"""Bits of `filled`, from the lowest."""

_DEPRIVATION = {
    "count": "low-income children over children aged 0-15 (census 2021); no score in the files",
    "income rank": "mean of areas of like income rank; neither score nor count in the files",
}
_CHILDREN = {
    "low-income children": "low-income children over deprivation",
    "median": "median of the authority's areas; neither children nor low-income children in the files",
}


def note(what: str, how: str) -> dict[str, str]:
    """One entry of the list of imputed things."""
    return {"what": what, "how": how}


def fill_schools(raw: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The country's schools without blanks in shares and coordinates; `filled` says which were filled.

    Args:
        raw: Raw schools of the country.
        areas: Small areas of the country.
    """
    shares = {share: _phase_median(raw, share) for share in SHARES.values()}
    raised = shares["fsm6_share"] < shares["fsm_share"]
    shares["fsm6_share"] = shares["fsm6_share"].mask(raised, shares["fsm_share"])
    blank = {share: raw[share].isna() for share in shares} | {RAISED: raised, LOCATED: raw.easting.isna()}
    filled = sum((blank[flag].astype(int) * 2**bit for bit, flag in enumerate(FLAGS)), start=pd.Series(0, raw.index))
    return raw.assign(**shares, **_coordinates(raw, areas), filled=filled)


def fill_areas(raw: pd.DataFrame) -> pd.DataFrame:
    """The country's small areas with children everywhere (at least 1); `children_from` says whence."""
    median = raw.groupby("authority").children.transform("median")
    source = raw.children_from.mask(raw.children.isna(), "median")
    return raw.assign(children=raw.children.fillna(median).clip(lower=1), children_from=source)


def school_notes(schools: pd.DataFrame) -> Notes:
    """What is imputed or left blank in these packed schools."""
    blanks = {share: _flagged(schools, share) for share in SHARES.values()}
    how = "median of the authority's schools of the phase"
    notes = [note(f"{share} of {count} schools", how) for share, count in blanks.items() if count]
    if raised := _flagged(schools, RAISED):
        notes.append(note(f"fsm6_share of {raised} schools", "raised to the FSM share, published as higher"))
    return notes + _other_notes(schools)


def area_notes(areas: pd.DataFrame) -> Notes:
    """What is imputed in these packed areas."""
    notes = []
    for column, sources in (("deprivation", _DEPRIVATION), ("children", _CHILDREN)):
        counts = areas[f"{column}_from"].value_counts()
        notes += [
            note(f"{column} of {counts[source]} of {len(areas)} areas", how)
            for source, how in sources.items()
            if counts.get(source, 0)
        ]
    if count := int(areas.divided.sum()):
        how = "that of the nearest primary: their district holds schools of several authorities, none with most"
        notes.append(note(f"authority of {count} of {len(areas)} areas", how))
    return notes


def _flagged(schools: pd.DataFrame, flag: str) -> int:
    return int((schools.filled.to_numpy() >> FLAGS.index(flag) & 1).sum())


def _phase_median(raw: pd.DataFrame, share: str) -> pd.Series:
    """The share, blanks set to the median of the authority's schools of the phase (else the country's)."""
    local = raw.groupby(["la_code", "phase"])[share].transform("median")
    return raw[share].fillna(local).fillna(raw.groupby("phase")[share].transform("median"))


def _coordinates(raw: pd.DataFrame, areas: pd.DataFrame) -> dict[str, pd.Series]:
    """Coordinates (m); blanks take the centroid of the school's area, else the authority's median."""
    centroids = areas.set_index("code")
    medians = raw.groupby("la_code")[["easting", "northing"]].transform("median")
    return {
        axis: raw[axis].fillna(raw.lsoa11.map(centroids[axis])).fillna(medians[axis])
        for axis in ("easting", "northing")
    }


def _other_notes(schools: pd.DataFrame) -> Notes:
    """Blanks in kind, coordinates and results."""
    unrecorded = {column: int((schools[column] == "not_recorded").sum()) for column in ("religion", "school_type")}
    how = "blank in the data: kept as not_recorded"
    notes = [note(f"{column} of {count} schools", how) for column, count in unrecorded.items() if count]
    if count := _flagged(schools, LOCATED):
        notes.append(note(f"location of {count} schools", "centroid of the postcode's small area"))
    for phase in PHASES:
        if count := int(schools.published_result[schools.phase == phase].isna().sum()):
            notes.append(note(f"published_result of {count} {phase} schools", "none published: left empty"))
    return notes
