"""The frozen baseline: some thirty numbers of a short run in Salford at central parameters.

`python -m tests.baseline.figures` rewrites `results/baseline/salford.json`. Do so only on purpose, with a
"results change" line in the changelog.
"""

from __future__ import annotations

import json
from pathlib import Path

from schoolsim.scenario import scenario_from
from schoolsim.session import Session

FILE = Path(__file__).parents[2] / "results" / "baseline" / "salford.json"
YEAR = 3
PLAN = {"name": "baseline", "title": "baseline", "place": "salford", "years": YEAR, "settling_years": 1}
METRICS = (
    ("attainment", (5, 7, 11, 14, 16), "all", "true"),
    ("gap_months", (5, 7, 11, 14, 16), "fsm6", "true"),
    ("gap_sd", (16,), "sen", "true"),
    ("threshold", (11, 16), "all", "measured"),
    ("attainment8", (16,), "all", "measured"),
    ("correlation_with_prior", (7, 11, 14, 16), "all", "measured"),
    ("total_school_share", (11, 16), "all", "measured"),
    ("total_school_share_va", (11, 16), "all", "measured"),
    ("ratio_teaching_va", (11, 16), "all", "measured"),
    ("attendance", (0,), "all", ""),
    ("persistent_absence", (0,), "fsm6", ""),
    ("participation", (0,), "all", ""),
    ("dissimilarity", (0,), "fsm6", ""),
    ("first_preference_share", (0,), "all", ""),
    ("nearest_school_share", (0,), "all", ""),
)


def measured() -> dict[str, float]:
    """The numbers of the baseline as the code now gives them."""
    rows = Session(scenario_from(PLAN), seed=1).run().observe().metrics.query(f"year == {YEAR}")
    found = {}
    for metric, stages, group, basis in METRICS:
        same = (rows["metric"] == metric) & (rows["group"] == group) & (rows["basis"] == basis)
        chosen = rows[same & rows["stage"].isin(stages)]
        for row in chosen.itertuples():
            found[f"{metric} {row.phase} {row.stage} {group} {basis}".strip()] = float(row.value)
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(measured(), indent=1) + "\n", encoding="utf-8")
