"""A place's schools in a comparison beside the published figures of the same schools, before any regime starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schoolsim.lab.compare import Comparison
from schoolsim.parameters import load_sheets
from schoolsim.places import load_place
from schoolsim.rules.measures import correlation
from schoolsim.rules.scale import STAGES

PUBLISHED_STAGES = (11, 16)
LEAST_SCHOOLS = 5  # fewer have a correlation, but it says nothing


@dataclass(frozen=True)
class Measure:
    """Something that is known of real schools.

    Attributes:
        value_format: how its numbers are shown.
        model: the column of the comparison's schools [n], joined with the place's.
        published: the same as published, NaN where it is not.
    """

    title: str
    value_format: str
    model: Callable[[pd.DataFrame], pd.Series]
    published: Callable[[pd.DataFrame], pd.Series]


def _stage(schools: pd.DataFrame) -> pd.Series:
    """The stage at which pupils leave each school [n]; 0 where none is published."""
    by_year = {STAGES[stage]: stage for stage in PUBLISHED_STAGES}
    return schools["last_year"].map(by_year).fillna(0).astype(int)


def _measured(schools: pd.DataFrame) -> pd.Series:
    """Results in SD of measured results, as publications have them: the record is in SD of true ones."""
    reliability = dict(zip(STAGES, load_sheets()["assessment.total_reliability"].value, strict=True))  # type: ignore[arg-type]
    scale = _stage(schools).map({stage: np.sqrt(reliability[stage]) for stage in PUBLISHED_STAGES})
    return schools["attainment_measured"] * scale


MEASURES = {
    "roll": Measure("Pupils on roll", ",.0f", lambda s: s["roll"], lambda s: s["own_roll"]),
    "fsm6": Measure("Free school meals in six years", ".0%", lambda s: s["fsm6_share"], lambda s: s["own_fsm6_share"]),
    "absence": Measure("Absence", ".1%", lambda s: 1.0 - s["attendance"], lambda s: s["absence_share"]),
    "results": Measure("Results (SD of pupils)", ".1f", _measured, lambda s: s["attainment_published"]),
}


def beside_published(comparison: Comparison) -> pd.DataFrame:
    """One row per measure and school: model (mean over worlds), model_low, model_high (range), published, phase.

    Worlds are those of both parameter sets at the end of settling (year 0), when no regime has begun. Schools that
    publish nothing, or have no leavers, are left out of the measure.

    Raises:
        InputError: the place is not known any more.
    """
    seen = comparison.schools
    start = seen[(seen["year"] == 0) & ~seen["in_halo"] & (seen["regime"] == comparison.manifest["baseline"])]
    place = load_place(comparison.manifest["place"]["name"]).schools
    own = place[["label", "roll", "fsm6_share", "absence_share", "attainment_published", "last_year"]]
    own = own.rename(columns={"label": "school", "roll": "own_roll", "fsm6_share": "own_fsm6_share"})
    joined = start.astype({"school": str, "phase": str}).merge(own, on="school", validate="many_to_one")
    return pd.concat([_of(name, measure, joined) for name, measure in MEASURES.items()], ignore_index=True)


def _of(name: str, measure: Measure, schools: pd.DataFrame) -> pd.DataFrame:
    rows = schools[["school", "phase"]].assign(model=measure.model(schools), published=measure.published(schools))
    groups = rows.dropna().groupby(["school", "phase"])
    span = groups["model"].agg(model="mean", model_low="min", model_high="max")
    return span.join(groups["published"].first()).reset_index().assign(measure=name)


def agreement(rows: pd.DataFrame) -> pd.DataFrame:
    """By measure and phase: schools (count), correlation (NaN below five schools), mean size of the difference."""
    found = [
        {"measure": name, "phase": phase, "schools": len(each), "correlation": _correlation(each),
         "difference": float((each["model"] - each["published"]).abs().mean())}
        for (name, phase), each in rows.groupby(["measure", "phase"], sort=False)
    ]  # fmt: skip
    return pd.DataFrame(found, columns=["measure", "phase", "schools", "correlation", "difference"])


def _correlation(rows: pd.DataFrame) -> float:
    if len(rows) < LEAST_SCHOOLS:
        return float("nan")
    return correlation(rows["model"].to_numpy(), rows["published"].to_numpy())
