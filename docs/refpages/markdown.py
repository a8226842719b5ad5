"""Tables and paragraphs in Markdown, and the rows of the program's registers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from schoolsim.cli.listings import TOPICS

Lines = Iterator[str]
Row = dict[str, Any]
DOCS = Path(__file__).resolve().parents[1]
NO_OPTIONS: dict[str, Any] = {"grade": None, "vintage": None, "dataflow": False, "name": None}


def rows_of(topic: str, **options: Any) -> list[Row]:
    """The rows that `schoolsim show <topic>` lists."""
    return TOPICS[topic].rows(Namespace(**NO_OPTIONS | options))


def heading(text: str) -> Lines:
    """A heading of the second level."""
    yield from (f"## {text}", "")


def paragraph(text: str) -> Lines:
    """One line of text and an empty one."""
    yield from (" ".join(text.split()), "")


def block(language: str, text: str) -> Lines:
    """A block of code."""
    yield from (f"```{language}", text.strip(), "```", "")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Lines:
    """A table and an empty line."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def code(value: object) -> str:
    """The value in code letters."""
    return f"`{value}`"


def codes(values: Iterable[object]) -> str:
    """Several values in code letters, in order of the alphabet."""
    return ", ".join(code(value) for value in sorted(map(str, values)))


def mechanism_link(identifier: str) -> str:
    """The identifier, with a link to its page if it has one."""
    page = next((DOCS / "model").glob(f"{identifier}-*.md"), None)
    return f"[{identifier}](../model/{page.name})" if page else identifier


def in_words(value: object) -> str:
    """A value as a reader would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {in_words(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_item(item) for item in value)
    return str(value)


def _item(value: object) -> str:
    return f"({in_words(value)})" if isinstance(value, list | tuple) else in_words(value)


def _cell(value: object) -> str:
    text = " ".join(in_words(value).split()).replace("|", "\\|")
    return text if text.startswith(("`", "[")) else text.replace("*", "\\*").replace("<", "&lt;")
