"""Everything that has a page, as options of one search."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from schoolsim.lab.evidence import Book, open_book
from schoolsim.places.england import authorities
from schoolsim.ui.pages.evidence.addresses import address
from schoolsim.ui.pages.evidence.words import plain

Option = dict[str, Any]


@cache
def everything() -> tuple[Option, ...]:
    """Options by address: what is built and known, then places; made once for all visitors."""
    return (*_inner(open_book()), *_places())


def _inner(book: Book) -> Iterator[Option]:
    for key, entry in book.mechanisms.items():
        kind = "mechanism" if entry.built else "mechanism, not built"
        yield _option("mechanisms", key, f"{key} {plain(entry.name)}", kind, entry.meaning if entry.built else "")
    for name, process in book.processes.items():
        yield _option("processes", name, plain(name), "process", process.meaning)
    for path, row in book.parameters.items():
        yield _option("parameters", path, path, "parameter", row.meaning)
    for name, lever in book.levers.items():
        yield _option("levers", name, lever.title, "lever", f"{name} {lever.meaning}")
    for name, metric in book.metrics.items():
        yield _option("metrics", name, metric["title"], "metric", f"{name} {metric['meaning']}")
    for key, fact in book.facts.items():
        yield _option("facts", key, f"{key} {fact.statement}", "fact", "")
    for key, source in book.sources.items():
        yield _option("sources", key, f"{key} {source.title}", "source", " ".join(source.told.values()))


def _places() -> Iterator[Option]:
    for row in authorities().to_dict("records"):
        yield _option("places", row["name"], row["title"], "place", row["statistical_code"])


def _option(topic: str, name: str, text: str, kind: str, words: str) -> Option:
    return {"value": address(topic, name), "text": text, "note": kind, "words": words}
