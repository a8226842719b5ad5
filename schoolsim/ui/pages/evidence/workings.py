"""What happens and what can be set: one mechanism, process, lever or metric in full."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.lab.evidence import Book
from schoolsim.lab.registers import AREAS
from schoolsim.mechanisms import MechanismEntry
from schoolsim.switches import WITHOUT
from schoolsim.ui.elements import bullets, element, note, paragraph
from schoolsim.ui.pages.evidence.addresses import with_links
from schoolsim.ui.pages.evidence.parts import (
    levers,
    links,
    mechanisms,
    named,
    numbers,
    part,
    processes,
    sources_in_full,
    view,
)
from schoolsim.ui.pages.evidence.words import plain


@solara.component
def MechanismView(book: Book, name: str) -> Any:
    """What a mechanism says, how it is built and what feeds it; of one that is not built, that it is not."""
    entry = book.mechanisms[name]
    title = f"{name} {plain(entry.name)}"
    if not entry.built:
        return view("mechanisms", "Mechanisms", title, paragraph("Not built: nothing of it happens in a run."))
    made_by = book.processes_of_mechanism(name)
    told = [("Area", AREAS.get(entry.area, entry.area)), ("Kind", entry.kind), ("Built by", processes(made_by)),
            ("Comes from", mechanisms(book, entry.switches)), ("Shows in", mechanisms(book, book.patterns_of(name))),
            ("In the documentation", f"docs/model, the page of {name}")]  # fmt: skip
    return view(
        "mechanisms", "Mechanisms", title,
        paragraph(f"{entry.meaning}."),
        named(book, told),
        *[_happening(book, process) for process in made_by],
        _switch(book, entry),
        numbers(book.parameters_of_mechanism(name), f"Parameters of {name}"),
        levers(book.levers_of_mechanism(name)),
        sources_in_full(book, list(dict.fromkeys(key for each in made_by for key in book.keys_of_process(each)))),
    )  # fmt: skip


def _happening(book: Book, process: str) -> Any:
    """A process as a part of a mechanism."""
    told = [paragraph(*_with_head(book, head, text)) for head, text in book.processes[process].told.items()]
    return part(plain(process), *told)


def _with_head(book: Book, head: str, text: str) -> list[Any]:
    return [element("strong", f"{head}: "), *with_links(book, text)] if head else with_links(book, text)


def _switch(book: Book, entry: MechanismEntry) -> Any:
    """How it is switched off, and what happens then."""
    zeroed = WITHOUT.get(entry.id, ())
    told = [
        element("span", *processes([name]), f": {book.processes[name].otherwise or 'does not happen.'}")
        for name in book.processes_of_mechanism(entry.id)
    ]
    told += [element("span", "These numbers are zero: ", *links("parameters", zeroed))] if zeroed else []
    told += [element("span", "Switched off with it: ", *mechanisms(book, entry.switches))] if entry.switches else []
    return part("Switched off", note(f"In a scenario: mechanisms: {{{entry.id}: off}}"), bullets(told))


@solara.component
def ProcessView(book: Book, name: str) -> Any:
    """One process: what it tells of itself, what it reads and writes."""
    entry = book.processes[name]
    told = [("When", entry.terms), ("Order", f"{entry.order} of {len(book.processes)} in a term"),
            ("Mechanisms", mechanisms(book, entry.mechanisms)), ("Writes", ", ".join(entry.writes))]  # fmt: skip
    return view(
        "processes", "Processes", plain(name),
        named(book, told),
        part("What it tells of itself", *[paragraph(*_with_head(book, *pair)) for pair in entry.told.items()]),
        part("While switched off", paragraph(entry.otherwise)) if entry.otherwise else None,
        numbers(book.parameters_of_process(name), f"Parameters of {name}"),
        levers(book.levers_of_process(name)),
        sources_in_full(book, book.keys_of_process(name)),
    )  # fmt: skip


@solara.component
def LeverView(book: Book, name: str) -> Any:
    """One lever: settings, cost, who holds it, and what it bears on."""
    lever = book.levers[name]
    then = [f"{lever.in_words(each['default'])} in {vintage}: {each['why_default']}"
            for vintage, each in lever.vintages.items()]  # fmt: skip
    regimes = [f"{regime.title}: {_setting(regime.changes, name, lever)}" for regime in book.regimes_of_lever(name)]
    told = [("Name in scenarios", name), ("May be", lever.allowed), ("Unit", lever.unit),
            ("In 2019", lever.in_words(lever.default)), ("Why so", lever.why_default), ("Held by", lever.holder),
            ("Cost", lever.cost), ("Looked up by", processes(book.processes_of_lever(name))),
            ("Bears on", mechanisms(book, book.mechanisms_of_lever(name)))]  # fmt: skip
    return view(
        "levers", "Levers", lever.title,
        paragraph(f"{lever.meaning}."),
        named(book, told),
        part("Settings", named(book, list(lever.options.items()))) if lever.options else None,
        part("At other starts", bullets(then)) if then else None,
        part("Regimes that set it", bullets(regimes)) if regimes else None,
    )  # fmt: skip


def _setting(changes: Any, name: str, lever: Any) -> str:
    return ", ".join(_dated(change, lever) for change in changes if change.path == name)


def _dated(change: Any, lever: Any) -> str:
    """What a change sets, and when where it is not for always."""
    when = f" from year {change.start}" if change.start > 1 else ""
    until = f" until year {change.until}" if change.until else ""
    return f"{lever.in_words(change.value)}{when}{until}"


@solara.component
def MetricView(book: Book, name: str) -> Any:
    """One metric."""
    row = book.metrics[name]
    told = [("Name in files", name), ("Unit", row["unit"]), ("Better", row["better"] or "neither way")]
    return view("metrics", "Metrics", row["title"], paragraph(f"{plain(row['meaning'])}."), named(book, told))


