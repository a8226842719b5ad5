"""England of another year, made from the schools of 2019: a reconstruction, and marked as one.

Every school keeps its place, its ages and its standing among schools. What is moved is the level: rolls, shares of
groups and absence go to the national figures of the year, each school's log-odds by the same amount, and results
are spread as wide as they were. `data/<vintage>/national.yaml` holds the figures with source and grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit, ndtr

from schoolsim.parameters.sheets import read_sheet
from schoolsim.places.frame import YEAR_GROUP_COUNT, Country
from schoolsim.places.raw import OWN_ADMISSIONS

PLAIN = ("eal", "sen_support", "ehcp", "absence")
"""Shares that move in level alone; free meals also move in how unevenly schools share them."""

RESULT_YEARS = 3  # years of results behind the figures of a secondary school
_WIDE = 12.0  # log-odds: farther than any share of the country has to go
_CHURCH_OF_ENGLAND = "church_of_england"
_SECULAR = ("none", "not_recorded")
_SINCE = ("academy_converter", "academy_sponsor_led", "free_school")


@dataclass(frozen=True)
class Shift:
    """How shares of a phase are moved: log-odds times `slope`, plus `level`."""

    level: float
    slope: float = 1.0

    def __call__(self, shares: pd.Series) -> pd.Series:
        """The shares [n] moved; 0 and 1 stay what they are, and blanks blank."""
        return pd.Series(expit(self.slope * logit(shares.to_numpy()) + self.level), shares.index)


Shifts = Mapping[str, Mapping[str, Shift]]
"""By phase, then by share ("fsm", "eal", ...)."""


@cache
def past(vintage: str) -> dict[str, Any]:
    """The national figures of a vintage by name."""
    return {row.name: row.value for row in read_sheet(figures_file(vintage))}


def figures_file(vintage: str) -> Path:
    """Where the national figures of a vintage stand."""
    return Path(__file__).resolve().parents[1] / "data" / vintage / "national.yaml"


def backcast(country: Country, regions: Mapping[int, str], figures: Mapping[str, Any]) -> Country:
    """The country of 2019 carried back.

    Args:
        country: All schools and areas.
        regions: Region of each authority, by code.
        figures: National figures of the year (`past`).
    """
    factor = roll_factors(country.schools, regions, figures)
    schools = resized(country.schools, factor)
    schools = with_shares(schools, national_shifts(schools, figures))
    schools = schools.assign(**predecessors(schools), **results(schools, figures))
    homes = country.areas.authority.map(regions).map(figures["region_rolls"])
    level = factor.mul(country.schools.roll).sum() / homes.mul(country.areas.children).sum()
    kept = country.schools.roll.sum() / country.areas.children.sum()
    children = (country.areas.children * homes * level / kept).clip(lower=1)
    return Country(schools, country.areas.assign(children=children.round(1)))


def roll_factors(schools: pd.DataFrame, regions: Mapping[int, str], figures: Mapping[str, Any]) -> pd.Series:
    """Pupils then for one of 2019 [n]: regions against one another, each phase to its national roll."""
    regional = schools.authority.map(regions).map(figures["region_rolls"])
    unscaled = (regional * schools.roll).groupby(schools.phase).sum()
    return regional * schools.phase.map(pd.Series(figures["rolls"]) / unscaled)


def resized(schools: pd.DataFrame, factor: pd.Series) -> pd.DataFrame:
    """Schools with rolls, and the pupils behind their results, times a factor [n]; nobody's school is empty."""
    counts = {name: _whole(schools[name] * factor) for name in ("roll", "roll_published")}
    counts["roll_published"] = counts["roll_published"].clip(lower=counts["roll"])
    behind = {name: schools[name] * factor for name in ("attainment_pupils", "value_added_pupils")}
    cohort = (schools.ks2_cohort_2018 * factor).round().astype(schools.ks2_cohort_2018.dtype)
    return schools.assign(**counts, **behind, ks2_cohort_2018=cohort)


def national_shifts(schools: pd.DataFrame, figures: Mapping[str, Any]) -> Shifts:
    """What brings the whole country to its figures, by phase and share."""
    return {phase: _phase_shifts(rows, phase, figures) for phase, rows in schools.groupby("phase")}


def with_shares(schools: pd.DataFrame, shifts: Shifts) -> pd.DataFrame:
    """Schools with their shares moved; nobody is poor now who was not in the last six years."""
    moved = {
        f"{key}_share": pd.concat([shifts[p][key](rows[f"{key}_share"]) for p, rows in schools.groupby("phase")])
        for key in ("fsm", "fsm6", *PLAIN)
    }
    schools = schools.assign(**moved)
    return schools.assign(fsm6_share=schools[["fsm_share", "fsm6_share"]].max(axis=1))


def _phase_shifts(rows: pd.DataFrame, phase: str, figures: Mapping[str, Any]) -> dict[str, Shift]:
    weights = rows.roll
    poor = _uneven(rows.fsm_share, weights, figures["fsm"][phase], figures["fsm_dissimilarity"][phase])
    least = poor(rows.fsm_share)
    shifts = {key: Shift(_level(rows[f"{key}_share"], weights, figures[key][phase])) for key in PLAIN}
    ever = _level(rows.fsm6_share, weights, figures["fsm6"][phase], poor.slope, least)
    return {**shifts, "fsm": poor, "fsm6": Shift(ever, poor.slope)}


def _level(
    shares: pd.Series, weights: pd.Series, wanted: float, slope: float = 1.0, least: pd.Series | None = None
) -> float:
    """The level at which shares of this slope, none below `least`, have the wanted weighted mean."""
    known = shares.notna()
    log_odds, pupils = slope * logit(shares[known].to_numpy()), weights[known].to_numpy()
    floor = 0.0 if least is None else least[known].to_numpy()

    def miss(level: float) -> float:
        return float(np.average(np.maximum(expit(log_odds + level), floor), weights=pupils)) - wanted

    return float(brentq(miss, -_WIDE, _WIDE))


def _uneven(shares: pd.Series, weights: pd.Series, wanted: float, apart: float) -> Shift:
    """The shift to a mean and a dissimilarity."""

    def shift(slope: float) -> Shift:
        return Shift(_level(shares, weights, wanted, slope), slope)

    slope = brentq(lambda slope: dissimilarity(shift(slope)(shares), weights) - apart, 0.3, 3.0, xtol=1e-4)
    return shift(float(slope))


def dissimilarity(shares: pd.Series, weights: pd.Series) -> float:
    """Share of the poor (0-1) who would have to move for all schools to be alike."""
    poor, others = shares * weights, (1 - shares) * weights
    return float(0.5 * (poor / poor.sum() - others / others.sum()).abs().sum())


def predecessors(schools: pd.DataFrame) -> dict[str, Any]:
    """Legal forms [n] before academies and free schools, and which of them admitted their own pupils.

    Church schools go back to voluntary aided, primaries of the Church of England to controlled; selective
    converters to foundation, which stands for grant-maintained; all others to community.
    """
    since, faith = schools.school_type.isin(_SINCE), ~schools.religion.isin(_SECULAR)
    controlled = faith & (schools.religion == _CHURCH_OF_ENGLAND) & (schools.phase == "primary")
    kinds = [~since, controlled, faith, schools.selective]
    forms = [schools.school_type, "voluntary_controlled", "voluntary_aided", "foundation"]
    kind = pd.Series(np.select(kinds, forms, "community"), schools.index)
    return {"school_type": kind, "own_admissions": kind.isin(OWN_ADMISSIONS)}


def results(schools: pd.DataFrame, figures: Mapping[str, Any]) -> dict[str, pd.Series]:
    """Results [n] with every school's standing kept, secondaries spread as their shares of five good grades were.

    Attainment, value added and the printed result are multiplied by one factor round their mean over pupils;
    the mean becomes 0 (the printed result keeps its own). At 11 nothing is known of another spread: factor 1.
    """
    at_16 = schools.last_year == YEAR_GROUP_COUNT - 1
    known = schools[at_16 & schools.attainment_published.notna()]
    factor = stretch(known, figures["five_good_em"], figures["school_spread"])
    columns = {}
    for name in ("attainment", "value_added"):
        values, pupils = schools[f"{name}_published"], schools[f"{name}_pupils"]
        columns[f"{name}_published"] = _spread(values, pupils, at_16, factor, kept=0.0)
    columns["published_result"] = _spread(schools.published_result, schools.roll, at_16, factor, kept=1.0)
    return columns


def stretch(schools: pd.DataFrame, wanted: float, spread: float) -> float:
    """Factor on attainment at which schools' shares of pupils over the threshold have an SD of `spread`."""
    level = _centred(schools.attainment_published, schools.attainment_pupils)
    pupils = (schools.attainment_pupils / RESULT_YEARS).clip(lower=1)

    def miss(factor: float) -> float:
        shares = shares_over(factor * level, pupils, wanted)
        return float(np.sqrt(shares.var(ddof=0) + (shares * (1 - shares) / pupils).mean())) - spread

    return float(brentq(miss, 0.3, 1.8, xtol=1e-4))


def shares_over(level: pd.Series, pupils: pd.Series, wanted: float) -> pd.Series:
    """Share of each school's pupils [n] over the threshold that a share `wanted` of all reaches.

    Args:
        level: Mean attainment of schools, in national pupil SD round 0.
        pupils: In a year group (count).
        wanted: National share.
    """
    inside = np.sqrt(1 - np.average(level**2, weights=pupils))

    def shares(cut: float) -> pd.Series:
        return pd.Series(ndtr((level - cut) / inside), level.index)

    return shares(brentq(lambda cut: np.average(shares(cut), weights=pupils) - wanted, -4, 4))


def _spread(values: pd.Series, pupils: pd.Series, at_16: pd.Series, factor: float, *, kept: float) -> pd.Series:
    """Values times the factor at 16 (1 at 11) round the mean of each, of which a share is `kept`."""
    parts = []
    for mask, times in ((at_16, factor), (~at_16, 1.0)):
        centred = _centred(values[mask], pupils[mask])
        parts.append(times * centred + kept * (values[mask] - centred))
    return pd.concat(parts).reindex(values.index)


def _centred(values: pd.Series, pupils: pd.Series) -> pd.Series:
    known = values.notna()
    return values - np.average(values[known], weights=pupils[known]) if known.any() else values


def _whole(counts: pd.Series) -> pd.Series:
    return counts.round().clip(lower=1).astype(np.int32)
