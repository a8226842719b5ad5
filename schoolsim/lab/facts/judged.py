"""Figures of the facts about inspection (S25, S29, D05, D06).

D05 and D06 set the model beside the packed history of the real schools; S25 follows stays in special measures by the
term; S29 sets schools that fail beside schools like them that do not.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.facts.local import MOMENTS
from schoolsim.lab.facts.looks_of_visits import TERMS_A_YEAR
from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.places.england import country
from schoolsim.places.inspections import GRADE_COUNT, history_by_number, national_record
from schoolsim.rules.inspection import GOOD, GRADES, OUTSTANDING
from schoolsim.rules.slopes import slope_within
from schoolsim.rules.survival import survival

MONTHS = 12
LAST_COHORT = 7
"""Stays that begin in years 1 to 7 are followed three years and more to the end of year 10."""

SURE = 2.0  # standard errors
WATCHED = tuple(range(11))
LATER = 4
"""Years over which grades held are compared: those of the framework in force in 2019, from 2015 on."""

THREAT_YEARS = (1, 2, 3, 4)
"""Schools that fail in these years are followed so many years from the summer before."""

AFTER = (1, 2, 3, 4)
THREAT_WATCHED = tuple(range(THREAT_YEARS[-1] + AFTER[-1]))
MATCHES = 5
"""Schools that each one that failed is compared with; fewer would be luck, more would be less alike."""


def time_in_measures(material: Material) -> Figures:
    """S25: how long schools stay in special measures, of those that enter in years 1 to 7."""
    every = material["spells"]
    stays = every[(every["began"] > 0) & (every["began"] <= LAST_COHORT * TERMS_A_YEAR)]
    over = (stays["ended"] >= 0).to_numpy()
    last = np.where(over, stays["ended"], stays["until"]).astype(float)
    lasted = survival((last - stays["began"].to_numpy(float)) / TERMS_A_YEAR, over)
    schools = every.drop_duplicates("authority")["schools"].sum()
    return {
        "mean_months": MONTHS * lasted.mean(),
        "over_one_year": lasted.beyond(1.0),
        "over_two_years": lasted.beyond(2.0),
        "over_three_years": lasted.beyond(3.0),
        "entering": len(stays) / LAST_COHORT / schools if schools else np.nan,
    }  # fmt: skip


def grade_on_poverty(material: Material) -> Figures:
    """D05: slope of grade on the share with free meals, inside phases, over that of the data, at each moment."""
    figures: Figures = {}
    for moment in MOMENTS:
        now = material["visited"].query("year == @moment")
        held = now["grade"].where(now["grade"] > 0)
        ours, _ = slope_within(now["poor"].to_numpy(), held.to_numpy(), now["phase"].to_numpy())
        figures[f"over_data_{moment}"] = ours / slope_of_data(now)
        figures[f"slope_{moment}"] = ours
    return figures


def slope_of_data(schools: pd.DataFrame) -> float:
    """The real schools' own slope of grade on poverty; England's where theirs is within two standard errors of none."""
    own_grade = schools["own_grade"].where(schools["own_grade"] > 0)
    own, error = slope_within(schools["own_poor"].to_numpy(), own_grade.to_numpy(), schools["phase"].to_numpy())
    return own if abs(own) >= SURE * error else slope_of_england()[0]


@cache
def slope_of_england() -> tuple[float, float]:
    """Slope of grade on the share with free meals over all schools of England, inside phases, and its error."""
    schools = country().schools
    grade = history_by_number(schools["urn"].to_numpy()).grade.astype(float)
    grade[grade == 0] = np.nan
    return slope_within(schools["fsm_share"].to_numpy(), grade, schools["phase"].to_numpy())


def visits_and_transitions(material: Material) -> Figures:
    """D06: years between visits over those of the history, and how far grades held go other ways in four years."""
    schools, record = material["visited"], national_record()
    between = years_between(schools)
    figures = {
        f"years_after_{name.replace(' ', '_')}": between[grade] / record["years_between"][grade]
        for grade, name in enumerate(GRADES)
    }
    ours, theirs = held_later(schools), np.array(record["held_four_years_later"], float)
    rows = {"kept_outstanding": ([OUTSTANDING], [OUTSTANDING]), "kept_good": ([GOOD], [OUTSTANDING, GOOD]),
            "improved": ([3, 4], [OUTSTANDING, GOOD])}  # fmt: skip
    shares = {name: share_going(ours, *cells) for name, cells in rows.items()}
    return figures | {"apart": rows_apart(ours, theirs)} | shares


def years_between(schools: pd.DataFrame) -> np.ndarray:
    """Mean years from one visit to the next by the grade of the first [4], of visits seen from year to year."""
    rows = schools.sort_values(["school", "year"])
    before = rows.groupby("school")[["found", "grade"]].shift(1)
    visit = (rows["found"] > before["found"]) & (before["grade"] > 0)
    years = (rows["found"] - before["found"])[visit].astype(float)
    means = years.groupby(before["grade"][visit].astype(int)).mean()
    return means.reindex(range(1, GRADE_COUNT + 1)).to_numpy(float)


def held_later(schools: pd.DataFrame) -> np.ndarray:
    """Schools by the grade held at the end of a year (rows) and four years later (columns), all years in one [4, 4]."""
    now = schools.set_index(["school", "year"])["grade"]
    now = now[now > 0]
    then = now.rename("then").reset_index().assign(year=lambda rows: rows["year"] - LATER)
    both = now.rename("now").reset_index().merge(then, on=["school", "year"])
    cells = (both["now"].to_numpy(int) - 1) * GRADE_COUNT + both["then"].to_numpy(int) - 1
    return np.bincount(cells, minlength=GRADE_COUNT**2).reshape(GRADE_COUNT, GRADE_COUNT)


def rows_apart(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Share of schools that would have to go another way for two tables [4, 4] to be alike, row by row.

    Rows weigh what they weigh in the second table; a row nobody is in, in either, is left out. NaN when none is left.
    """
    weight = np.where((ours.sum(axis=1) > 0) & (theirs.sum(axis=1) > 0), theirs.sum(axis=1), 0.0)
    if not weight.sum():
        return np.nan
    shares = [table / np.maximum(table.sum(axis=1, keepdims=True), 1) for table in (ours, theirs)]
    return float(np.average(0.5 * np.abs(shares[0] - shares[1]).sum(axis=1), weights=weight))


def share_going(table: np.ndarray, grades: list[int], later: list[int]) -> float:
    """Of the schools that held one of some grades, the share that holds one of others later; NaN without any."""
    rows = table[np.array(grades) - 1].sum(axis=0)
    return float(rows[np.array(later) - 1].sum() / rows.sum()) if rows.sum() else np.nan


def trust_under_threat(material: Material) -> Figures:
    """S29: trust and hours of working together in schools that fail, against schools like them, year by year."""
    schools = material["visited"]
    spread = float(schools.query("year == 0").groupby("phase")["trust"].std().mean())
    found = [after_failing(schools, year) for year in THREAT_YEARS]
    rows = pd.concat(found, ignore_index=True).groupby("after")[["trust", "hours"]].mean()
    rows = rows.reindex(AFTER)
    return {
        **{f"trust_{after}": float(rows["trust"][after]) / spread for after in AFTER},
        **{f"hours_{after}": float(np.expm1(rows["hours"][after])) for after in AFTER},
        "failing": float(sum(len(part) for part in found) / len(AFTER)),
    }


def after_failing(schools: pd.DataFrame, year: int) -> pd.DataFrame:
    """Schools that fail in a year beside schools like them that do not: how much more each has changed since before.

    Like them are the `MATCHES` schools of the phase and grade nearest in poverty at the end of the year before, in
    special measures neither then nor a year later. Returns one row a school and year `after` (1 is the
    end of the year it fails in): change of `trust` and of the log of `hours`, less the mean change of the others.
    """
    at = {after: schools[schools["year"] == year - 1 + after].set_index("school") for after in (0, *AFTER)}
    clear = at[0][~at[0]["in_measures"].astype(bool) & at[0].index.isin(at[1].index)]
    in_them = at[1]["in_measures"].reindex(clear.index).astype(bool)
    failed, others = clear[in_them], clear[~in_them]
    rows = []
    for school, one in failed.iterrows():
        alike = others[(others["phase"] == one["phase"]) & (others["grade"] == one["grade"])]
        nearest = (alike["poor"] - one["poor"]).abs().sort_values(kind="stable").index[:MATCHES]
        if not len(nearest):
            continue
        rows += [(after, *_apart(at[0], at[after], school, nearest)) for after in AFTER]
    return pd.DataFrame(rows, columns=["after", "trust", "hours"])


def _apart(before: pd.DataFrame, then: pd.DataFrame, school: Any, others: pd.Index) -> tuple[float, float]:
    """Change of trust, and of the log of hours, of a school less the mean change of others."""
    own = pd.Index([school])
    trust = [then["trust"].reindex(who) - before["trust"].reindex(who) for who in (own, others)]
    hours = [np.log(then["hours"].reindex(who)) - np.log(before["hours"].reindex(who)) for who in (own, others)]
    return tuple(float(mine.mean() - theirs.mean()) for mine, theirs in (trust, hours))  # type: ignore[return-value]
