"""Following a job from a page: looks a few times a second, and tells the page only what has changed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import solara

from schoolsim.ui.background import use_thread
from schoolsim.ui.jobs.job import Job, JobView

LOOKS_A_SECOND = 4


def use_view(job: Job | None) -> JobView | None:
    """What can be seen of a job now; the page is drawn anew when that changes (a hook of Solara)."""
    view, set_view = solara.use_state(None if job is None else job.seen())

    def follow(gone: Event) -> None:
        if job is not None:
            _look(job, set_view, gone)

    use_thread(follow, [job.id if job else None])
    return view if job and view and view.id == job.id else (job.seen() if job else None)


def _look(job: Job, tell: Callable[[JobView], None], gone: Event) -> None:
    shown = None
    while not gone.is_set():
        seen = job.seen()
        now = (seen.version, int(seen.seconds))
        if now != shown:
            shown = now
            tell(seen)
        if seen.state.ended:
            return
        gone.wait(1 / LOOKS_A_SECOND)
