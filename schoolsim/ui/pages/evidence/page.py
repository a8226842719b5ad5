"""The page at its address: `/evidence?topic=parameters&name=choice.result_weight`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from schoolsim.lab.evidence import Book, open_book
from schoolsim.ui.background import Waited
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import SearchBox
from schoolsim.ui.elements import element, heading, link, paragraph, state
from schoolsim.ui.pages.evidence.addresses import TOPICS, address, asked_for
from schoolsim.ui.pages.evidence.facts import FactList, FactView
from schoolsim.ui.pages.evidence.finding import everything
from schoolsim.ui.pages.evidence.lists import LISTS
from schoolsim.ui.pages.evidence.numbers import ParameterView, SourceView
from schoolsim.ui.pages.evidence.places import PlacesView
from schoolsim.ui.pages.evidence.workings import LeverView, MechanismView, MetricView, ProcessView

VIEWS: dict[str, Callable[[Book, str], Any]] = {
    "mechanisms": MechanismView, "processes": ProcessView, "parameters": ParameterView, "levers": LeverView,
    "metrics": MetricView, "facts": FactView, "sources": SourceView,
}  # fmt: skip
WHOLE: dict[str, Callable[[Book], Any]] = {**LISTS, "facts": FactList}


@solara.component
def Page() -> Any:
    """Topics, a search over all of them, and what was asked for."""
    topic, name = asked_for(solara.use_router().search)
    return element(
        "div",
        heading(1, "Evidence"),
        paragraph("What the model is made of, what its numbers rest on, and how well it meets what is known."),
        *([] if topic == "places" else [Guarded(lambda: Opened(Search), "The search")]),
        element("nav", _topics(topic), aria_label="Topics"),
        Guarded(lambda: _asked(topic, name), TOPICS.get(topic, "This topic")).key(f"{topic}/{name}"),
    )


def _topics(here: str) -> Any:
    """The navigation."""
    return element("ul", *[_entry(topic, here) for topic in TOPICS], classes="buttons")


def _entry(topic: str, here: str) -> Any:
    classes, current = "nav-entry", {}
    if topic == here:
        classes, current = "nav-entry here", {"aria_current": "page"}
    return element("li", link(TOPICS[topic], address(topic), class_=classes, **current))


def _asked(topic: str, name: str) -> Any:
    """The list of a topic, or one entry of it."""
    if topic == "places":
        return PlacesView(name)
    if topic not in WHOLE:
        return Missing("There is no such topic", topic, next(iter(TOPICS)))
    return Opened(lambda book: _entry_or_list(book, topic, name))


def _entry_or_list(book: Book, topic: str, name: str) -> Any:
    if not name:
        return WHOLE[topic](book)
    if name not in getattr(book, topic):
        return Missing(f"Nothing of this name among the {topic}", name, topic)
    return VIEWS[topic](book, name)


@solara.component
def Opened(shown: Callable[[Book], Any]) -> Any:
    """What is shown of the book, at once where somebody has opened it before."""
    if open_book.cache_info().currsize:
        return shown(open_book())
    return Waited(open_book, shown, "Reading the registers …")


@solara.component
def Missing(title: str, name: str, topic: str) -> Any:
    """What stands where an address names nothing."""
    shown = name if len(name) <= 80 else name[:79] + "…"
    return state(title, f"Asked for: {shown}", paragraph(link(f"All {topic}", address(topic))))


@solara.component
def Search(_: Book) -> Any:
    """One box for all registers."""
    router, wrong = solara.use_router(), solara.use_reactive("")
    options = list(everything())
    known = {option["value"] for option in options}

    def choose(value: str) -> None:
        if value in known:
            wrong.value = ""
            router.push(value)
        elif value:
            wrong.value = "Nothing of this name. Type a part of a name, or choose a topic below."

    box = SearchBox(
        label="Find", placeholder="a mechanism, parameter, lever, metric, fact, source or place", options=options,
        wrong=wrong.value, event_choose=choose,
    )  # fmt: skip
    return element("div", box, classes="finder")
