"""Which process looks up which lever, and whose numbers beside its own: found in the text of the program.

Settings are looked up by name, `system.levers["…"]` and `system.values["sheet"]["number"]`, so that reading the files
finds every lookup at once. A run would find those of one set of levers only, and takes half a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from schoolsim.schedule import BY_NAME

PACKAGE = Path(__file__).resolve().parents[2]
START = "start"
"""Who reads when it is no process: the making of a world."""

LEVER = re.compile(r'\blevers\["([\w.]+)"\]')
NUMBER = re.compile(r'\bvalues\["(\w+)"\]\["(\w+)"\]')
IMPORT = re.compile(r"^from schoolsim\.people\.(\w+) import", re.MULTILINE)
SHEET = re.compile(r'\bvalues\["(\w+)"\](?!\[)')


@cache
def lever_readers() -> dict[str, tuple[str, ...]]:
    """Processes by the lever that they look up."""
    return _gathered((match[1], reader) for reader, text in _texts() for match in LEVER.finditer(text))


@cache
def number_readers() -> dict[str, tuple[str, ...]]:
    """By the path of a parameter, who looks it up from the sheet of another; `START` for the making of a world."""
    named = (
        (f"{match[1]}.{match[2]}", reader)
        for reader, text in _texts()
        for match in NUMBER.finditer(text)
        if match[1] != reader
    )
    return _gathered(named)


@cache
def sheets_at_the_start() -> frozenset[str]:
    """Sheets that the making of a world uses as a whole."""
    return frozenset(match[1] for reader, text in _texts() if reader == START for match in SHEET.finditer(text))


def _gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, reader in pairs:
        if reader not in found.setdefault(name, []):
            found[name].append(reader)
    return {name: tuple(readers) for name, readers in found.items()}


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    """Who reads, and the text of the file: a process has its own file, what makes a world has a folder.

    What a process asks of people, by importing from there, it looks up too.
    """
    found = []
    for name in BY_NAME:
        own = (PACKAGE / "processes" / f"{name}.py").read_text(encoding="utf-8")
        asked = [PACKAGE / "people" / f"{module}.py" for module in IMPORT.findall(own)]
        found += [(name, text) for text in (own, *(file.read_text(encoding="utf-8") for file in asked))]
    making = (*sorted((PACKAGE / "start").glob("*.py")), PACKAGE / "system.py")
    return tuple(found + [(START, file.read_text(encoding="utf-8")) for file in making])
