"""Something that a page asks the server to run: its button, its progress, its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara

from schoolsim.errors import SchoolsimError
from schoolsim.ui.elements import alert, button, element, note
from schoolsim.ui.jobs.job import Job, JobView
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.jobs.run import State
from schoolsim.ui.pages.lab.running import Running
from schoolsim.ui.shared import owner, shared
from schoolsim.ui.watching import use_view


@dataclass(frozen=True)
class Errand:
    """Where it stands.

    Attributes:
        view: None before it was asked for.
        wrong: why it was refused.
        start, cancel: what buttons do.
    """

    view: JobView | None
    wrong: str
    start: Callable[[], None]
    cancel: Callable[[], None]

    @property
    def finished(self) -> bool:
        """Whether it came to its end."""
        return self.view is not None and self.view.state is State.FINISHED


def use_errand(request: JobRequest) -> Errand:
    """Follows a request of this visitor's: one that runs already is found again (a hook of Solara).

    The component is to be keyed by what the request asks for: another request is another errand.
    """
    found = solara.use_memo(lambda: under_way(request), [])
    job, set_job = solara.use_state(found)
    wrong, set_wrong = solara.use_state("")
    view = use_view(job)

    def start() -> None:
        try:
            set_wrong("")
            set_job(shared().registry.start(owner(), request))
        except SchoolsimError as error:
            set_wrong(str(error))

    def cancel() -> None:
        if job is not None:
            shared().registry.cancel(owner(), job.id)

    return Errand(view, wrong, start, cancel)


def under_way(request: JobRequest) -> Job | None:
    """The job of this visitor that does just this and has not ended."""
    own = shared().registry.jobs(owner())
    return next((job for job in own if job.run.request == request and not job.state.ended), None)


@solara.component
def Asked(errand: Errand, title: str, words: str, pieces: str, *, keeps: bool = True) -> Any:
    """The button with what it will do, or how far it is."""
    told = [alert(errand.wrong)] if errand.wrong else []
    if errand.view is not None and not errand.finished:
        return element("div", *told, Running(errand.view, errand.cancel, errand.start, pieces, keeps=keeps))
    return element("div", note(words), *told, button(title, errand.start))
