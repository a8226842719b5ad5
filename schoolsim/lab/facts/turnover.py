"""Figures of S15: who is no longer in the same school a year later, by the poverty of the school.

Fifths are of schools of a phase, over all authorities and by free meals. Three autumns are taken together. Differences
are between teachers of the poorest and of the least poor fifth alike in something, by one regression with an effect
for every cell of those alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.rules import grouping

AUTUMNS = (0, 1, 2, 3)
"""At the end of each of these years it is asked who is there; every pair of them is one autumn."""

AGE_BAND = 5
LEAST_POOR, POOREST = 0, 4


def turnover_by_poverty(material: Material) -> Figures:
    """S15: turnover in all, and from the least poor fifth to the poorest, as it is and given ages and place."""
    staff = material["staff"]
    rows = pd.concat([_a_year_later(staff, year) for year in AUTUMNS[:-1]], ignore_index=True)
    rates = {f"mean_{phase}": float(own["left"].mean()) for phase, own in rows.groupby("phase")}
    return {
        "mean": float(rows["left"].mean()), **{f"mean_{phase}": np.nan for phase in ("primary", "secondary")}, **rates,
        "raw": across_fifths(rows, "left", ["phase"]),
        "given_ages_and_place": across_fifths(rows, "left", ["phase", "authority", "age_band"]),
        "given_years_taught_too": across_fifths(rows, "left", ["phase", "authority", "age_band", "early"]),
        "leaving_the_profession": across_fifths(rows, "gone", ["phase"]),
    }  # fmt: skip


def _a_year_later(staff: pd.DataFrame, year: int) -> pd.DataFrame:
    """Own teachers at the end of a year: whether by the next they `left` their school, or are `gone` from all."""
    now, then = (staff[staff["year"] == one] for one in (year, year + 1))
    now = now[now["own"]].assign(fifth=lambda rows: _fifths(rows))
    key = ["authority", "teacher"]
    rows = now.merge(then[[*key, "school"]].rename(columns={"school": "next"}), on=key, how="left")
    bands = {"age_band": rows["age"] // AGE_BAND, "early": rows["experience"] < AGE_BAND}
    return rows.assign(left=rows["next"] != rows["school"], gone=rows["next"].isna(), **bands)


def _fifths(staff: pd.DataFrame) -> pd.Series:
    """The fifth of the schools of its phase that each teacher's school is in [n]: 0 least poor to 4 poorest."""
    schools = staff.drop_duplicates("school").set_index("school")
    fifth = schools.groupby("phase")["poor"].transform(lambda poor: grouping.fifths(poor.to_numpy()))
    return staff["school"].map(fifth)


def across_fifths(rows: pd.DataFrame, outcome: str, alike: Sequence[str]) -> float:
    """Share with an outcome in the poorest fifth less that in the least poor, given what they are `alike` in."""
    if not {LEAST_POOR, POOREST} <= set(rows["fifth"]):
        return np.nan
    poorer = sorted(set(rows["fifth"]) - {LEAST_POOR})
    columns = pd.DataFrame({"y": rows[outcome].astype(float)} | {f: (rows["fifth"] == f) * 1.0 for f in poorer})
    within = columns - columns.groupby([rows[name] for name in alike]).transform("mean")
    found, *_ = np.linalg.lstsq(within[poorer].to_numpy(), within["y"].to_numpy(), rcond=None)
    return float(found[-1])
