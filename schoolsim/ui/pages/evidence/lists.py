"""The registers as tables, one a topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from schoolsim.lab.evidence import Book
from schoolsim.lab.registers import AREAS, range_of
from schoolsim.parameters.sheets import GRADES
from schoolsim.ui.components import Rows
from schoolsim.ui.elements import bullets, details, element, link, paragraph
from schoolsim.ui.pages.evidence.addresses import address
from schoolsim.ui.pages.evidence.words import plain, value_text
from schoolsim.ui.tables import column, table


@solara.component
def MechanismList(book: Book) -> Any:
    """What is built, and the names of what is not."""
    built = {key: entry for key, entry in book.mechanisms.items() if entry.built}
    others = [f"{key} {plain(entry.name)}" for key, entry in book.mechanisms.items() if not entry.built]
    rows = [
        {"id": key, "name": plain(entry.name), "kind": entry.kind, "area": AREAS.get(entry.area, entry.area),
         "meaning": entry.meaning, "to": address("mechanisms", key), "_key": key}
        for key, entry in built.items()
    ]  # fmt: skip
    columns = [column("id", "Mechanism", link=True), column("name"), column("area"), column("kind"),
               column("meaning", "What it says")]  # fmt: skip
    return element(
        "div",
        paragraph(
            f"{len(built)} of {len(book.mechanisms)} are built; each of these has a switch. A process changes state in "
            "a run, a structure is variance that is there, a pattern is an outcome of others."
        ),
        table("Mechanisms that are built", columns, rows, noun="mechanisms"),
        details(f"{len(others)} that are not built", bullets(others, classes="columns")),
    )  # fmt: skip


@solara.component
def ProcessList(book: Book) -> Any:
    """What happens in a term, in order."""
    rows = [
        {"order": entry.order, "name": plain(name), "terms": entry.terms, "meaning": entry.meaning,
         "mechanisms": ", ".join(entry.mechanisms), "to": address("processes", name), "_key": name, "_words": name}
        for name, entry in book.processes.items()
    ]  # fmt: skip
    columns = [column("order", "", number=True), column("name", "Process", link=True), column("terms", "When"),
               column("mechanisms"), column("meaning", "What happens")]  # fmt: skip
    return _listed("A term passes when this list is walked once.", "Processes", columns, rows)


@solara.component
def ParameterList(book: Book) -> Any:
    """Every number that drives what happens."""
    rows = [_parameter_row(row.to_dict()) for row in book.parameters.values()]
    counts = ", ".join(f"{sum(row['grade'] == grade for row in rows)} {grade}" for grade in GRADES)
    columns = [column("path", "Parameter", link=True), column("value"), column("unit"), column("range"),
               column("grade"), column("meaning"), column("source")]  # fmt: skip
    said = (
        f"{len(rows)} parameters by grade of evidence: {counts}. The range holds the middle 90% of the prior; none is "
        "the effect of a policy."
    )
    return _listed(said, "Parameters", columns, rows, placeholder="for instance choice, or assumption")


def _parameter_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": row["path"], "value": value_text(row["value"]), "unit": row["unit"], "range": range_of(row),
        "grade": row["grade"], "meaning": row["meaning"], "source": ", ".join(row["source"]),
        "to": address("parameters", row["path"]), "_key": row["path"], "_words": row["because"] or "",
    }  # fmt: skip


@solara.component
def LeverList(book: Book) -> Any:
    """What somebody can set."""
    rows = [
        {"title": lever.title, "allowed": lever.allowed, "now": lever.in_words(lever.default), "holder": lever.holder,
         "meaning": lever.meaning, "to": address("levers", name), "_key": name, "_words": name}
        for name, lever in book.levers.items()
    ]  # fmt: skip
    columns = [column("title", "Lever", link=True), column("allowed", "May be"), column("now", "In 2019"),
               column("holder", "Held by"), column("meaning", "What it does")]  # fmt: skip
    return _listed("A lever is a rule of the game, never the effect of a policy.", "Levers", columns, rows)


@solara.component
def MetricList(book: Book) -> Any:
    """What is measured."""
    rows = [
        {**row, "better": row["better"] or "neither", "to": address("metrics", name), "_key": name, "_words": name}
        for name, row in book.metrics.items()
    ]
    columns = [column("title", "Metric", link=True), column("unit"), column("better"), column("meaning")]
    said = "Recorded after the summer of each year, of the place's own schools and pupils, from year 0 on."
    return _listed(said, "Metrics", columns, rows)


@solara.component
def SourceList(book: Book) -> Any:
    """What the keys in sheets and processes stand for."""
    if not book.sources:
        return paragraph("The page of sources is missing from this installation; parameters name their keys.")
    rows = [
        {"key": key, "part": source.part, "title": source.title, "to": address("sources", key), "_key": key,
         "text": "; ".join(list(source.told.values())[1:])}
        for key, source in book.sources.items()
    ]  # fmt: skip
    columns = [column("key", link=True), column("title", "What"), column("text", "Value and where from"),
               column("part", "Kind")]  # fmt: skip
    said = (
        "Compiled from the literature and official releases. Not every figure has been checked at its source: each "
        "says whether it was seen or is recalled."
    )
    return _listed(said, "Sources", columns, rows)


def _listed(said: str, title: str, columns: Rows, rows: Rows, *, placeholder: str = "") -> Any:
    listed = table(title, columns, rows, noun=title.lower(), first=200, placeholder=placeholder)
    return element("div", paragraph(said), listed)


LISTS: dict[str, Callable[[Book], Any]] = {
    "mechanisms": MechanismList, "processes": ProcessList, "parameters": ParameterList, "levers": LeverList,
    "metrics": MetricList, "sources": SourceList,
}  # fmt: skip


def back(topic: str, title: str) -> Any:
    """The way from an entry to its list."""
    return element("p", link(f"← {title}", address(topic)), classes="note")
