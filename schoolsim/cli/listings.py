"""The topics of `schoolsim show`: where the rows of each come from, and which columns a list shows."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass

from schoolsim.lab import registers
from schoolsim.lab.registers import Row
from schoolsim.vintages import PRESENT


@dataclass(frozen=True)
class Topic:
    """One topic: its rows, the key that names a row, the columns of the list (all when left empty)."""

    rows: Callable[[Namespace], list[Row]]
    key: str
    columns: tuple[str, ...] = ()
    about: str = ""


def _parameters(chosen: Namespace) -> list[Row]:
    return [row for row in registers.parameters_listed() if chosen.grade in (None, row["grade"])]


def _schedule(chosen: Namespace) -> list[Row]:
    from schoolsim.schedule import describe

    return describe(dataflow=chosen.dataflow)


def _scenarios(_: Namespace) -> list[Row]:
    from schoolsim.scenario.shipped import shipped_scenarios
    from schoolsim.yaml_source import read_yaml

    return [read_yaml(file).content for file in shipped_scenarios().values()]


def _places(chosen: Namespace) -> list[Row]:
    from schoolsim.lab.placing import place_in_full, places_listed

    return places_listed() if chosen.name is None else [place_in_full(chosen.name, chosen.vintage or PRESENT)]


PLACE_COLUMNS = ("name", "title", "code", "region", "primary_schools", "secondary_schools", "pupils")
TOPICS = {
    "levers": Topic(
        lambda _: registers.levers_listed(), "name", ("name", "title", "allowed", "status_quo", "holder"),
        "what somebody can set, and how it stood in 2019",
    ),
    "mechanisms": Topic(
        lambda _: registers.mechanisms_listed(), "id", ("id", "name", "kind", "built", "meaning"),
        "what the model is to contain; what is built has a switch",
    ),
    "parameters": Topic(
        _parameters, "path", ("path", "value", "unit", "range", "grade", "evidence"),
        "every number with its source or assumption",
    ),
    "metrics": Topic(
        lambda _: registers.metrics_listed(), "name", ("name", "title", "unit", "better", "meaning"),
        "what is measured",
    ),
    "schedule": Topic(_schedule, "process", (), "what happens in a term, in order"),
    "scenarios": Topic(
        _scenarios, "name", ("name", "title", "place", "regime", "years"), "scenarios that are shipped"
    ),
    "facts": Topic(
        lambda _: registers.facts_listed(), "id",
        ("id", "statement", "expected", "worlds", "strength", "use", "scored_by"),
        "what the model must show of the real school system",
    ),
    "places": Topic(_places, "name", PLACE_COLUMNS, "where a scenario can be set"),
}  # fmt: skip
LIVES = {
    "pupil": "one pupil's life in a world, year by year (by number)",
    "teacher": "one teacher's years in a world (by number)",
    "school": "one school's years in a world (by label)",
}
"""Lives of one world that are told as timelines, by what follows `show`."""
