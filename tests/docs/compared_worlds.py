"""Schools seen in two invented worlds, in the form in which docs/compared keeps them."""

import sys

import pandas as pd
from documents import DOCS

if str(DOCS) not in sys.path:
    sys.path.append(str(DOCS))

YEARS = (-99, -2, -1, 0, 1, 2, 3, 8, 9, 10)


def seen(results=(0.3, -0.1, 0.2), published=(0.4, -0.2, 0.1), rolls=(100, 100, 100)):
    """Three primaries in two worlds that are alike; results never change."""
    rows = [
        _school(place, results[place], published[place], rolls[place]) | {"year": year, "seed": seed}
        for seed in (1, 2)
        for year in YEARS
        for place in range(len(results))
    ]
    return pd.DataFrame(rows)


def _school(place, result, published, roll):
    groups = dict.fromkeys(("fsm", "fsm6", "eal", "sen_support", "ehcp"), 10.0 * place)
    return {
        "school": place, "label": f"A-P0{place + 1}", "phase": "primary", "selective": False, "stage": 11,
        "roll": roll, "own_roll": 100, **groups, **{f"own_{name}": count for name, count in groups.items()},
        "absence": 0.04, "own_absence": 0.05, "absence_sd": 0.04, "result": result, "own_result": published,
        "tested": 30, "own_tested": 90.0, "value_added": result / 2, "own_value_added": published / 2,
        "own_value_added_tested": 60.0,
    }  # fmt: skip
