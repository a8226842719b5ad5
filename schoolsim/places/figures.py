"""Figures of each authority that no school carries: slack, first preferences, special schools.

They are packed with the authority. Figures of 2022 to 2025 come under the names of those years: an authority
that has been joined or divided since takes those of its successors, and what is blank is the region's.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from schoolsim.places.fill import Notes, note
from schoolsim.places.frame import PHASES
from schoolsim.places.names import PREDECESSORS
from schoolsim.places.raw import nearest_authority

SEPARATE = {"special": "special", "alternative": "pru_ap"}
FIGURES = ("slack", "first_preference")
SEPARATE_NOTE = "open in May 2025; counted here only, not simulated"
_CELLS = [f"{figure} {phase}" for figure in FIGURES for phase in PHASES]
_YEARS, _PUPILS = ([f"{cell} {what}" for cell in _CELLS] for what in ("year", "pupils"))
_MEANING = {"slack": "places over pupils", "first_preference": "share given their first preference"}


def authority_figures(places: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """Slack and first preferences of each authority in the latest year that has them.

    Args:
        places: Raw figures by authority and year.
        codes: Regions, indexed by the authorities' DfE codes of 2019.

    Returns:
        One row an authority, indexed by code: slack, first_preference (by phase), figures_year, figures_notes.
    """
    yearly = _yearly(places)
    latest = {code: _latest(yearly[code]) if code in yearly else {} for code in codes.index}
    table = pd.DataFrame.from_dict(latest, orient="index").reindex(columns=[*_CELLS, *_YEARS, *_PUPILS])
    filled = {cell: _regional(table[cell], table[f"{cell} pupils"], codes) for cell in _CELLS}
    rows: dict[Any, dict[str, Any]] = {}
    for code, own in table.iterrows():
        rows[code] = {
            figure: {phase: round(float(filled[f"{figure} {phase}"][code]), 4) for phase in PHASES}
            for figure in FIGURES
        }
        rows[code] |= {"figures_year": _years(own), "figures_notes": _notes(int(code), own[_CELLS].isna())}
    return pd.DataFrame.from_dict(rows, orient="index")


def separate_schools(opened: pd.DataFrame, areas: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """Special schools and alternative provision by authority (index): counts of schools and pupils.

    Args:
        opened: Raw register of open schools, under the authorities of its own year.
        areas: Small areas with `authority`, which place schools of authorities made since 2019.
        codes: Regions, indexed by code.
    """
    rows = opened[opened.school_type.isin(SEPARATE.values())].copy()
    newer = ~rows.la_code.isin(codes.index)
    if newer.any():
        rows.loc[newer, "la_code"] = nearest_authority(rows[newer], areas.assign(la_code=areas.authority))
    table = pd.DataFrame(index=codes.index)
    for name, kind in SEPARATE.items():
        mine = rows[rows.school_type == kind]
        schools = mine.groupby("la_code").size().reindex(codes.index, fill_value=0)
        pupils = mine.groupby("la_code").pupils.sum().reindex(codes.index, fill_value=0)
        table[name] = [{"schools": int(s), "pupils": int(p)} for s, p in zip(schools, pupils, strict=True)]
    return table


def statistical_codes(places: pd.DataFrame) -> dict[int, str]:
    """Statistical codes (E...) by DfE code, of the figures' own years."""
    known = places.dropna(subset=["new_la_code"]).drop_duplicates("LANumber")
    return dict(zip(known.LANumber.astype(int), known.new_la_code.astype(str), strict=True))


def _yearly(places: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """By authority of 2019: pupils, places and first preferences by year, the latest first."""
    rows = places[places.geographic_level == "Local authority"]
    numbers = {"code": rows.LANumber.astype(int), "Year": rows.Year}
    for phase in PHASES:
        pupils = pd.to_numeric(rows[f"{phase}_pupils"], errors="coerce")
        numbers[f"pupils {phase}"] = pupils
        numbers[f"places {phase}"] = pd.to_numeric(rows[f"{phase}_capacity"], errors="coerce")
        numbers[f"first {phase}"] = pd.to_numeric(rows[f"{phase}_first_pref_pct"], errors="coerce") / 100 * pupils
    table = pd.DataFrame(numbers)
    heirs: dict[int, list[int]] = {}
    for new, old in PREDECESSORS.items():
        for code in old:
            heirs.setdefault(code, []).append(new)
    found = {int(code): [int(code)] for code in table.code.unique()} | heirs
    return {
        code: table[table.code.isin(those)].drop(columns="code").groupby("Year").sum(min_count=len(those))[::-1]
        for code, those in found.items()
        if table.code.isin(those).any()
    }


def _latest(table: pd.DataFrame) -> dict[str, Any]:
    """The latest value of each figure that is known, its year and the pupils it is of."""
    found: dict[str, Any] = {}
    for figure, part in zip(FIGURES, ("places", "first"), strict=True):
        for phase in PHASES:
            known = (table[f"{part} {phase}"] / table[f"pupils {phase}"]).dropna()
            if len(known):
                cell, year = f"{figure} {phase}", known.index[0]
                pupils = table.at[year, f"pupils {phase}"]
                found |= {cell: known.iloc[0], f"{cell} year": year, f"{cell} pupils": pupils}
    return found


def _regional(values: pd.Series, weights: pd.Series, regions: pd.Series) -> pd.Series:
    """The values, blanks set to their region's mean over pupils (else the country's)."""
    by_region = (values * weights).groupby(regions).sum() / weights.groupby(regions).sum()
    country = (values * weights).sum() / weights.sum()
    return values.fillna(regions.map(by_region)).fillna(country)


def _years(own: pd.Series) -> dict[str, str]:
    """The year of each figure, that of the primaries first; "" if the authority has none."""
    years = {figure: own[[f"{figure} {phase} year" for phase in PHASES]].dropna() for figure in FIGURES}
    return {figure: str(found.iloc[0]) if len(found) else "" for figure, found in years.items()}


def _notes(code: int, blank: pd.Series) -> Notes:
    heirs = [str(new) for new, old in PREDECESSORS.items() if code in old]
    notes = []
    if heirs:
        how = f"those of the authorities it has become part of or been divided into since (codes {', '.join(heirs)})"
        notes.append(note("slack and first preferences", how))
    for figure in FIGURES:
        if phases := [phase for phase in PHASES if blank[f"{figure} {phase}"]]:
            what = f"{_MEANING[figure]}, {' and '.join(phases)}"
            notes.append(note(what, "the authority has no figure of its own: mean of its region's pupils"))
    return notes
