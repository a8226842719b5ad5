"""The results as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solara

from schoolsim.lab.library import Entry
from schoolsim.ui.addresses import opened
from schoolsim.ui.pages.runs import words
from schoolsim.ui.pages.runs.shelf import address
from schoolsim.ui.tables import column, table

COLUMNS = [
    column("place", link=True), column("compared", "What was run"), column("years", number=True),
    column("replicates", number=True), column("state", "Kind"), column("when", whole=True),
    column("by", "By version", whole=True), column("size", "MB", number=True, decimals=1),
    column("open", "Lab") | {"link": "opened"},
]  # fmt: skip


@solara.component
def ResultTable(known: Mapping[str, Entry]) -> Any:
    """All of them, newest first."""
    rows = [row_of(key, entry) for key, entry in known.items()]
    return table("Runs", COLUMNS, rows, noun="results", placeholder="for instance Salford, or unfinished")


def row_of(key: str, entry: Entry) -> dict[str, Any]:
    """One result as a row."""
    lab = {"open": "Open", "opened": opened(key)} if entry.kind == "comparison" else {}
    return lab | {
        "_key": key, "_words": key, "to": address(result=key), "place": words.place(entry),
        "compared": words.compared(entry), "years": entry.years, "replicates": entry.replicates,
        "state": words.state(entry), "when": words.when(entry.created), "by": words.made_by(entry),
        "size": entry.size_bytes / words.MEGABYTE,
    }  # fmt: skip
