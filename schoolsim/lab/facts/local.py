"""Figures of the facts about one authority (D01 to D04, D07): its schools beside the same schools in the data.

Results are those of three summers together, as the published ones are: up to the year itself, at the start those
of settling. Model and data go through the same estimator, over the schools that have a published result.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.rules import measures

MADE = -99
"""In place of a year: the moment at which a world is made, before its settling years."""

MOMENTS = (0, 3, 10)
SUMMERS = 3
KEY_STAGES = {"ks2": 11, "ks4": 16}
PHASES = ("primary", "secondary")
WITHIN_SCHOOL_SD = 0.92  # of pupils' results in pupil SD: all but a between-school share of 15% (E009)
LEAST_TOLERANCE, STANDARD_ERRORS = 0.1, 2.0
NEAR = 0.003  # 0.3 pp of absence
LEAST_SCHOOLS = 3

At = Callable[[pd.DataFrame], float]


def schools_there(material: Material) -> Figures:
    """D01: largest difference of any school from its own figures, before anything has happened."""
    made = material["schools"].query("year == @MADE")
    apart = {name: _largest(made[name] - made[f"own_{name}"]) for name in ("roll", "fsm", "eal", "sen_support", "ehcp")}
    return {"missing_schools": float(((made["roll"] == 0) & (made["own_roll"] > 0)).sum()), **apart}


def _largest(difference: pd.Series) -> float:
    return float(difference.abs().max())


def spread_of_results(material: Material) -> Figures:
    """D02: SD between schools with the luck of small cohorts taken off, over that of the data."""
    return _by_stage(material, KEY_STAGES, _spread_ratio)


def _spread_ratio(schools: pd.DataFrame) -> float:
    own = measures.noise_corrected_sd(
        schools["own_result"].to_numpy(), schools["own_tested"].to_numpy(), WITHIN_SCHOOL_SD
    )
    ours = measures.noise_corrected_sd(schools["result"].to_numpy(), schools["tested"].to_numpy(), WITHIN_SCHOOL_SD)
    return ours / own if own > 0 else np.nan


def poverty_and_results(material: Material) -> Figures:
    """D03: correlation of FSM share and results less that of the data, over what the data allow."""
    figures = _by_stage(material, KEY_STAGES, _correlation_apart)
    open_to_all = {"schools": material["schools"].query("not selective")}
    without = _by_stage(open_to_all, {"ks4_without_selective": KEY_STAGES["ks4"]}, _correlation_apart)
    return figures | without


def _correlation_apart(schools: pd.DataFrame) -> float:
    if len(schools) < LEAST_SCHOOLS:
        return np.nan
    own_share = schools["own_fsm"].to_numpy() / schools["own_roll"].to_numpy()
    own = measures.correlation(own_share, schools["own_result"].to_numpy())
    ours = measures.correlation(schools["fsm"].to_numpy() / schools["roll"].to_numpy(), schools["result"].to_numpy())
    error = (1.0 - own**2) / np.sqrt(len(schools) - 1.0)
    return float((ours - own) / max(LEAST_TOLERANCE, STANDARD_ERRORS * error))


def _by_stage(material: Material, stages: dict[str, int], figure: At) -> Figures:
    """A figure of the schools with a result, for each key stage at each moment."""
    schools = material["schools"]
    return {
        f"{name}_{moment}": figure(three_summers(schools[schools["stage"] == stage], moment))
        for name, stage in stages.items()
        for moment in MOMENTS
    }


def three_summers(schools: pd.DataFrame, moment: int) -> pd.DataFrame:
    """The same as `over_summers` for schools that have a published result too."""
    joined = over_summers(schools, moment)
    known = np.isfinite(joined["own_result"]) & (joined["own_tested"] > 0) & (joined["roll"] > 0)
    return joined[known]


def over_summers(schools: pd.DataFrame, moment: int) -> pd.DataFrame:
    """One row a school with results: `result` and `tested` over three summers, the rest as at the moment."""
    recent = schools[(schools["year"] > moment - SUMMERS) & (schools["year"] <= moment) & (schools["tested"] > 0)]
    sums = recent.assign(points=recent["result"] * recent["tested"]).groupby("school")[["points", "tested"]].sum()
    now = schools[schools["year"] == moment].set_index("school").drop(columns=["result", "tested"])
    joined = now.join(sums, how="inner")
    joined["result"] = joined["points"] / joined["tested"]
    return joined


def segregation_by_poverty(material: Material) -> Figures:
    """D04: dissimilarity by free meals less that of the data; by FSM6 reported beside it."""
    schools, names = material["schools"], {"": "fsm", "_fsm6": "fsm6"}
    return {
        f"{phase}{suffix}_{moment}": _dissimilarity_apart(_of(schools, phase, moment), group)
        for suffix, group in names.items()
        for phase in PHASES
        for moment in MOMENTS
    }


def _of(schools: pd.DataFrame, phase: str, moment: int) -> pd.DataFrame:
    return schools[(schools["phase"] == phase) & (schools["year"] == moment)]


def _dissimilarity_apart(schools: pd.DataFrame, group: str) -> float:
    ours, own = (
        measures.dissimilarity(schools[poor].to_numpy(), (schools[roll] - schools[poor]).to_numpy())
        for poor, roll in ((group, "roll"), (f"own_{group}", "own_roll"))
    )
    return ours - own


def absence_of_schools(material: Material) -> Figures:
    """D07: differences of schools' absence from their own.

    One year of a school of 100 pupils differs from its lasting level by about half a point through luck alone. So
    the typical difference is scored, and the share of schools within 0.3 pp and two standard errors of its own.
    """
    schools = material["schools"]
    figures: Figures = {}
    for moment in MOMENTS:
        now = schools[(schools["year"] == moment) & (schools["roll"] > 0) & np.isfinite(schools["own_absence"])]
        apart = (now["absence"] - now["own_absence"]).abs().to_numpy()
        allowed = NEAR + STANDARD_ERRORS * (now["absence_sd"] / np.sqrt(now["roll"])).to_numpy()
        figures[f"typical_difference_{moment}"] = float(np.median(apart)) if len(apart) else np.nan
        figures[f"share_near_{moment}"] = float((apart <= allowed).mean()) if len(apart) else np.nan
        figures[f"ninth_in_ten_{moment}"] = float(np.quantile(apart, 0.9)) if len(apart) else np.nan
    return figures
