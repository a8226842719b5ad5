"""A user's own place: a folder with a table of schools and a table of areas, and perhaps a `place.yaml`.

What the tables may hold stands in `own_columns`; docs/places.md says it to users.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.errors import InputError, nearest
from schoolsim.places.england import national_shares
from schoolsim.places.facts import ALWAYS_IMPUTED, cannot_show, coverage, no_halo, pupil_facts
from schoolsim.places.fill import Notes, note
from schoolsim.places.frame import (
    AREA_COLUMNS,
    ATTRIBUTION,
    LAST_PRIMARY_YEAR,
    NO_NEIGHBOURS,
    PHASES,
    SCHOOL_COLUMNS,
    Place,
    conform,
    number_labels,
)  # fmt: skip
from schoolsim.places.inspections import NO_HISTORY, PAST
from schoolsim.places.names import stem_of
from schoolsim.places.own_columns import TABLES, Column
from schoolsim.places.own_tables import SUFFIXES, read_own, wrong
from schoolsim.places.raw import OWN_ADMISSIONS
from schoolsim.places.toytown import USUAL_SLACK
from schoolsim.vintages import PRESENT
from schoolsim.yaml_source import read_yaml

VINTAGE = "own"
USUAL_DEPRIVATION = 0.17  # children in low-income homes, mean over England's areas, weighted by children
SLACK_RANGE = (0.9, 3.0)  # places over pupils; authorities of England lie between 1.05 and 2.8
DESCRIPTION = "place.yaml"
_DEGREES = (180.0, 90.0)
_KEYS = ("title", "source", "slack")
_ABOUT_SCHOOLS_READ = ("roll", "shares", "missing schools")


def is_folder_name(name: str | Path) -> bool:
    """Whether a place is given as a folder: only a word with a slash (either way) can be one."""
    return isinstance(name, Path) or "/" in name or "\\" in name


def load_own(folder: str | Path, vintage: str = PRESENT) -> Place:
    """The place in a folder; blank shares take those of the country in this vintage.

    Raises:
        InputError: the folder or what is in it is not as docs/places.md says; the message names file and line.
    """
    folder = existing_folder(folder)
    told = _read_description(folder)
    title = told.get("title", folder.name)
    stem = stem_of(title) or "School"
    (file, read), (area_file, read_areas) = (read_own(folder, which) for which in TABLES)
    _check_schools(read, file)
    _check_areas(read_areas, area_file)
    schools, areas = _schools(read, stem, vintage), _areas(read_areas)
    notes = [*_notes(read, "schools"), *_notes(read_areas, "areas"), *_slack_note(told)]
    facts = _facts(told, title, stem, schools, notes)
    return Place(folder.name, title, stem, schools, areas, facts)


def existing_folder(folder: str | Path) -> Path:
    """The folder, resolved, if there is one."""
    if "\0" in str(folder) or not Path(folder).expanduser().exists():
        beside = Path(str(folder).replace("\0", "")).expanduser().absolute()
        names = [other.name for other in beside.parent.glob("*/")] if beside.parent.is_dir() else []
        raise InputError("cannot find this folder", file=folder, guess=nearest(beside.name, names))
    found = Path(folder).expanduser().resolve()
    if not found.is_dir():
        raise InputError("a place is a folder with two tables, not a file", file=folder)
    return found


def fingerprint(folder: str | Path) -> str:
    """A hash of what the folder says, so that results of an earlier version of it are never taken for its own."""
    names = [DESCRIPTION, *(f"{table}{suffix}" for table in TABLES for suffix in SUFFIXES)]
    digest = hashlib.sha256()
    for file in (existing_folder(folder) / name for name in names):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _read_description(folder: Path) -> dict[str, Any]:
    """`place.yaml`: title, source and slack (by phase), all optional."""
    if not (folder / DESCRIPTION).is_file():
        return {}
    source = read_yaml(folder / DESCRIPTION)
    for key, value in source.content.items():
        if key not in _KEYS:
            raise source.error("unknown key", (key,), allowed=_KEYS, guess=nearest(key, _KEYS))
        if key != "slack" and not (isinstance(value, str) and value.strip()):
            raise source.error("this is not text", (key,), found=value)
    low, high = SLACK_RANGE
    slack = source.content.get("slack", dict.fromkeys(PHASES, USUAL_SLACK))
    is_right = isinstance(slack, dict) and set(slack) == set(PHASES)
    if not is_right or not all(type(ratio) in (int, float) and low <= ratio <= high for ratio in slack.values()):
        allowed = f"primary and secondary, each places over pupils from {low} to {high}"
        raise source.error("the slack is not right", ("slack",), found=slack, allowed=allowed)
    return source.content


def _check_schools(read: pd.DataFrame, file: Path) -> None:
    """What no column tells alone."""
    checks = (
        (read.first_year > read.last_year, "last_year", "the last year group comes before the first"),
        (read.roll_published < read.roll, "roll_published", "fewer pupils of all ages than up to year 11"),
        (read.fsm6_share < read.fsm_share, "fsm6_share", "fewer pupils poor in six years than now"),
        (read.urn.duplicated() & (read.urn > 0), "urn", "another school has this number"),
    )
    for bad, column, what in checks:
        if bad.any():
            row = read.index[bad][0]
            raise wrong(file, row, column, what, found=f"{read.at[row, column]:g}")


def _check_areas(read: pd.DataFrame, file: Path) -> None:
    twice = read.code.duplicated() & read.code.notna()
    if twice.any():
        row = read.index[twice][0]
        raise wrong(file, row, "code", "another area has this code", found=read.at[row, "code"])
    if read.children.sum() <= 0:
        raise InputError("no children live in any area", file=file, key="children")
    east, north = (np.abs(read[axis].to_numpy()) for axis in ("easting", "northing"))
    if len(read) > 1 and east.max() <= _DEGREES[0] and north.max() <= _DEGREES[1]:
        what = "all areas lie within 200 metres: these look like degrees"
        raise InputError(what, file=file, key="easting and northing", allowed="metres on a flat grid")


def _schools(read: pd.DataFrame, stem: str, vintage: str) -> pd.DataFrame:
    """The schools table, blanks filled as `own_columns` says."""
    phase = pd.Series(np.where(read.last_year <= LAST_PRIMARY_YEAR, *PHASES), read.index)
    kind = read.school_type.fillna("community")
    cohort = read.roll / (read.last_year - read.first_year + 1)
    pupils = {
        f"{result}_pupils": read[f"{result}_pupils"]
        .fillna(cohort)
        .where(read[f"{result}_published"].notna(), 0.0)
        for result in ("attainment", "value_added")
    }
    full = read.assign(
        **_shares(read, phase, vintage), **pupils, **NO_NEIGHBOURS, phase=phase, school_type=kind,
        label=number_labels(stem, phase), urn=read.urn.fillna(0), authority=read.authority.fillna(0),
        real_name=read["name"].fillna(pd.Series([f"School {n}" for n in range(1, len(read) + 1)], read.index)),
        religion=read.religion.fillna("none"), gender=read.gender.fillna("mixed"),
        own_admissions=read.own_admissions.where(read.own_admissions.notna(), kind.isin(OWN_ADMISSIONS)),
        selective=read.selective.where(read.selective.notna(), False),
        roll_published=read.roll_published.fillna(read.roll),
    )  # fmt: skip
    return conform(full, SCHOOL_COLUMNS)


def _shares(read: pd.DataFrame, phase: pd.Series, vintage: str) -> dict[str, pd.Series]:
    """Shares 0-1 by school [n]; absence stays blank where it is."""
    by_phase = national_shares(vintage)
    nation = {key: phase.map({name: by_phase[name][key] for name in PHASES}) for key in by_phase["all"]}
    ratio = nation["fsm6"] / nation["fsm"]
    fsm = read.fsm_share.fillna(read.fsm6_share / ratio).fillna(nation["fsm"])
    fsm6 = read.fsm6_share.fillna((read.fsm_share * ratio).clip(upper=1)).fillna(nation["fsm6"])
    one_sex = read.gender.map({"girls": 1.0, "boys": 0.0}).astype(float)
    girls = read.girls_share.fillna(one_sex).fillna(nation["girls"])
    plain = {f"{key}_share": read[f"{key}_share"].fillna(nation[key]) for key in ("eal", "sen_support", "ehcp")}
    return {"fsm_share": fsm, "fsm6_share": fsm6, "girls_share": girls, **plain}


def _areas(read: pd.DataFrame) -> pd.DataFrame:
    codes = pd.Series([f"A{n:05d}" for n in range(1, len(read) + 1)], read.index)
    full = read.assign(
        code=read.code.fillna(codes), deprivation=read.deprivation.fillna(USUAL_DEPRIVATION),
        authority=read.authority.fillna(0), children=read.children.clip(lower=1), **NO_NEIGHBOURS,
    )  # fmt: skip
    return conform(full, AREA_COLUMNS)


def _notes(read: pd.DataFrame, which: str) -> Notes:
    """What was blank in the columns that tell of the world."""
    blanks = {column: _blanks(read, column) for column in TABLES[which] if column.imputed}
    return [
        note(f"{column.name} of {count} of {len(read)} {which}", column.default)
        for column, count in blanks.items()
        if count
    ]


def _blanks(read: pd.DataFrame, column: Column) -> int:
    """Blank cells; pupils behind a result are missed only where there is a result."""
    result = column.name.replace("_pupils", "_published")
    asked = read[result].notna() if column.name.endswith("_pupils") else True
    return int((read[column.name].isna() & asked).sum())


def _slack_note(told: dict[str, Any]) -> Notes:
    how = f"places over pupils taken as {USUAL_SLACK}, the usual ratio (P54)"
    return [] if "slack" in told else [note("slack", how)]


def _facts(told: dict[str, Any], title: str, stem: str, schools: pd.DataFrame, notes: Notes) -> dict[str, Any]:
    always = [note(what, how) for what, how in ALWAYS_IMPUTED.items() if what not in _ABOUT_SCHOOLS_READ]
    return {
        "title": title, "stem": stem, "vintage": VINTAGE, "notes": [],
        "attribution": f"{told.get('source', 'A place of your own')}; national shares: {ATTRIBUTION}",
        "slack": told.get("slack", dict.fromkeys(PHASES, USUAL_SLACK)),
        "first_preference": dict.fromkeys(PHASES),
        "pupils": pupil_facts(schools),
        "results": {phase: coverage(schools[schools.phase == phase]) for phase in PHASES},
        "imputed": [*always, note(PAST, NO_HISTORY), *notes], "cannot_show": cannot_show(schools), "halo": no_halo(),
        "national": national_shares(),
    }  # fmt: skip
