"""Model beside publication: one row for each world, moment, measure and school, and what these add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schoolsim.lab.facts.local import MADE, MOMENTS, SUMMERS, WITHIN_SCHOOL_SD
from schoolsim.parameters import load_sheets
from schoolsim.rules import measures

MEAN_DISTANCE = np.sqrt(2.0 / np.pi)  # mean size of a normal deviation, in SD
LEAST_SCHOOLS = 3
LEAST_PUPILS = 10  # shares of fewer say nothing; some schools dwindle

Columns = dict[str, pd.Series]


@dataclass(frozen=True)
class Measure:
    """Something that is known of real schools.

    Attributes:
        title: As printed.
        value_format: How its numbers are shown.
        stage: Only schools whose last published stage it is; 0 for all schools.
        compared: Of the schools of one world at one moment: `model`, `published`, and `luck`, the variance that
            is expected of their difference although the school is just as published (NaN: none).
    """

    title: str
    value_format: str
    stage: int
    compared: Callable[[pd.DataFrame], Columns]

    @property
    def share(self) -> bool:
        """Whether it is a share of pupils or sessions, printed in percent."""
        return "%" in self.value_format


def _results(seen: pd.DataFrame) -> Columns:
    within = WITHIN_SCHOOL_SD**2
    return {"model": seen["result"], "published": seen["own_result"],
            "luck": within / seen["own_tested"] + within / seen["tested"]}  # fmt: skip


def _value_added(seen: pd.DataFrame) -> Columns:
    """Both round the mean of the schools compared: the model's line is that of the place, the real one England's."""
    within = float(load_sheets()["start.value_added_within"].value)
    known = seen[["value_added", "own_value_added"]].notna().all(axis=1)
    model, published = (seen[name] - seen.loc[known, name].mean() for name in ("value_added", "own_value_added"))
    luck = within / seen["own_value_added_tested"] + within / seen["tested"]
    return {"model": model, "published": published, "luck": luck}


def _share(group: str) -> Callable[[pd.DataFrame], Columns]:
    def compared(seen: pd.DataFrame) -> Columns:
        return {"model": seen[group] / seen["roll"], "published": seen[f"own_{group}"] / seen["own_roll"],
                "luck": pd.Series(np.nan, seen.index)}  # fmt: skip

    return compared


def _absence(seen: pd.DataFrame) -> Columns:
    once = seen["absence_sd"] ** 2 / seen["roll"]  # the published year's own luck is taken for the school's
    return {"model": seen["absence"], "published": seen["own_absence"], "luck": once}


MEASURES = {
    "results_11": Measure("Results at 11 (SD of pupils)", ".1f", 11, _results),
    "results_16": Measure("Results at 16 (SD of pupils)", ".1f", 16, _results),
    "value_added_11": Measure("Value added at 11 (SD of pupils, round the place's mean)", ".1f", 11, _value_added),
    "value_added_16": Measure("Value added at 16 (SD of pupils, round the place's mean)", ".1f", 16, _value_added),
    "fsm": Measure("Free school meals now (share of pupils)", ".0%", 0, _share("fsm")),
    "fsm6": Measure("Free school meals in six years (share of pupils)", ".0%", 0, _share("fsm6")),
    "absence": Measure("Absence (share of sessions)", ".0%", 0, _absence),
}


def compared(seen: pd.DataFrame) -> pd.DataFrame:
    """Long form of what was seen of a place's schools: seed, moment, measure, school, phase, model, published, luck."""
    parts = [
        _of_measure(name, measure, world, moment).assign(seed=seed)
        for seed, world in seen.groupby("seed")
        for moment in MOMENTS
        for name, measure in MEASURES.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _of_measure(name: str, measure: Measure, world: pd.DataFrame, moment: int) -> pd.DataFrame:
    now = three_summers(world, moment)
    now = now[now["stage"] == measure.stage] if measure.stage else now
    now = now[now["tested" if measure.stage else "roll"] >= LEAST_PUPILS]
    table = pd.DataFrame(measure.compared(now)).assign(measure=name, moment=moment)
    table[["school", "phase"]] = now[["label", "phase"]]
    return table[table[["model", "published"]].notna().all(axis=1)]


def three_summers(world: pd.DataFrame, moment: int) -> pd.DataFrame:
    """Schools as at the moment; results and value added of three summers together, weighted by pupils tested."""
    recent = world[(world["year"] > moment - SUMMERS) & (world["year"] <= moment) & (world["tested"] > 0)]
    points = recent[["result", "value_added"]].mul(recent["tested"], axis=0)
    sums = points.assign(tested=recent["tested"], school=recent["school"]).groupby("school").sum(min_count=1)
    now = world[world["year"] == moment].set_index("school").drop(columns=["result", "value_added", "tested"])
    return now.join(sums.assign(**{name: sums[name] / sums["tested"] for name in ("result", "value_added")}))


def by_school(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a school: what is published, and the mean and range over worlds of what the model has."""
    groups = rows.groupby(["school", "phase"])
    span = groups["model"].agg(model="mean", model_low="min", model_high="max")
    return span.join(groups["published"].mean()).reset_index()


def summary(rows: pd.DataFrame) -> dict[str, float]:
    """What the rows of one measure at one moment add up to; correlations and spreads are of single worlds."""
    worlds = [world for _, world in rows.groupby("seed") if len(world) >= LEAST_SCHOOLS]
    related = [measures.correlation(world["model"].to_numpy(), world["published"].to_numpy()) for world in worlds]
    correlations = np.array(related or [np.nan])
    of_two = rows.pivot_table(index="school", columns="seed", values="model")
    return {
        "schools": int(rows["school"].nunique()),
        "correlation": float(correlations.mean()),
        "correlation_low": float(correlations.min()),
        "correlation_high": float(correlations.max()),
        "of_two_worlds": measures.mean_correlation(of_two.to_numpy()),
        "difference": float((rows["model"] - rows["published"]).abs().mean()),
        "luck": float((MEAN_DISTANCE * np.sqrt(rows["luck"][np.isfinite(rows["luck"])])).mean()),
        "sd_published": _mean_spread(worlds, "published"),
        "sd_model": _mean_spread(worlds, "model"),
    }


def _mean_spread(worlds: list[pd.DataFrame], column: str) -> float:
    return float(np.mean([world[column].std() for world in worlds])) if worlds else np.nan


def apart_as_made(seen: pd.DataFrame) -> float:
    """Most pupils by which any school differs from its published self, in any group, before anything happens."""
    made = seen[seen["year"] == MADE]
    groups = ("roll", "fsm", "fsm6", "eal", "sen_support", "ehcp")
    return float(max((made[name] - made[f"own_{name}"]).abs().max() for name in groups))
