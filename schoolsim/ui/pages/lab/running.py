"""A comparison under way: how far, how long, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from schoolsim.ui.elements import button, element, note, state
from schoolsim.ui.jobs.job import JobView
from schoolsim.ui.jobs.run import State


@solara.component
def Running(
    view: JobView, cancel: Callable[[], None], again: Callable[[], None], pieces: str = "worlds", *, keeps: bool = True,
) -> Any:  # fmt: skip
    """Progress while it runs, counted in `pieces`; why it ended where it did not finish.

    `keeps` says whether what is finished is used again when it is begun anew.
    """
    if view.state is State.FAILED:
        return state("The run failed.", view.error or "", button("Try again", again))
    if view.state is State.CANCELLED:
        return state("The run was ended.", view.said, button("Go on with it" if keeps else "Begin again", again))
    share = view.done / view.total if view.total else 0.0
    kept = [note("What is finished is kept.")] if keeps else []
    bar = element(
        "div", element("div", style=f"width:{100 * share:.1f}%"), classes="progress", role="progressbar",
        aria_valuemin="0", aria_valuemax="100", aria_valuenow=f"{100 * share:.0f}", aria_label="Progress of the run",
    )  # fmt: skip
    return element(
        "div", bar,
        element("p", words(view, pieces), role="status", aria_live="polite"),
        element("div", button("Cancel", cancel), *kept, classes="buttons"),
        classes="card running",
    )  # fmt: skip


def words(view: JobView, pieces: str = "worlds") -> str:
    """Where a job stands, in a sentence."""
    if view.place_in_queue:
        return f"Waiting: number {view.place_in_queue} in the queue."
    if not view.total:
        return "Starting: building the place and its children."
    left = "" if view.seconds_left is None else f", {spoken(view.seconds_left)} left"
    return f"{view.done} of {view.total} {pieces} done{left}."


def spoken(seconds: float) -> str:
    """A time that is only roughly known."""
    if seconds < 8:
        return "a few seconds"
    if seconds < 55:
        return f"about {round(seconds / 5) * 5} seconds"
    minutes = max(1, round(seconds / 60))
    if minutes >= 90:
        return f"about {round(minutes / 60)} hours"
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"
