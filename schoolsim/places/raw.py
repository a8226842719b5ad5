"""Reading the raw open data: school files, small areas, authority figures, tidied but not yet filled in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from schoolsim.errors import InputError
from schoolsim.places.frame import LAST_PRIMARY_YEAR, YEAR_GROUP_COUNT

_FILES = {
    "primary": "primary_schools_2018_19.csv",
    "secondary": "secondary_schools_2018_19.csv",
    "areas": "lsoa_england_2011.csv.gz",
    "places": "la_school_places_2022_2025.csv",
    "open": "schools_open_2025_05.csv",
    "inspections": "ofsted_history_2005_2020.csv",
}
SHARES = {
    "pct_fsm": "fsm_share", "pct_fsm_ever6": "fsm6_share", "pct_eal": "eal_share",
    "pct_sen_support": "sen_support_share", "pct_ehcp": "ehcp_share", "pct_girls": "girls_share",
    "absence_pct": "absence_share",
}  # fmt: skip
OWN_ADMISSIONS = ("voluntary_aided", "foundation", "academy_converter", "academy_sponsor_led", "free_school")
_INCOME_BANDS = 100


def read_table(folder: Path, which: str) -> pd.DataFrame:
    """One raw file ("primary", "secondary", "areas", "places", "open" or "inspections") of the folder of raw data."""
    path = folder / _FILES[which]
    if not path.is_file():
        raise InputError("a raw data file is missing", file=path, allowed=sorted(_FILES.values()))
    return pd.read_csv(path, low_memory=False)


def read_schools(folder: Path) -> pd.DataFrame:
    """All mainstream schools of the country that teach any of reception to year 11, one row each.

    Raw columns stay; added are year groups, phase, `selective`, `own_admissions`, `ks4_cohort` (mean of two
    years), shares 0-1 and `published_result`. Schools without pupils or for ages from 16 only are left out.
    """
    both = pd.concat([read_table(folder, phase) for phase in ("primary", "secondary")], ignore_index=True)
    taught = both[(both.pupils > 0) & (both.age_low < 16)].sort_values("urn", ignore_index=True)
    return taught.assign(**_ages(taught), **_kinds(taught), **_figures(taught))


def read_areas(folder: Path) -> pd.DataFrame:
    """All small areas: code, district, centroid (m), children (NaN if blank) and deprivation (share 0-1).

    Deprivation is the published IDACI score where the files hold it, else low-income children over children,
    else the mean score of areas of like income rank; `deprivation_from` and `children_from` say which.
    """
    areas = read_table(folder, "areas")
    score, counted = (
        areas.idaci_score_2019,
        (areas.idaci_numerator / areas.children_0_15_census2021).clip(0, 0.9),
    )
    ranked = _by_income_rank(areas.income_rank, score.fillna(counted))
    deprivation = score.fillna(counted).fillna(ranked)
    source = np.select([score.notna(), counted.notna()], ["score", "count"], "income rank")
    published = areas.children_0_15_census2021
    children = published.fillna((areas.idaci_numerator / deprivation).round())
    return pd.DataFrame({
        "code": areas.lsoa11, "district": areas.lad19_code, "easting": areas.easting,
        "northing": areas.northing, "children": children,
        "children_from": np.where(published.isna(), "low-income children", "census"),
        "deprivation": deprivation, "deprivation_from": source,
    }).sort_values("code", ignore_index=True)  # fmt: skip


def authorities_of(areas: pd.DataFrame, schools: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The authority (code) of each small area, and whether its district is divided between authorities.

    A district belongs to the authority that runs most of its schools. Where none runs more than half
    (Bournemouth, Christchurch and Poole, joined in 2019, whose schools carry the codes of three
    predecessors), each area goes with the nearest primary of those authorities.
    """
    located = schools[["la_code", "lsoa11"]].merge(areas[["code", "district"]], left_on="lsoa11", right_on="code")
    counts = located.groupby("district").la_code.value_counts().unstack(fill_value=0)
    divided = areas.district.map(counts.max(axis=1) <= counts.sum(axis=1) / 2)
    whole = areas.district.map(counts.idxmax(axis=1))
    for district in areas.district[divided].unique():
        rows = areas.district == district
        mine = (schools.phase == "primary") & schools.la_code.isin(counts.columns[counts.loc[district] > 0])
        whole[rows] = nearest_authority(areas[rows], schools[mine])
    return whole, divided


def nearest_authority(points: pd.DataFrame, schools: pd.DataFrame) -> np.ndarray:
    """The authority (code) of the located school nearest to each point [n] (m)."""
    from scipy.spatial import cKDTree  # only packing needs it; loading a place should not wait for it

    located = schools.dropna(subset=["easting", "northing"])
    tree = cKDTree(located[["easting", "northing"]])
    return located.la_code.to_numpy()[tree.query(points[["easting", "northing"]])[1]]


def _ages(raw: pd.DataFrame) -> dict[str, pd.Series]:
    """Year groups from ages: reception (0) is age 4-5, so a lowest age of 2, 3, 4 or 5 starts in reception.

    Schools whose lowest age is given as 5 have as many pupils per year-6 pupil as those from 4: they have a
    reception class too, so 5 does not mean year 1.
    """
    first = (raw.age_low - 4).where(raw.age_low > 5, 0)
    last = (raw.age_high - 5).clip(upper=YEAR_GROUP_COUNT - 1)
    phase = pd.Series(np.where(last <= LAST_PRIMARY_YEAR, "primary", "secondary"), index=raw.index)
    return {"first_year": first, "last_year": last, "phase": phase}


def _kinds(raw: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        "school_type": raw.school_type.fillna("not_recorded"),
        "religion": raw.religion.fillna("not_recorded"),
        "gender": raw.gender.str.lower(),
        "selective": (raw.is_grammar == 1) | (raw.admissions == "selective"),
        "own_admissions": raw.school_type.isin(OWN_ADMISSIONS),
    }


def _figures(raw: pd.DataFrame) -> dict[str, pd.Series]:
    """Shares 0-1, and results of the latest year printed (2019 before 2018; key stage 2 has no later one)."""
    shares = {share: raw[percent] / 100 for percent, share in SHARES.items()}
    scores = pd.concat([raw.ks2_read_score_2018, raw.ks2_maths_score_2018], axis=1).mean(axis=1, skipna=False)
    cohort = raw[["ks4_cohort_2018", "ks4_cohort_2019"]].mean(axis=1)
    result = raw.att8_2019.fillna(raw.att8_2018).fillna(scores)
    return {**shares, "ks4_cohort": cohort, "published_result": result}


def _by_income_rank(rank: pd.Series, deprivation: pd.Series) -> pd.Series:
    """Deprivation expected at an income rank, from band means over the whole country."""
    known = pd.DataFrame({"rank": rank, "deprivation": deprivation}).dropna().sort_values("rank")
    band = np.arange(len(known)) * _INCOME_BANDS // max(len(known), 1)
    means = known.groupby(band).mean()
    return pd.Series(np.interp(rank, means["rank"], means["deprivation"]), index=rank.index)
