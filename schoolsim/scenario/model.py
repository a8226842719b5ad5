"""The scenario: everything that decides a run apart from the code, frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from schoolsim.mechanisms import switched_off
from schoolsim.parameters.sheets import Number
from schoolsim.policy.changes import Change, value_at
from schoolsim.policy.levers import Setting, default_levers, levers
from schoolsim.vintages import PRESENT


@dataclass(frozen=True, eq=False)
class Scenario:
    """What is run. Make one with `load_scenario` or `scenario_from`, which check it.

    Attributes:
        vintage: when the world starts.
        halo: how much of the neighbourhood is simulated with the place: none, near or full.
        years: simulated school years; they count from 1, and year 0 is the last settling year.
        settling_years: years under the status quo of the vintage before anything else begins.
        regime: names of the regimes mixed.
        regime_changes: what these regimes set, as one layer.
        levers: settings that hold in every simulated year.
        changes: dated changes of levers and parameters.
        mechanisms: what was switched on or off by name.
        parameters: overrides by path that hold from the start of the world on.
    """

    name: str
    title: str
    place: str
    description: str = ""
    vintage: str = PRESENT
    halo: str = "near"
    years: int = 10
    seed: int = 1
    settling_years: int = 3
    regime: tuple[str, ...] = ("stand-still",)
    regime_changes: tuple[Change, ...] = ()
    levers: Mapping[str, Setting] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    mechanisms: Mapping[str, bool] = field(default_factory=dict)
    parameters: Mapping[str, Number] = field(default_factory=dict)

    def levers_at(self, year: int) -> dict[str, Setting]:
        """All levers in a year: the vintage's, then regimes, then own settings, then dated changes."""
        settings = default_levers(self.vintage)
        if year <= 0:
            return settings
        dated = value_at((change for change in self.changes if change.path in levers()), year)
        return settings | value_at(self.regime_changes, year) | dict(self.levers) | dated

    def parameter_overrides_at(self, year: int) -> dict[str, Number]:
        """Overridden parameters by path in a year; those without a date hold in the settling years too."""
        dated = (change for change in self.changes if change.path not in levers())
        return dict(self.parameters) | value_at(dated, year)  # type: ignore[return-value]

    @cached_property
    def off(self) -> frozenset[str]:
        """Identifiers of the mechanisms that are switched off, those named by a pattern included."""
        return switched_off(self.mechanisms)

    def to_dict(self) -> dict:
        """The scenario with everything it resolves to, for manifests and hashes."""
        return {
            "name": self.name, "title": self.title, "description": self.description, "place": self.place,
            "vintage": self.vintage, "halo": self.halo, "years": self.years, "seed": self.seed,
            "settling_years": self.settling_years, "regime": list(self.regime),
            "regime_changes": [change.to_dict() for change in self.regime_changes],
            "levers": dict(self.levers), "changes": [change.to_dict() for change in self.changes],
            "mechanisms": dict(self.mechanisms), "parameters": dict(self.parameters),
        }  # fmt: skip

    @cached_property
    def hash(self) -> str:
        """A fingerprint of everything but title and description, equal on every platform."""
        content = {key: value for key, value in self.to_dict().items() if key not in ("title", "description")}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(self.hash)
