"""Plain HTML elements as Solara components; their text is always data, never markup.

The browser tells siblings apart by their place: what comes and goes stands in a box of its own, or what follows would
lose what the reader did to it (an opened fold, a half typed word).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import solara
from reacton.core import ComponentWidget

from schoolsim.lab.report import typeset

Child = Any  # an element of Solara, or text
READING = ("Reading the numbers…",)  # until there are sentences


def element(tag: str, *children: Child, classes: str = "", **attributes: str) -> Any:
    """One HTML element; underscores in names of attributes become hyphens."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = solara.v.Html(tag=tag, children=list(children), class_=classes, attributes=named)
    made.component = _of_tag(tag, made.component.widget)
    return made


class _Tag(ComponentWidget):
    """Elements of one tag. A browser cannot turn a heading into a list, so each tag is a component of its own."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@cache
def _of_tag(tag: str, widget: Any) -> _Tag:
    return _Tag(widget)


def heading(level: int, text: str, **attributes: str) -> Any:
    """A heading of level 1 to 4."""
    return element(f"h{level}", text, **attributes)


def paragraph(*children: Child, classes: str = "") -> Any:
    """A paragraph."""
    return element("p", *children, classes=classes)


def note(text: str) -> Any:
    """A line in small type."""
    return element("p", text, classes="note")


def section(title: str, *children: Child, level: int = 2, classes: str = "", key: str = "") -> Any:
    """A part of a page under its heading; `key` makes it a landmark that links lead to."""
    attributes = {"aria_label": title} | ({"id": key} if key else {})
    return element("section", heading(level, title), *children, classes=f"part {classes}".strip(), **attributes)


def bullets(items: Sequence[Child], classes: str = "bullets") -> Any:
    """A list."""
    return element("ul", *[element("li", item) for item in items], classes=classes)


def sentences(said: Iterable[object]) -> Any:
    """What can be said of numbers."""
    return bullets([typeset(one) for one in said], "sentences")


def facts(pairs: Sequence[tuple[str, str]]) -> Any:
    """Names with what they are."""
    cells = [part for name, text in pairs for part in (element("dt", name), element("dd", text))]
    return element("dl", *cells, classes="facts")


def link(text: str, address: str, **attributes: str) -> Any:
    """A link to a page or file of this server, or out."""
    return element("a", text, href=address, **attributes)


def download(text: str, address: str) -> Any:
    """A link that saves a file."""
    return element("a", text, classes="button", href=address, download="")


def opening(text: str, address: str) -> Any:
    """A link that opens beside this page."""
    return element("a", text, classes="button", href=address, target="_blank", rel="noopener")


def swatch(colour: str) -> Any:
    """A spot of the colour by which something is known in the charts."""
    return element("span", classes="swatch", style=f"background:{colour}", aria_hidden="true")


def details(title: str, *children: Child, open_: bool = False) -> Any:
    """What is folded away until somebody asks."""
    attributes = {"open": ""} if open_ else {}
    return element("details", element("summary", title), *children, **attributes)


def button(text: str, on_click: Callable[[], None], *, classes: str = "", disabled: bool = False, **more: str) -> Any:
    """A button; `classes` "go" for the one thing to do on a page."""
    return Button(text, on_click, f"button {classes}".strip(), disabled, more)


@solara.component
def Button(text: str, on_click: Callable[[], None], classes: str, disabled: bool, more: dict[str, str]) -> Any:
    """A component of its own: listening is a hook, and a page may show a button at one time and not at another."""
    attributes = {"type": "button"} | ({"disabled": ""} if disabled else {}) | more
    made = element("button", text, classes=classes, **attributes)

    def clicked(*_: Any) -> None:
        if not disabled:  # what a browser shows as disabled can be clicked all the same
            on_click()

    solara.v.use_event(made, "click", clicked)
    return made


def card(*children: Child, classes: str = "") -> Any:
    """A bordered box."""
    return element("div", *children, classes=f"card {classes}".strip())


def grid(*children: Child, classes: str = "") -> Any:
    """Boxes side by side where there is room."""
    return element("div", *children, classes=f"grid {classes}".strip())


def alert(text: str) -> Any:
    """What went wrong, for eyes and screen readers."""
    return element("p", text, classes="alert", role="alert")


def state(title: str, text: str, *children: Child) -> Any:
    """What stands where something is empty, waiting or broken."""
    return element("div", element("p", title, classes="state-title"), note(text), *children, classes="state")
