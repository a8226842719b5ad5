"""What takes a moment is done off the event, so that the page is there at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara
from solara.lab import use_task

from schoolsim.ui.elements import element


@solara.component
def Waited(work: Callable[[], Any], shown: Callable[[Any], Any], saying: str = "Reading …") -> Any:
    """Shows `shown(work())`, and until then what is being done; an error of the work is raised for the boundary.

    The work is done once: a component with another key does another work.
    """
    task = use_task(work, dependencies=[], raise_error=False)
    if task.exception is not None:
        raise task.exception
    if task.finished:
        return shown(task.value)
    return element("p", saying, classes="note", role="status")
