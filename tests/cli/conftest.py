"""A laboratory that runs nothing: it remembers what it was asked and answers with a few numbers."""

import sys
from dataclasses import astuple
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest

from schoolsim.lab.headlines import ATTAINMENT, POVERTY_GAP

CELLS = [astuple(outcome.cell) for outcome in (POVERTY_GAP, ATTAINMENT)]

SCHOOL_COLUMNS = ["regime", "replicate", "parameter_set", "year", "school", "phase"]


def metrics_of(regimes, replicates=3, years=2):
    """A metrics frame in which each regime lies a tenth above the one before."""
    rows = [
        (regime, replicate, "drawn", year, *cell, 0.1 * place + 0.01 * replicate * year)
        for place, regime in enumerate(regimes)
        for replicate in range(replicates)
        for year in range(years + 1)
        for cell in CELLS
    ]
    keys = [
        "regime",
        "replicate",
        "parameter_set",
        "year",
        "metric",
        "phase",
        "stage",
        "group",
        "basis",
        "value",
    ]
    return pd.DataFrame(rows, columns=keys)


class Laboratory:
    """Stands in for `schoolsim.lab.compare` and `.run`; `trouble` is raised instead of an answer."""

    def __init__(self):
        self.asked, self.trouble = None, None

    def compare(self, scenarios, *, progress=None, **asked):
        return self.answer(list(scenarios), asked | {"scenarios": list(scenarios)}, progress)

    def run(self, scenario, *, progress=None, **asked):
        return self.answer([scenario], asked | {"scenario": scenario}, progress)

    def answer(self, scenarios, asked, progress):
        self.asked = asked
        progress(1, 2, "half way")
        if self.trouble:
            raise self.trouble
        frame = metrics_of([scenario.name for scenario in scenarios])
        manifest = {"baseline": "stand-still", "scenarios": [scenario.to_dict() for scenario in scenarios]}
        manifest |= {"place": {"title": "Toytown"}, "parameters": []}
        return SimpleNamespace(
            folder=Path("results/x"),
            metrics=frame,
            schools=pd.DataFrame(columns=SCHOOL_COLUMNS),
            manifest=manifest,
        )


@pytest.fixture
def laboratory(monkeypatch, tmp_path):
    """A laboratory in the place of the real one, in an empty folder."""
    stand_in = Laboratory()
    for name in ("compare", "run"):
        module = ModuleType(f"schoolsim.lab.{name}")
        setattr(module, name, getattr(stand_in, name))
        monkeypatch.setitem(sys.modules, f"schoolsim.lab.{name}", module)
    monkeypatch.chdir(tmp_path)
    return stand_in
