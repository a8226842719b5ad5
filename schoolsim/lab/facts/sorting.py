"""Figures of S20: the status quo with free choice less the same worlds where neighbourhoods decide for ten years.

Both have the same children, luck and settling years. Dissimilarity is inside authorities, weighted by their pupils;
results and gaps are those of the last three summers together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from schoolsim.lab.facts import examined
from schoolsim.lab.facts.arms import under
from schoolsim.lab.facts.local import PHASES, WITHIN_SCHOOL_SD, over_summers
from schoolsim.lab.facts.pooled import SECONDARY, Figures, Material
from schoolsim.rules import measures

WITHOUT_CHOICE = "neighbourhood"
SPAN = 10
SUMMERS = (8, 9, 10)
LOWEST = 0.2


def sorted_by_choice(material: Material) -> Figures:
    """S20: differences that choice makes after ten years."""
    figures: Figures = {}
    for phase, suffix in zip(PHASES, ("_primary", ""), strict=True):
        figures[f"dissimilarity{suffix}"] = _apart(material, "schools", partial(_dissimilarity, phase=phase))
        figures[f"lowest_fifth_roll{suffix}"] = _roll_of_the_lowest(material, phase)
    figures["spread_of_results"] = _apart(material, "schools", _spread)
    figures["fsm_gap"] = _apart(material, "examinations", _gap)
    return figures


def _apart(material: Material, look: str, figure: Callable[[pd.DataFrame], float]) -> float:
    """The figure with choice less that without."""
    return figure(material[look]) - figure(material[under(look, WITHOUT_CHOICE)])


def _dissimilarity(schools: pd.DataFrame, phase: str) -> float:
    """Mean over authorities, by pupils, of the dissimilarity of schools of a phase by free meals."""
    here = schools[(schools["phase"] == phase) & (schools["year"] == SPAN)]
    rows = [
        (measures.dissimilarity(own["fsm"].to_numpy(), (own["roll"] - own["fsm"]).to_numpy()), own["roll"].sum())
        for _, own in here.groupby("authority")
    ]
    known = np.array([row for row in rows if np.isfinite(row[0])], np.float64)
    return float(np.average(known[:, 0], weights=known[:, 1])) if len(known) else np.nan


def _spread(schools: pd.DataFrame) -> float:
    """SD between schools of results at 16 over three summers, the luck of small cohorts taken off."""
    examining = over_summers(schools[schools["stage"] == SECONDARY], SPAN)
    means, tested = examining["result"].to_numpy(np.float64), examining["tested"].to_numpy(np.float64)
    return measures.noise_corrected_sd(means, tested, WITHIN_SCHOOL_SD)


def _gap(examinations: pd.DataFrame) -> float:
    poor, others = examined.shares_reached(examinations, *SUMMERS)
    return others - poor


def _roll_of_the_lowest(material: Material, phase: str) -> float:
    """Pupils of the schools with the lowest printed results of year 0, over those they have without choice, less one.

    They are a fifth of each authority's schools of the phase; below 0, choice takes pupils from them.
    """
    schools = material["schools"]
    begun = schools[(schools["phase"] == phase) & (schools["year"] == 0) & np.isfinite(schools["printed"])]
    lowest = begun[begun.groupby("authority")["printed"].rank(pct=True) <= LOWEST]["school"]
    chosen, given = (
        float(rows.loc[(rows["year"] == SPAN) & rows["school"].isin(lowest), "roll"].sum())
        for rows in (schools, material[under("schools", WITHOUT_CHOICE)])
    )
    return chosen / given - 1.0 if given else np.nan
