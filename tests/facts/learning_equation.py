"""The figures under the learning equation, from a generated town of 60 secondaries and 300 primaries.

Run `python -m tests.facts.learning_equation [PLACE]` to print them for a town or for an authority.
"""

from __future__ import annotations

import sys

import pandas as pd

from schoolsim.scenario import scenario_from
from schoolsim.session import Session

TOWN = "toytown:60x300"
SEEDS = (1, 2, 3)
YEARS = 3
FIGURES = {
    "correlation of tests at 11 and 16": ("correlation_with_prior", 16, "all", "measured"),
    "poverty gap at 5, months": ("gap_months", 5, "fsm6", "true"),
    "poverty gap at 11, months": ("gap_months", 11, "fsm6", "true"),
    "poverty gap at 16, months": ("gap_months", 16, "fsm6", "true"),
    "school share of value added at 16": ("total_school_share_va", 16, "all", "measured"),
    "school SD of value added at 16": ("school_va_sd", 16, "all", "measured"),
    "classes and departments over schools, value added": ("ratio_teaching_va", 16, "all", "measured"),
    "correlation of departments within a school": ("department_correlation", 16, "all", "measured"),
    "correlation of tests at 7 and 11": ("correlation_with_prior", 11, "all", "measured"),
    "pupil SD at 16 over the national": ("within_school_sd", 16, "all", "true"),
}


def figures(place: str = TOWN, sets: int = 0) -> pd.DataFrame:
    """Figure by seed, after years in which `sets` subjects are set (sets inflate what classes seem to add)."""
    return pd.DataFrame({seed: _of_one(place, seed, sets) for seed in SEEDS})


def _of_one(place: str, seed: int, sets: int) -> dict[str, float]:
    plan = {"name": "x", "title": "x", "place": place, "settling_years": 0, "years": YEARS}
    session = Session(scenario_from(plan | {"levers": {"setting.subjects": sets}}), seed=seed).run()
    rows = session.observe().metrics.query(f"year == {YEARS}")
    keyed = rows.set_index(["metric", "stage", "group", "basis"])["value"]
    found = {name: float(keyed[key]) for name, key in FIGURES.items()}
    share = found["school share of value added at 16"]
    return found | {"within schools over between, value added": (1 - share) / share}


if __name__ == "__main__":
    for sets in (0, 3):
        table = figures(sys.argv[1] if len(sys.argv) > 1 else TOWN, sets)
        print(f"{sets} subjects in sets\n{table.assign(mean=table.mean(axis=1)).round(3)}\n")
