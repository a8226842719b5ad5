"""Sources by key, read from the page of evidence that is packaged with the program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
PAGES = (PACKAGE / "_shipped" / "evidence.md", PACKAGE.parent / "docs" / "evidence.md")
"""In an installed package, or beside it in a source checkout."""

KEY = re.compile(r"\b([EPSU])(\d{2,3})(?:\s*(?:[-–]|to)\s*(?:\1)?(\d{2,3})\b)?")


@dataclass(frozen=True)
class Source:
    """One row of the page: `told` holds its cells by the head of their column, `part` the heading above them.

    `above` is the key of the row above it in the table: some rows say "the same at 11" of that.
    """

    key: str
    part: str
    told: Mapping[str, str] = field(default_factory=dict)
    above: str = ""

    @property
    def title(self) -> str:
        """What it is about."""
        return next(iter(self.told.values()), "")

    @property
    def leans(self) -> bool:
        """Whether it is understood only with the row above."""
        return any("the same" in text for text in self.told.values())


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every source by key, in the order of the page; none where the page is missing."""
    page = next((page for page in PAGES if page.is_file()), None)
    return read_sources(page.read_text(encoding="utf-8")) if page else {}


def read_sources(text: str) -> dict[str, Source]:
    """Sources from a page in Markdown: tables whose first column is headed "key"."""
    found: dict[str, Source] = {}
    above = Source("", "")
    for part, head, cells in _rows(text):
        before = above.key if above.part == part else ""
        above = Source(cells[0], part, dict(zip(head[1:], cells[1:], strict=False)), before)
        found[above.key] = above
    return found


def _rows(text: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Heading, head of the table and cells of every row whose table is one of keys."""
    part = ""
    head: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            part, head = line.lstrip("# "), []
        elif not line.startswith("|"):
            head = []
        elif not head:
            head = _cells(line)
        elif head[0] == "key" and not set(line) <= set("|-: "):
            yield part, head, _cells(line)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def keys_in(text: str) -> list[str]:
    """The keys that a text names, in order; ranges such as "E132 to E134" or "E001-E009" written out."""
    named: list[str] = []
    for letter, first, last in KEY.findall(text):
        numbers = range(int(first), int(last or first) + 1)
        named += [f"{letter}{number:0{len(first)}}" for number in numbers]
    return list(dict.fromkeys(named))
