"""Parts that views of entries share: tables of numbers, lists of links, what a source says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from schoolsim.lab.evidence import Book
from schoolsim.lab.evidence.readers import START
from schoolsim.lab.registers import range_of
from schoolsim.parameters import Parameter
from schoolsim.policy.levers import Lever
from schoolsim.ui.elements import bullets, element, heading, link, note, section
from schoolsim.ui.pages.evidence.addresses import address, with_links
from schoolsim.ui.pages.evidence.lists import back
from schoolsim.ui.pages.evidence.words import plain, value_text
from schoolsim.ui.tables import column, table

MAKING = "the making of a world"


def view(topic: str, list_title: str, title: str, *parts: Any) -> Any:
    """One entry: the way back, its title, its parts; what is None is left out."""
    return element("article", back(topic, list_title), heading(2, title), *[part for part in parts if part is not None])


def part(title: str, *children: Any) -> Any:
    """A part of an entry under a heading of its own."""
    return section(title, *children, level=3)


def named(book: Book, pairs: Sequence[tuple[str, Any]]) -> Any:
    """Names with what they are; what is empty is left out, keys in texts are links."""
    cells = []
    for name, value in pairs:
        if value not in ("", None, [], ()):
            shown = with_links(book, value) if isinstance(value, str) else value
            cells += [element("dt", name), element("dd", *(shown if isinstance(shown, list) else [shown]))]
    return element("dl", *cells, classes="facts")


def links(topic: str, names: Iterable[str], titles: dict[str, str] | None = None) -> list[Any]:
    """Links to entries of one topic, with commas between them."""
    shown: list[Any] = []
    for name in names:
        shown += [", "] if shown else []
        shown.append(link((titles or {}).get(name, name), address(topic, name)))
    return shown


def processes(names: Iterable[str]) -> list[Any]:
    """Links to processes; the making of a world is none."""
    every = list(names)
    shown = links("processes", [name for name in every if name != START], {name: plain(name).lower() for name in every})
    return [*shown, *([", "] if shown else []), MAKING] if START in every else shown


def mechanisms(book: Book, keys: Iterable[str]) -> list[Any]:
    """Links to mechanisms by identifier and name."""
    titles = {key: f"{key} {plain(entry.name).lower()}" for key, entry in book.mechanisms.items()}
    return links("mechanisms", keys, titles)


def numbers(rows: Sequence[Parameter], caption: str) -> Any:
    """A table of parameters, None where there are none."""
    if not rows:
        return None
    listed = [
        {"path": row.path, "value": value_text(row.value), "unit": row.unit, "range": range_of(row.to_dict()),
         "grade": row.grade, "meaning": row.meaning, "to": address("parameters", row.path), "_key": row.path}
        for row in rows
    ]  # fmt: skip
    columns = [column("path", "Parameter", link=True), column("value"), column("unit"), column("range"),
               column("grade"), column("meaning")]  # fmt: skip
    return part("Parameters", table(caption, columns, listed))


def levers(found: Sequence[Lever]) -> Any:
    """A list of levers, None where there are none."""
    if not found:
        return None
    addresses = [link(lever.title, address("levers", lever.name)) for lever in found]
    listed = [element("span", to, f": {lever.allowed}") for to, lever in zip(addresses, found, strict=True)]
    return part("Levers", bullets(listed))


def sources_in_full(book: Book, keys: Sequence[str]) -> Any:
    """What the program holds of each source, None where an entry names none."""
    if not keys:
        return None
    known = [book.sources[key] for key in keys if key in book.sources]
    unknown = [key for key in keys if key not in book.sources]
    rows = [
        {"key": source.key, "what": source.title, "rest": "; ".join(list(source.told.values())[1:]),
         "to": address("sources", source.key), "_key": source.key}
        for source in known
    ]  # fmt: skip
    columns = [column("key", link=True), column("what"), column("rest", "Value and where from")]
    listed = table("Sources", columns, rows, sortable=False)
    held = note(f"Named, and not among the sources that the program holds: {', '.join(unknown)}.")
    return part("Sources", *([listed] if known else []), *([held] if unknown else []))
