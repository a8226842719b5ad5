"""What a section of the report is made of, and small words that all sections share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from schoolsim import charts
from schoolsim.charts.embed import specification
from schoolsim.lab.digest import Digest
from schoolsim.lab.sentences import Sentence

FORMATS = {"SD": ".2f", "months": ".1f", "share": ".1%", "ratio": ".1f", "gbp": ",.0f"}
SIGNED = {name: "+" + shape for name, shape in FORMATS.items()}


@dataclass(frozen=True)
class Panel:
    """One figure: its heading, the colour it speaks in, its text for screen readers, and its specification."""

    title: str
    colour: str
    description: str
    spec: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Rows of text under headings; the first column names the row."""

    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Block:
    """A row of panels with a heading, a line on how to read them, and the numbers behind them."""

    title: str
    note: str
    panels: list[Panel] = field(default_factory=list)
    table: Table | None = None
    open_table: bool = False
    wide: bool = False  # two panels a row instead of three
    key: list[tuple[str, str]] = field(default_factory=list)  # (colour, meaning) where titles do not say it


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    key: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def colours(digest: Digest) -> dict[str, str]:
    """The colour of each regime."""
    return charts.regime_colours(digest.regimes, digest.baseline)


def cell_panel(title: str, colour: str, description: str, chart: Any) -> Panel:
    """A panel from a figure."""
    return Panel(title, colour, description, specification(chart))


def spoken_baseline(digest: Digest) -> str:
    """The baseline as it stands in a sentence."""
    return digest.words(digest.baseline).baseline
