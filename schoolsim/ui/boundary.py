"""A part of a page that may fail without taking the page along: it says so plainly and writes the rest to the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import solara

from schoolsim.errors import SchoolsimError
from schoolsim.ui.elements import button, element, note

log = logging.getLogger("schoolsim.ui")


@solara.component
def Guarded(part: Callable[[], Any], name: str = "This part") -> Any:
    """Shows `part()`, or that it failed, with a number that stands in the log too and a button to try again."""
    error, clear = solara.use_exception()
    told = solara.use_ref("")
    if error is None:
        told.current = ""
        return Shown(part)
    if not told.current:
        told.current = told_of(error, name)
    return element(
        "div",
        element("p", told.current, classes="alert", role="alert"),
        note("What you have set and run is kept."),
        button("Try again", lambda: clear()),
        classes="state",
    )


@solara.component
def Shown(part: Callable[[], Any]) -> Any:
    """The part itself: a component of its own, so that what fails in it reaches the boundary above."""
    return part()


def told_of(error: BaseException, name: str) -> str:
    """What a reader is told; the traceback goes to the log under the same number."""
    if isinstance(error, SchoolsimError):
        return str(error)
    number = uuid4().hex[:8]
    log.error("%s failed [%s]", name, number, exc_info=error)
    return f"{name} could not be shown. Details are in the server's log under {number}."
