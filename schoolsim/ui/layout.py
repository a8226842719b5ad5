"""The frame around every page: name, navigation, light or dark."""

from __future__ import annotations

from threading import Lock
from typing import Any

import solara

from schoolsim.ui.background import TURNS
from schoolsim.ui.components import ThemeSwitch
from schoolsim.ui.elements import element, link

PAGES = {"": "Policy lab", "runs": "Runs", "evidence": "Evidence"}


@solara.component
def Layout(children: list[Any]) -> Any:
    """Header, page, footer."""
    TURNS.provide(solara.use_memo(Lock, []))
    here = solara.use_router().parts[:1] or [""]
    items = [element("li", _entry(path, title, here[0] == path)) for path, title in PAGES.items()]
    bar = element(
        "header",
        element("a", "Skip to content", classes="skip", href="#content"),
        element("span", "schoolsim", classes="brand"),
        element("nav", element("ul", *items), aria_label="Pages"),
        ThemeSwitch(),
        classes="bar",
    )
    main = element("main", *children, id="content", tabindex="-1")
    footer = element(
        "footer",
        "A simulation: nothing here is a forecast or a judgement of a real school. ",
        link("What it stands on", "/evidence"),
        ". Contains public sector information licensed under the Open Government Licence v3.0 and OS data "
        "© Crown copyright and database right.",
        classes="foot note",
    )
    return element("div", bar, main, footer, classes="page")


def _entry(path: str, title: str, here: bool) -> Any:
    shown = element("span", title, classes="nav-entry here" if here else "nav-entry")
    return element("span", solara.Link(f"/{path}", children=[shown]), **({"aria_current": "page"} if here else {}))

