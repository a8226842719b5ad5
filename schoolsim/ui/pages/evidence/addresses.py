"""Where each entry of a register has its page, and text in which entries are named."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from schoolsim.lab.evidence import Book
from schoolsim.ui.addresses import asked_in
from schoolsim.ui.elements import link

PAGE = "/evidence"
TOPICS = {
    "mechanisms": "Mechanisms",
    "processes": "Processes",
    "parameters": "Parameters",
    "levers": "Levers",
    "metrics": "Metrics",
    "facts": "Facts",
    "sources": "Sources",
    "places": "Places",
}
NAMED = re.compile(r"\b[DEMPSTU]\d{2,3}\b")


def address(topic: str, name: str = "") -> str:
    """The page of a topic, or of one entry of it."""
    return f"{PAGE}?{urlencode({'topic': topic} | ({'name': name} if name else {}))}"


def asked_for(search: str | None) -> tuple[str, str]:
    """Topic and name from the part of an address after the question mark; the first topic when it names none."""
    values = asked_in(search)
    topic, name = (values.get(key, "") for key in ("topic", "name"))
    return (topic or next(iter(TOPICS))), name


def topic_of(book: Book, key: str) -> str:
    """Where a key such as E147, M36 or D02 has its page; empty for a key that nothing is known of."""
    registers = {"sources": book.sources, "facts": book.facts, "mechanisms": book.mechanisms}
    return next((topic for topic, entries in registers.items() if key in entries), "")


def with_links(book: Book, text: str) -> list[Any]:
    """The text in parts, keys of known entries as links."""
    parts: list[Any] = []
    done = 0
    for match in NAMED.finditer(text):
        topic = topic_of(book, match[0])
        if topic:
            parts += [text[done : match.start()], link(match[0], address(topic, match[0]))]
            done = match.end()
    return [part for part in (*parts, text[done:]) if part]
