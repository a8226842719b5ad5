"""No process knows a regime; every shipped file runs; every switch does something."""

from dataclasses import replace

import pytest

from schoolsim.mechanisms import built_mechanisms, mechanisms
from schoolsim.policy.regimes import regime_names
from schoolsim.scenario import load_scenario
from schoolsim.scenario.shipped import shipped_scenarios
from schoolsim.schedule import SCHEDULE
from schoolsim.session import Session
from schoolsim.switches import WITHOUT
from tests.house.sources import modules, part

LAWFUL = ("processes", "rules", "people", "system", "schedule", "agents", "kernels")


@pytest.mark.parametrize("name", [name for name in modules() if part(name) in LAWFUL])
def test_no_source_of_dynamics_names_a_regime(name):
    text = modules()[name].read_text(encoding="utf-8").lower()
    words = {word for regime in regime_names() for word in (regime, regime.replace("-", "_"))}
    assert [word for word in words if word in text] == []


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_runs_a_year_in_the_small_town(name):
    scenario = replace(load_scenario(name), place="toytown", years=1, settling_years=1)
    seen = Session(scenario).run().observe()
    assert seen.year == 1
    assert seen.metrics["value"].notna().mean() > 0.5


@pytest.mark.parametrize("name", regime_names())
def test_every_regime_is_used_by_a_shipped_scenario(name):
    assert any(name in load_scenario(file).regime for file in shipped_scenarios())


@pytest.mark.parametrize("name", built_mechanisms())
def test_every_mechanism_built_has_a_switch_that_turns_something_off(name):
    named = {mechanism for process in SCHEDULE for mechanism in process.mechanisms} | set(WITHOUT)
    entry = mechanisms()[name]
    assert name in named if entry.kind != "pattern" else set(entry.switches) <= named


def test_no_switch_belongs_to_a_mechanism_that_is_not_built():
    named = {mechanism for process in SCHEDULE for mechanism in process.mechanisms} | set(WITHOUT)
    assert named <= set(built_mechanisms())
