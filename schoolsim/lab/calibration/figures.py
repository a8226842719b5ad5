"""The figures that a calibration can be asked to meet, at the end of settling, over all its authorities.

Those of facts are the facts' own functions: of England on all pupils together, of one authority as the mean over
authorities. The three cohorts of S01 are those of the last three summers here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from schoolsim.lab.facts import local, pooled
from schoolsim.lab.facts.pooled import PRIMARY, SECONDARY, Figures, Material
from schoolsim.lab.facts.register import facts
from schoolsim.rules import grouping, measures
from schoolsim.rules.scale import sigma

SUMMERS = (-2, -1, 0)
"""Years looked at, from the last on."""

STAGES = (5, PRIMARY, SECONDARY)
LEAST_TESTED = 11  # Results of ten pupils or fewer are not published.
OF_ENGLAND: dict[str, Callable[[Material], Figures]] = {
    "S01": pooled.within_between, "S02": pooled.school_shares, "S03": pooled.inside_schools, "S09": pooled.gaps_by_age,
}  # fmt: skip
OF_AUTHORITIES: dict[str, Callable[[Material], Figures]] = {
    "D02": local.spread_of_results, "D03": local.poverty_and_results, "D07": local.absence_of_schools,
}  # fmt: skip
OTHERS = {
    "pupil_sd.5": "SD of pupils' true attainment at 5 over that of the nation (11 months)",
    "pupil_sd.11": "the same at 11 (17.5 months)",
    "pupil_sd.16": "the same at 16 (26.5 months)",
    "year_to_year.results_11": "correlation of schools' results at 11 with those of the year before",
    "year_to_year.results_16": "the same at 16",
    "year_to_year.value_added_11": "correlation of schools' value added at 11 with that of the year before",
    "year_to_year.value_added_16": "the same at 16",
}


@lru_cache(maxsize=1)
def known_figures() -> dict[str, str]:
    """Every figure by name, with its meaning."""
    register = facts()
    of_facts = {
        f"{fact}.{number.name}": number.meaning
        for fact in (*OF_ENGLAND, *OF_AUTHORITIES)
        for number in register[fact].numbers
        if fact in OF_ENGLAND or number.name.endswith("_0")
    }
    return of_facts | OTHERS


def figures(material: Material) -> Figures:
    """All figures by name; NaN for what these authorities cannot show.

    Args:
        material: `pupils`, `classes` and `schools` of the last three summers, with years from -2 to 0.
    """
    backwards = {look: material[look].assign(year=-material[look]["year"]) for look in ("pupils", "classes")}
    found = {f"{fact}.{name}": value for fact, one in OF_ENGLAND.items() for name, value in one(backwards).items()}
    found |= _mean_over_authorities(material["schools"])
    return found | _pupil_spread(material["pupils"]) | _year_to_year(material["pupils"])


def _mean_over_authorities(schools: pd.DataFrame) -> Figures:
    found: dict[str, list[float]] = {}
    for _, rows in schools.groupby("authority"):
        for fact, one in OF_AUTHORITIES.items():
            for name, value in one({"schools": rows}).items():
                found.setdefault(f"{fact}.{name}", []).append(value)
    return {name: _mean(values) for name, values in found.items() if name.endswith("_0")}


def _mean(values: list[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else np.nan


def _pupil_spread(pupils: pd.DataFrame) -> Figures:
    spread = pupils[pupils["year"] == 0].groupby("stage")["true"].std()
    return {f"pupil_sd.{stage}": float(spread.get(stage, np.nan)) / sigma(stage) for stage in STAGES}


def _year_to_year(pupils: pd.DataFrame) -> Figures:
    """Mean over pairs of neighbouring years of the correlation of schools' means, results and value added."""
    codes = grouping.compact(pupils["school"].to_numpy())[0]
    found: Figures = {}
    for stage in (PRIMARY, SECONDARY):
        yearly = [_school_means(pupils, codes, stage, year) for year in SUMMERS]
        for place, name in enumerate(("results", "value_added")):
            pairs = [measures.correlation(a[place], b[place]) for a, b in pairwise(yearly)]
            found[f"year_to_year.{name}_{stage}"] = _mean(pairs)
    return found


def _school_means(pupils: pd.DataFrame, codes: np.ndarray, stage: int, year: int) -> tuple[np.ndarray, np.ndarray]:
    """Results and value added of schools [j], months; NaN for those with too few tested."""
    here = ((pupils["stage"] == stage) & (pupils["year"] == year)).to_numpy()
    prior, measured = (pupils.loc[here, name].to_numpy(np.float64) for name in ("prior", "measured"))
    count = int(codes.max(initial=-1)) + 1
    tested = grouping.counts(codes[here], count)
    means = (grouping.means(kind, codes[here], count) for kind in (measured, measures.value_added(prior, measured)))
    results, added = (np.where(tested >= LEAST_TESTED, mean, np.nan) for mean in means)
    return results, added
