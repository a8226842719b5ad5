"""The page at its address: the list, one result (`?result=name/id`), or two side by side (`?first=…&second=…`)."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.ui.addresses import asked_in
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.elements import element, heading, link, paragraph, state
from schoolsim.ui.pages.runs.beside import Beside, Chooser
from schoolsim.ui.pages.runs.result import Result
from schoolsim.ui.pages.runs.shelf import Shelf, address, use_shelf
from schoolsim.ui.pages.runs.table import ResultTable
from schoolsim.ui.shared import shared

SAID = "What was run here, newest first. Finished results are seen by everybody who uses this server."
EMPTY = "Compare rules for schools in the policy lab, or run `schoolsim compare` in a terminal; the result stands here."
ASKED = ("result", "first", "second")


def asked_for(search: str | None) -> dict[str, str]:
    """What an address asks to see; what it does not name is empty."""
    query = asked_in(search)
    return {name: query.get(name, "") for name in ASKED}


@solara.component
def Page() -> Any:
    """The runs."""
    asked = asked_for(solara.use_router().search)
    shelf = use_shelf(shared().results)
    told, tell = solara.use_state("")
    return element(
        "div",
        heading(1, "Runs"),
        element("p", told, classes="note", role="status"),
        Guarded(lambda: _shown(shelf, asked, tell), "The list of runs").key("/".join(asked.values())),
    )


def _shown(shelf: Shelf, asked: dict[str, str], tell: Any) -> Any:
    if shelf.entries is None:
        return element("p", "Looking at the folder of results …", classes="note", role="status")
    if asked["result"]:
        return One(shelf, asked["result"], tell)
    return Every(shelf, asked["first"], asked["second"])


@solara.component
def One(shelf: Shelf, key: str, tell: Any) -> Any:
    """One result, or that it is not there."""
    back = element("p", link("← Runs", address()), classes="note")
    entry = shelf.known.get(key)
    if entry is None:
        return element("div", back, state("There is no such result here.", "It may have been deleted."))
    return element("article", back, Result(key, entry, shelf, tell))


@solara.component
def Every(shelf: Shelf, first: str, second: str) -> Any:
    """The list, and two of it side by side."""
    if not shelf.known:
        return state("Nothing has been run yet.", EMPTY, paragraph(link("Go to the policy lab", "/")))
    parts = [
        paragraph(SAID),
        Guarded(lambda: ResultTable(shelf.known), "The table of runs"),
        Guarded(lambda: Chooser(shelf.known, first, second), "The choice of two runs"),
    ]
    if first and second:
        shown = Guarded(lambda: Beside(shelf.known, first, second), "The comparison of two runs")
        parts.append(shown.key(f"{first} {second}"))
    return element("div", *parts)
