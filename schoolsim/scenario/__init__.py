"""Scenarios: frozen data that name a place, a regime, dated changes, overrides, years and a seed."""

from schoolsim.scenario.build import load_scenario, scenario_from, scenario_from_resolved
from schoolsim.scenario.model import Scenario
from schoolsim.scenario.shipped import resolve_scenario_name, shipped_scenarios

__all__ = [
    "Scenario",
    "load_scenario",
    "resolve_scenario_name",
    "scenario_from",
    "scenario_from_resolved",
    "shipped_scenarios",
]
