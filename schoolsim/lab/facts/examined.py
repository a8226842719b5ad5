"""Figures of the facts about five good grades (S05, S07): English and maths among them, in one summer, as printed.

The school year 1996/97 is year 0 of a world that starts in 1997, so 2006 is year 9.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.rules import measures

START, LAST = 0, 9
GAP_YEARS = (START, LAST)
MARKS = (15, 20, 25, 30)
"""Percentages of a school's pupils that official counts of weak schools were made by."""
LEAST_PUPILS = 11
"""Pupils examined below which tables print no result of a school."""


def gap_in_good_grades(material: Material) -> Figures:
    """S07: how far pupils with free meals are behind others, as a share and in SD behind both shares."""
    figures: Figures = {}
    for year in GAP_YEARS:
        poor, others = shares_reached(material["examinations"], year)
        when = "_at_start" if year == START else ""
        figures |= {f"gap{when}": others - poor, f"gap_sd{when}": measures.probit_gap(poor, others)}
    return figures | {"reached": _share(_of_year(material["examinations"], LAST))}


def shares_reached(examinations: pd.DataFrame, *years: int) -> tuple[float, float]:
    """Shares of pupils with free meals, and of others, who reached the mark in some years."""
    rows = _of_year(examinations, *years)
    return _share(rows[rows["fsm"]]), _share(rows[~rows["fsm"]])


def _of_year(examinations: pd.DataFrame, *years: int) -> pd.DataFrame:
    return examinations[examinations["year"].isin(years)]


def _share(rows: pd.DataFrame) -> float:
    pupils = rows["pupils"].sum()
    return float(rows["reached"].sum() / pupils) if pupils else np.nan


def tail_of_schools(material: Material) -> Figures:
    """S05: the share of schools in which fewer pupils than each mark reached it at the start, and schools' SD."""
    rows = _of_year(material["examinations"], START)
    schools = rows.groupby("school")[["pupils", "reached"]].sum().query("pupils >= @LEAST_PUPILS")
    share = (schools["reached"] / schools["pupils"]).to_numpy(np.float64)
    if len(share) < measures.LEAST_MEMBERS:
        return dict.fromkeys((*(f"below_{mark}_1997" for mark in MARKS), "school_sd_1997"), np.nan)
    below = {f"below_{mark}_1997": float((share < mark / 100).mean()) for mark in MARKS}
    return below | {"school_sd_1997": float(share.std())}
