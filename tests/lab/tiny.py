"""Comparisons of a handful of rows, made where a test needs them."""

import pandas as pd

from schoolsim.lab.effects import Cell, Effect, find, paired_effects

GAP = Cell("gap_sd", "secondary", 16, "fsm6", "true")


def frame(values: dict[str, list[float]], parameter_set: str = "drawn", year: int = 10) -> pd.DataFrame:
    """One row per regime and replicate of the poverty gap at 16."""
    rows = [
        (regime, replicate, parameter_set, year, *GAP.key, value)
        for regime, column in values.items()
        for replicate, value in enumerate(column, start=1)
    ]
    names = ["regime", "replicate", "parameter_set", "year", "metric", "phase", "stage", "group", "basis", "value"]
    return pd.DataFrame(rows, columns=names)


def effect(still: list[float], reform: list[float]) -> Effect:
    """The paired effect of a reform on the gap."""
    effects = paired_effects(frame({"stand-still": still, "reform": reform}), "stand-still")
    return find(effects, GAP, regime="reform", parameter_set="drawn", year=10)
