"""Figures of the facts about who goes where (S16, S17), over the authorities of the pool.

Numbers of single authorities are weighted by their pupils, as in national figures.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.rules import measures
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

TRANSFERS = {"primary": 0, "secondary": FIRST_SECONDARY_YEAR}
"""The year group that families choose a school for, by phase."""


def preferences_met(material: Material) -> Figures:
    """S16: how many go to the nearest secondary, and how far first preferences met are from the authority's own."""
    entrants = material["entrants"]
    of_phase = {phase: entrants[entrants["year_group"] == entered] for phase, entered in TRANSFERS.items()}
    figures = {"nearest": _mean_of_pupils(of_phase["secondary"], "nearest_school_share")}
    for phase, rows in of_phase.items():
        told = rows[np.isfinite(rows["own_first_preference_share"] + rows["first_preference_share"])]
        apart = (told["first_preference_share"] - told["own_first_preference_share"]).to_numpy(np.float64)
        figures[f"first_preference_{phase}"] = float(np.median(np.abs(apart))) if len(apart) else np.nan
        figures[f"first_preference_{phase}_bias"] = float(apart.mean()) if len(apart) else np.nan
    return figures


def _mean_of_pupils(rows: pd.DataFrame, figure: str) -> float:
    known = rows[np.isfinite(rows[figure])]
    return float(np.average(known[figure], weights=known["admitted"])) if len(known) else np.nan


def schools_over_streets(material: Material) -> Figures:
    """S17: dissimilarity by free meals of schools over that of the same pupils' home wards, by phase."""
    seats = material["seats"]
    return {
        phase: _ratio([_both(rows) for _, rows in seats[seats["phase"] == phase].groupby("authority")])
        for phase in TRANSFERS
    }


def _both(seats: pd.DataFrame) -> tuple[float, float, float]:
    """Dissimilarity of schools, that of home wards, and pupils, of one authority."""
    schools, areas = (_dissimilarity(seats, by) for by in ("school", "ward"))
    return schools, areas, float(seats["pupils"].sum())


def _ratio(authorities: list[tuple[float, float, float]]) -> float:
    """Mean dissimilarity of schools over the mean of home wards, where both are known."""
    known = [row for row in authorities if np.isfinite(row).all()]
    if not known:
        return np.nan
    schools, areas, pupils = np.array(known).T
    homes = float(np.average(areas, weights=pupils))
    return float(np.average(schools, weights=pupils)) / homes if homes > 0 else np.nan


def _dissimilarity(seats: pd.DataFrame, by: str) -> float:
    counts = seats.groupby(by)[["poor", "pupils"]].sum()
    return measures.dissimilarity(counts["poor"].to_numpy(), (counts["pupils"] - counts["poor"]).to_numpy())
