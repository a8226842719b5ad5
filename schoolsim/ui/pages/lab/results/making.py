"""How the comparison was made, and what it rests on."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.lab.digest import Digest, printable
from schoolsim.lab.sections import making
from schoolsim.lab.sections.parts import Block
from schoolsim.lab.sentences import assumptions
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import DataTable
from schoolsim.ui.elements import bullets, details, element, facts, note, paragraph, section, sentences
from schoolsim.ui.pages.evidence.addresses import address

AGAIN = "The same scenarios with the same version and seed give the same numbers again, on any number of processors."


@solara.component
def Making(digest: Digest) -> Any:
    """Place, assumptions, versions, scenarios."""
    parameters = digest.manifest.get("parameters", [])
    warned = [assumptions(parameters)] if parameters else []
    return section(
        "How it was made, and what it assumes",
        sentences([*digest.reconstructed, *warned]),
        Guarded(lambda: ThePlace(digest), "What is told of the place"),
        Guarded(lambda: Numbers(digest), "The parameters"),
        Guarded(lambda: Versions(digest), "The versions"),
        key="making",
    )  # fmt: skip


@solara.component
def ThePlace(digest: Digest) -> Any:
    """What of the neighbourhood is simulated, what cannot be shown, what was filled in."""
    blocks = solara.use_memo(lambda: making.place_blocks(digest), [digest])
    return element("div", *[details(block.title, *_told(block), open_=True) for block in blocks])


@solara.component
def Numbers(digest: Digest) -> Any:
    """Every parameter, those that are assumptions first; each leads to its page."""
    blocks = solara.use_memo(lambda: making.parameter_blocks(digest), [digest])
    return element("div", *[details(block.title, ParameterTable(block)) for block in blocks])


@solara.component
def ParameterTable(block: Block) -> Any:
    """Parameters to search, each a link to what is known of it."""
    columns, rows = solara.use_memo(lambda: _with_links(block), [block])
    return DataTable(
        caption=block.title, columns=columns, rows=rows, sort_by=0, searchable=True, noun="parameters",
        search_label="Find a parameter", hide_caption=True, first=25, stacked=True,
    )  # fmt: skip


@solara.component
def Versions(digest: Digest) -> Any:
    """What is needed to make it again."""
    block, plans = solara.use_memo(lambda: (making.versions_block(digest), making.scenario_blocks(digest)), [digest])
    pairs = [(str(name), str(value)) for name, value in _rows(block)]
    texts = [details(plan.title, *[element("pre", row[0]) for row in _rows(plan)]) for plan in plans]
    data = printable(digest.manifest.get("place", {}).get("attribution") or "")
    return details(
        block.title,
        note(AGAIN),
        facts(pairs),
        *([paragraph(f"Data: {data}")] if data else []),
        *texts,
    )


def _rows(block: Block) -> list[list[str]]:
    return block.table.rows if block.table else []


def _told(block: Block) -> list[Any]:
    """A block of the report without figures: its note, then its table, as a list where it has one column."""
    said = [note(block.note)] if block.note else []
    table = block.table
    if table is None:
        return said
    if len(table.head) == 1:
        return [*said, bullets([row[0] for row in table.rows])]
    columns, rows = _as_data(block)
    return [*said, DataTable(caption=block.title, columns=columns, rows=rows, sortable=False, hide_caption=True,
                             stacked=True)]  # fmt: skip


def _as_data(block: Block) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A table of the report as columns and rows of a `DataTable`."""
    table = block.table
    head = table.head if table else []
    columns: list[dict[str, Any]] = [{"key": str(turn), "title": title} for turn, title in enumerate(head)]
    return columns, [{str(turn): text for turn, text in enumerate(row)} for row in _rows(block)]


def _with_links(block: Block) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same, the path in the first column leading to the page of the parameter."""
    columns, rows = _as_data(block)
    columns[0] |= {"link": "_page"}
    return columns, [row | {"_page": address("parameters", row["0"])} for row in rows]
