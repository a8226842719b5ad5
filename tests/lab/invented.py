"""An invented comparison with the shape of a real one: every number here is made up and means nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from schoolsim.lab import headlines

REGIMES = {"stand-still": 0.0, "neighbourhood-allocation": 1.0, "open-enrolment-without-tables": 0.25}
TITLES = {
    "stand-still": "Stand-still",
    "neighbourhood-allocation": "Neighbourhood allocation without tables",
    "open-enrolment-without-tables": "Open enrolment without tables",
}
STARTS = {5: 0.39, 7: 0.45, 11: 0.53, 14: 0.61, 16: 0.68}
MONTHS = {5: 11.0, 7: 12.9, 11: 17.5, 14: 22.9, 16: 26.5}
SHARES = {"school": 0.08, "department": 0.05, "class": 0.10, "pupil": 0.70, "pupil_subject": 0.07}
RECORDED = ("fsm6", "fsm", "boys", "indian", "black_caribbean", "eal", "sen", "in_care", "mobile", "fsm6&boys")


def metrics(replicates: int = 10, years: int = 10, seed: int = 3) -> pd.DataFrame:
    """The long metrics frame of an invented comparison of three regimes."""
    rows: list[tuple] = []
    for parameter_set in ("drawn", "fixed"):
        for replicate in range(replicates):
            rng = np.random.default_rng([seed, replicate, parameter_set == "drawn"])
            strength = rng.normal(1.0, 0.45) if parameter_set == "drawn" else 1.0
            luck = rng.normal(0, 1, size=years + 1)
            for regime, dose in REGIMES.items():
                own = rng.normal(0, 1, size=years + 1)
                for year in range(years + 1):
                    push = dose * strength * (1 - np.exp(-year / 4))
                    key = (regime, replicate, parameter_set, year)
                    rows += [(*key, *row) for row in _year(push, luck[year], own[year])]
    return pd.DataFrame(rows, columns=["regime", "replicate", "parameter_set", "year", *_CELL, "value"])


_CELL = ["metric", "phase", "stage", "group", "basis"]


def _year(push: float, luck: float, own: float) -> list[tuple]:
    return [*_groups(push, luck, own), *_levels(push, luck, own), *_system(push, luck, own)]


def _groups(push: float, luck: float, own: float) -> Iterator[tuple]:
    for index, group in enumerate(RECORDED):
        for stage, start in STARTS.items():
            weight, phase = stage / 16 / (1 + index), headlines.phase_of(stage)
            gap = start / (1 + 0.4 * index) - 0.05 * push * weight + 0.02 * luck + 0.006 * own
            mean = -0.5 * start + 0.04 * push * weight + 0.01 * luck + 0.004 * own
            for basis, noise in (("true", 1.0), ("measured", 0.97)):
                yield headlines.GAP, phase, stage, group, basis, gap * noise
                yield headlines.GAP_MONTHS, phase, stage, group, basis, gap * noise * MONTHS[stage]
                yield headlines.MEAN, phase, stage, group, basis, mean
                yield headlines.REST_MEAN, phase, stage, group, basis, mean + gap
                yield "gap_threshold", phase, stage, group, basis, gap * 0.4


def _levels(push: float, luck: float, own: float) -> Iterator[tuple]:
    for stage in headlines.LEAVING_STAGES:
        phase = headlines.phase_of(stage)
        yield headlines.MEAN, phase, stage, "all", "true", 0.012 * push * stage / 16 + 0.01 * luck + 0.003 * own
        yield f"share_authority{headlines.RAW}", phase, stage, "all", "true", np.nan
        for kind, factor in ((headlines.RAW, 1.0), (headlines.VALUE_ADDED, 0.8)):
            school = factor * (SHARES["school"] - 0.02 * push + 0.004 * luck + 0.001 * own)
            yield f"total_school_share{kind}", phase, stage, "all", "true", 1.3 * school
            levels = SHARES if stage == 16 else {name: SHARES[name] for name in ("school", "class", "pupil")}
            for level in levels:
                share = school if level == "school" else SHARES[level] * (1 - school) / (1 - SHARES["school"])
                yield f"share_{level}{kind}", phase, stage, "all", "true", share
            for index, ratio in enumerate(headlines.RATIOS):
                yield ratio + kind, phase, stage, "all", "true", (1 - school) / school / (1 + 3 * index)


def _system(push: float, luck: float, own: float) -> Iterator[tuple]:
    for phase in ("primary", "secondary"):
        yield "dissimilarity", phase, 0, "fsm6", "", 0.32 - 0.04 * push + 0.008 * luck + 0.002 * own
        yield "roll_polarisation", phase, 0, "all", "", 0.11 - 0.01 * push + 0.004 * luck + 0.002 * own
        yield "first_preference_share", phase, 0, "all", "", 0.83 - 0.05 * push + 0.01 * own
        yield "nearest_school_share", phase, 0, "all", "", 0.6 + 0.2 * push + 0.01 * own
        yield "attendance", phase, 0, "all", "", 0.945 + 0.001 * own


def schools(replicates: int = 10, years: int = 10, seed: int = 5) -> pd.DataFrame:
    """The schools frame of the same invented comparison: 40 primaries and 15 secondaries, first and last year."""
    rng = np.random.default_rng(seed)
    names = [("primary", f"Inventon-P{i:02d}") for i in range(1, 41)]
    names += [("secondary", f"Inventon-S{i:02d}") for i in range(1, 16)]
    poor = rng.beta(4, 9, size=len(names))
    own = rng.normal(0, 0.15, size=len(names))
    rows = []
    for regime, dose in REGIMES.items():
        for parameter_set in ("drawn", "fixed"):
            for replicate in range(replicates):
                for year in (0, years):
                    for index, (phase, label) in enumerate(names):
                        rows.append((regime, replicate, parameter_set, year, label, phase,
                                     *_school(rng, poor[index], own[index], dose * (year > 0))))  # fmt: skip
    return pd.DataFrame(rows, columns=_SCHOOL)


_SCHOOL = ["regime", "replicate", "parameter_set", "year", "school", "phase", "roll", "places", "fsm6_share",
           "attainment_true", "attainment_measured", "value_added", "easting", "northing", "published_result",
           "attendance", "first_preferences"]  # fmt: skip


def _school(rng: np.random.Generator, poor: float, own: float, dose: float) -> tuple:
    share = poor + (0.3 - poor) * 0.2 * dose + rng.normal(0, 0.01)
    true = 0.5 - 1.6 * share + own + rng.normal(0, 0.06)
    roll = int(900 * (1 + (1 - dose) * own * 0.8 + rng.normal(0, 0.02)))
    return roll, 1000, share, true, true + rng.normal(0, 0.05), own, 0.0, 0.0, 0.5, 0.94, 120


def manifest() -> dict:
    """The manifest of the same invented comparison."""
    return {
        "schoolsim": "0.1.0", "python": "3.12.4", "packages": {"numpy": "2.1.0", "mesa": "3.5.1"},
        "platform": "Linux", "created": "2030-01-02T03:04:05+00:00", "years": 10, "replicates": 10, "seed": 20,
        "seconds": 81.4, "baseline": "stand-still",
        "place": {
            "name": "inventon", "title": "Inventon", "vintage": "2019",
            "attribution": "Invented for tests; contains no public sector information.",
            "imputed": [{"what": "ethnicity of pupils", "how": "national shares, the same in every school"}],
        },
        "scenarios": [{"name": name, "title": title, "description": "Invented."} for name, title in TITLES.items()],
        "sha256": {"metrics.parquet": "ab" * 32, "schools.parquet": "cd" * 32},
        "parameters": [
            {"path": "choice.distance_weight", "value": -0.5, "low": -0.8, "high": -0.3, "unit": "logit per km",
             "grade": "moderate", "source": ["E148"], "meaning": "change in utility per kilometre"},
            {"path": "learning.peer_effect", "value": 0.05, "low": 0.0, "high": 0.1, "unit": "SD",
             "grade": "assumption", "source": [], "because": "between two reviews", "meaning": "effect of classmates"},
        ],
    }  # fmt: skip
