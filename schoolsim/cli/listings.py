"""The topics of `schoolsim show`: where the rows of each come from, and which columns a list shows."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from schoolsim.vintages import PRESENT

Row = dict[str, Any]


@dataclass(frozen=True)
class Topic:
    """One topic: its rows, the key that names a row, the columns of the list (all when left empty)."""

    rows: Callable[[Namespace], list[Row]]
    key: str
    columns: tuple[str, ...] = ()
    about: str = ""


def _levers(_: Namespace) -> list[Row]:
    from schoolsim.policy.levers import levers

    return [
        {**asdict(lever), "allowed": lever.allowed, "status_quo": lever.in_words(lever.default)}
        for lever in levers().values()
    ]


def _mechanisms(_: Namespace) -> list[Row]:
    from schoolsim.mechanisms import mechanisms

    return [asdict(entry) for entry in mechanisms().values()]


def _parameters(chosen: Namespace) -> list[Row]:
    from schoolsim.parameters import load_sheets

    rows = [row.to_dict() for row in load_sheets() if chosen.grade in (None, row.grade)]
    return [{**row, "range": _range(row), "evidence": _evidence(row)} for row in rows]


def _range(row: Row) -> str:
    return "fixed" if row["prior"] == "fixed" else f"{row['low']:.3g} to {row['high']:.3g}"


def _evidence(row: Row) -> str:
    return "; ".join(part for part in (", ".join(row["source"]), row["because"]) if part)


def _metrics(_: Namespace) -> list[Row]:
    import schoolsim.metrics  # noqa: F401 (its modules register what they measure)
    from schoolsim.metrics.registry import METRICS

    texts = ("name", "title", "unit", "better", "meaning")
    return [{text: getattr(metric, text) for text in texts} for metric in METRICS.values()]


def _schedule(chosen: Namespace) -> list[Row]:
    from schoolsim.schedule import describe

    return describe(dataflow=chosen.dataflow)


def _scenarios(_: Namespace) -> list[Row]:
    from schoolsim.scenario.shipped import shipped_scenarios
    from schoolsim.yaml_source import read_yaml

    return [read_yaml(file).content for file in shipped_scenarios().values()]


def _facts(_: Namespace) -> list[Row]:
    from schoolsim.lab.facts.register import facts

    return [{**fact.to_dict(), "scored_by": fact.experiment or f"awaits {fact.awaits}"} for fact in facts().values()]


def _places(chosen: Namespace) -> list[Row]:
    from schoolsim.cli.placing import place_in_full, places_listed

    return places_listed() if chosen.name is None else [place_in_full(chosen.name, chosen.vintage or PRESENT)]


PLACE_COLUMNS = ("name", "title", "code", "region", "primary_schools", "secondary_schools", "pupils")
TOPICS = {
    "levers": Topic(
        _levers, "name", ("name", "title", "allowed", "status_quo", "holder"),
        "what somebody can set, and how it stood in 2019",
    ),
    "mechanisms": Topic(
        _mechanisms, "id", ("id", "name", "kind", "built", "meaning"),
        "what the model is to contain; what is built has a switch",
    ),
    "parameters": Topic(
        _parameters, "path", ("path", "value", "unit", "range", "grade", "evidence"),
        "every number with its source or assumption",
    ),
    "metrics": Topic(_metrics, "name", ("name", "title", "unit", "better", "meaning"), "what is measured"),
    "schedule": Topic(_schedule, "process", (), "what happens in a term, in order"),
    "scenarios": Topic(
        _scenarios, "name", ("name", "title", "place", "regime", "years"), "scenarios that are shipped"
    ),
    "facts": Topic(
        _facts, "id", ("id", "statement", "expected", "worlds", "strength", "use", "scored_by"),
        "what the model must show of the real school system",
    ),
    "places": Topic(_places, "name", PLACE_COLUMNS, "where a scenario can be set"),
}  # fmt: skip
