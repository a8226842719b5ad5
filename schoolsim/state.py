"""Everything that changes while a system runs, in one piece that can be copied, saved and loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from schoolsim.columns import TABLES, empty_tables
from schoolsim.process import SUMMER
from schoolsim.table import Table

Summary = dict[int, dict[str, float]]
MODELS = ("templates", "arrivals")


@dataclass
class State:
    """The changing part of a system.

    Attributes:
        tables: pupils, schools, classes, teachers, heads.
        templates: who the start's pupils are, by column, after whom new children are made.
        arrivals: the start's pupils of some year groups as they were the summer before, after whom those are made
            who arrive over the border at that age.
        target_roll: pupils by year group at the start, int [12].
        eligible_at_transfer: shares of secondary pupils eligible for free meals at the start, by column.
        elapsed: school years since the start; 0 is the start itself.
        term: 0 autumn, 1 spring, 2 summer; the term just finished.
        flows: how often each event happened this school year.
        admissions_summary: what families got, by year group entered.
        staffed_for: rolls by school and year group that schools have staff for while the past is lived and cohorts
            join one by one [J, 12]; None from the start on, when it is those they have.
    """

    tables: dict[str, Table] = field(default_factory=empty_tables)
    templates: dict[str, np.ndarray] = field(default_factory=dict)
    arrivals: dict[str, np.ndarray] = field(default_factory=dict)
    target_roll: np.ndarray = field(default_factory=lambda: np.zeros(12, np.int64))
    eligible_at_transfer: dict[str, float] = field(default_factory=dict)
    elapsed: int = 0
    term: int = SUMMER
    flows: Counter[str] = field(default_factory=Counter)
    admissions_summary: Summary = field(default_factory=dict)
    staffed_for: np.ndarray | None = None

    def copy(self) -> State:
        """An independent copy; templates and arrivals never change and are shared."""
        return State(
            {name: table.copy() for name, table in self.tables.items()},
            self.templates,
            self.arrivals,
            self.target_roll,
            self.eligible_at_transfer,
            self.elapsed,
            self.term,
            Counter(self.flows),
            {year: dict(row) for year, row in self.admissions_summary.items()},
        )

    def arrays(self) -> dict[str, np.ndarray]:
        """All arrays under flat names, for one file."""
        flat = {f"{table}/{name}": array for table in TABLES for name, array in self.tables[table].arrays().items()}
        for kind in MODELS:
            flat |= {f"{kind}/{name}": array for name, array in getattr(self, kind).items()}
        return flat | {"target_roll": self.target_roll}

    def figures(self) -> dict[str, Any]:
        """All that is not an array, for JSON."""
        return {
            "elapsed": self.elapsed,
            "eligible_at_transfer": self.eligible_at_transfer,
            "term": self.term,
            "flows": dict(self.flows),
            "admissions_summary": {str(year): row for year, row in self.admissions_summary.items()},
        }


def state_from(arrays: dict[str, np.ndarray], figures: dict[str, Any]) -> State:
    """The state that `arrays()` and `figures()` came from."""
    state = State(elapsed=figures["elapsed"], term=figures["term"], flows=Counter(figures["flows"]))
    for name, table in state.tables.items():
        table.append({column: arrays[f"{name}/{column}"] for column in table.columns})
    for name, array in arrays.items():
        if (kind := name.split("/")[0]) in MODELS:
            getattr(state, kind)[name.split("/")[1]] = array
    state.target_roll = arrays["target_roll"]
    state.eligible_at_transfer = figures["eligible_at_transfer"]
    state.admissions_summary = {int(year): row for year, row in figures["admissions_summary"].items()}
    return state
