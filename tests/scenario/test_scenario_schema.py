"""The published schema is the one in force, and editors that use it agree with `schoolsim check`."""

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from schoolsim.scenario import load_scenario, scenario_from, shipped_scenarios
from schoolsim.scenario.schema import PUBLISHED, published_text, scenario_schema
from schoolsim.yaml_source import parse_yaml

README = Path(__file__).parents[2] / "scenarios" / "README.md"
BROKEN = Path(__file__).parent.parent / "broken"
STRUCTURAL = ("unknown key", "unknown lever", "out of bounds", "wrong type")
CASES = yaml.safe_load((BROKEN / "cases.yaml").read_text(encoding="utf-8"))


def test_the_published_schema_is_up_to_date():
    assert PUBLISHED.read_text(encoding="utf-8") == published_text(), "run `python -m schoolsim.schema`"


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(scenario_schema())


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenario_meets_the_schema_and_loads_under_its_own_name(name):
    content = yaml.safe_load(shipped_scenarios()[name].read_text(encoding="utf-8"))
    jsonschema.validate(content, scenario_schema())
    assert load_scenario(name).name == name


@pytest.mark.parametrize("file", [file for file, case in CASES.items() if case["kind"] in STRUCTURAL])
def test_the_schema_too_refuses_what_is_out_of_shape(file):
    content = yaml.safe_load((BROKEN / file).read_text(encoding="utf-8"))
    assert not jsonschema.Draft202012Validator(scenario_schema()).is_valid(content)


def test_the_example_that_explains_the_format_is_a_right_scenario():
    example = re.search(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL).group(1)
    scenario = scenario_from(parse_yaml(example).content)
    assert (scenario.name, len(scenario.changes), scenario.off) == ("my-plan", 1, {"M36"})


def test_stand_still_changes_nothing():
    assert load_scenario("stand-still").levers_at(1) == load_scenario("stand-still").levers_at(0)


def test_the_three_usual_scenarios_differ_in_levers_only():
    usual = ["stand-still", "neighbourhood-allocation", "open-enrolment-without-tables"]
    scenarios = [load_scenario(name) for name in usual]
    assert len({(one.place, one.years, one.seed, one.settling_years) for one in scenarios}) == 1
    assert len({tuple(one.levers_at(1).items()) for one in scenarios}) == 3
