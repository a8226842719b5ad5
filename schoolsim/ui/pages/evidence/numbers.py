"""The numbers that go in: one parameter in full, one source with everything that rests on it."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.evidence import Book
from schoolsim.lab.registers import range_of
from schoolsim.parameters import Parameter
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import VegaChart
from schoolsim.ui.elements import element, note, paragraph
from schoolsim.ui.pages.evidence.parts import links, mechanisms, named, part, processes, sources_in_full, view
from schoolsim.ui.pages.evidence.words import plain, value_text
from schoolsim.ui.tables import column, table

GRADES = {
    "strong": "strong: several good sources agree",
    "moderate": "moderate: a good source, or several weaker ones",
    "weak": "weak: a source that fits only in part, or a recalled figure",
    "assumption": "assumption: no source; the reason is given",
}


@solara.component
def ParameterView(book: Book, name: str) -> Any:
    """One parameter: its value with what is known of it, why it is so, and who reads it."""
    row = book.parameters[name]
    fed = book.mechanisms_of_parameter(name)
    told = [("Value", f"{value_text(row.value)} {row.unit}"), ("Middle 90% of the prior", _range(row)),
            ("May be set to", _bounds(row)), ("Grade", GRADES.get(row.grade, row.grade)),
            ("Named source", _other_sources(row)), ("Because", row.because or ""),
            ("Read by", processes(book.readers_of_parameter(name))), ("Feeds", mechanisms(book, fed))]  # fmt: skip
    return view(
        "parameters", "Parameters", name,
        paragraph(f"{plain(row.meaning)}."),
        named(book, told),
        Guarded(lambda: PriorFigure(row), "The picture of the prior") if _has_prior(row) else None,
        _other_starts(row),
        sources_in_full(book, book.keys_of_parameter(name)),
    )  # fmt: skip


def _has_prior(row: Parameter) -> bool:
    return not row.prior.fixed and isinstance(row.value, int | float)


@solara.component
def PriorFigure(row: Parameter) -> Any:
    """What was known of a parameter before the model has seen data."""
    low, high = row.prior.interval
    middle = f"the middle 90% lies from {low:.3g} to {high:.3g} {row.unit}"
    description = f"Prior of {row.path}: {middle}; the value is {value_text(row.value)}."
    spec = solara.use_memo(lambda: specification_text(charts.prior_figure(row, description=description)), [])
    legend = note("The prior, its middle 90% darker; the line is the value of the fixed set of parameters.")
    return element("div", VegaChart(spec=spec, description=description), legend, classes="finder")


def _range(row: Parameter) -> str:
    return "" if row.prior.fixed else f"{range_of(row.to_dict())} {row.unit}, {row.prior.kind}"


def _bounds(row: Parameter) -> str:
    """What a scenario may override it with."""
    if row.prior.fixed:
        return "nothing else: it is fixed"
    low, high = row.prior.bounds
    return f"{value_text(low)} to {value_text(high)} {row.unit}"


def _other_sources(row: Parameter) -> str:
    """Sources that are written out instead of having a key."""
    return "; ".join(each for each in row.source if " " in each)


def _other_starts(row: Parameter) -> Any:
    """Values of other vintages with what they rest on, None where there are none."""
    if not row.vintages:
        return None
    rows = [
        {"vintage": vintage, "value": value_text(then.value), "grade": then.grade,
         "evidence": "; ".join([*then.source, *([then.because] if then.because else [])])}
        for vintage, then in row.vintages.items()
    ]  # fmt: skip
    columns = [column("vintage", "Start"), column("value"), column("grade"), column("evidence", "Source or reason")]
    return part("At other starts", table("Values at other starts", columns, rows, sortable=False))


@solara.component
def SourceView(book: Book, name: str) -> Any:
    """One source: what it says as far as the program holds it, and everything that rests on it."""
    source = book.sources[name]
    used = book.users_of_source(name)
    told = [(plain(head), text) for head, text in source.told.items()]
    resting = [("Parameters", links("parameters", used["parameters"])), ("Processes", processes(used["processes"])),
               ("Facts", links("facts", used["facts"]))]  # fmt: skip
    body = named(book, resting) if any(used.values()) else note("Nothing that is built rests on it.")
    above = source.above if source.leans else ""
    held = named(book, [("Kind", source.part), *told, ("The same as", above)])
    return view("sources", "Sources", name, held, part("What rests on it", body))
