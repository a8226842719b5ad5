"""A job: what one owner asked for, and what a page may show of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from schoolsim.ui.jobs.run import Run, State
from schoolsim.ui.jobs.worker import Result


@dataclass(frozen=True)
class JobView:
    """A job at one moment.

    Attributes:
        id: nobody can guess it.
        what: name of the function that is run ("compare").
        title: words for the page.
        done, total: pieces finished and all; 0 of 0 before the first word.
        said: what was just done, or why the job was ended.
        place_in_queue: 1 is the next; None unless it waits.
        started: universal time; None before it runs.
        seconds: since it started, until it ended.
        seconds_left: judged by the pieces finished so far; None while unknown.
        result: the folder, once finished; of another function what it returns, if that is small.
        error: a plain sentence, if it failed.
        version: changes when any of this does but the seconds.
    """

    id: str
    what: str
    title: str
    state: State
    done: int
    total: int
    said: str
    place_in_queue: int | None
    started: datetime | None
    seconds: float
    seconds_left: float | None
    result: Result
    error: str | None
    version: int


class Job:
    """One owner's share in a run. Another owner's job for the same request may share it."""

    def __init__(self, owner: str, run: Run, title: str) -> None:
        self.id, self.owner, self.run, self._title = secrets.token_urlsafe(16), owner, run, title
        self._dropped: JobView | None = None

    @property
    def state(self) -> State:
        """How far it is. A job that its owner gave up is cancelled, though others may go on with the run."""
        return self._dropped.state if self._dropped else self.run.state

    @property
    def version(self) -> int:
        """Changes when anything does but the seconds; cheap to ask for several times a second."""
        return self._dropped.version if self._dropped else self.run.version

    def seen(self) -> JobView:
        """The job as it is now, all of one moment."""
        with self.run.lock:
            return self._dropped or self._view()

    def drop(self, why: str) -> None:
        """Cancel it and say why. It no longer follows its run, which the registry ends if nobody else waits for it."""
        with self.run.lock:
            self._dropped = replace(
                self._view(), state=State.CANCELLED, said=why, place_in_queue=None, seconds_left=None,
                version=self.run.version + 1,
            )  # fmt: skip

    def _view(self) -> JobView:
        run = self.run
        return JobView(
            id=self.id, what=run.request.what, title=self._title, state=run.state, done=run.pace.done,
            total=run.pace.total, said=run.said, place_in_queue=run.place_in_queue, started=run.started,
            seconds=run.seconds, seconds_left=run.seconds_left, result=run.result, error=run.error,
            version=run.version,
        )  # fmt: skip
