"""All jobs of a server: who may see them, which run and which wait, and who is still there to see the end."""

from __future__ import annotations

import atexit
import time
from threading import Event, RLock, Thread

from schoolsim.errors import InputError, RunError
from schoolsim.ui.jobs.job import Job
from schoolsim.ui.jobs.leftovers import clear_up_quietly
from schoolsim.ui.jobs.limits import Limits
from schoolsim.ui.jobs.presence import Clock, How, Presence
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.jobs.run import Run, State

BY_OWNER = "cancelled; what was finished is kept, and the same run goes on from there"
BY_ABSENCE = "ended because nobody was there any more; what was finished is kept, and the same run goes on from there"
BY_SERVER = "ended with the server; what was finished is kept, and the same run goes on from there"
TICK_SECONDS = 1.0
GRACE_SECONDS = 2.0  # a killed process is gone in a fraction of it
REMEMBERED = 20  # ended jobs of one owner
FORGOTTEN_SECONDS = 86_400.0  # owners who have not been there for a day, with all that ended


class Registry:
    """Jobs of all owners; one for the whole server, safe for threads. Close it, or leave the program.

    Args:
        limits: what it takes on at once.
        clock: seconds since some moment.
    """

    def __init__(self, limits: Limits | None = None, clock: Clock = time.monotonic) -> None:
        self.limits = limits or Limits()
        self._clock, self._lock, self._closed = clock, RLock(), Event()
        self._presence = Presence(clock)
        self._jobs: dict[str, list[Job]] = {}
        self._away_since: dict[str, float] = {}
        self._runs: list[Run] = []  # that wait or run, in the order of asking
        clear_up_quietly()
        self._ticker = Thread(target=self._tick_on, name="job clocks", daemon=True)
        self._ticker.start()
        atexit.register(self.close)  # before the interpreter waits for processes that are no daemons

    def start(self, owner: str, request: JobRequest) -> Job:
        """Run a request for an owner, now or when its turn comes.

        An owner who asks again for what is under way gets the same job. Where another owner's run does just this
        already, the new job shares it.

        Raises:
            InputError: it is too large, or too many of the owner's jobs wait already.
            RunError: the server is shutting down.
        """
        if request.size is not None:
            request.size.check(self.limits.most_pupil_years)
        with self._lock:
            if self._closed.is_set():
                raise RunError("the server is shutting down")
            own = self._jobs.setdefault(owner, [])
            run = next((run for run in self._runs if run.open and run.request == request), None)
            same = [job for job in own if job.run is run and not job.state.ended]
            if run and same:
                return same[0]
            self._check_waiting(own)
            self._presence.expected(owner)
            self._away_since.pop(owner, None)
            job = Job(owner, run or self._queued(request), request.title)
            own[:] = [*_remembered(own), job]
            self._advance()
            return job

    def jobs(self, owner: str) -> tuple[Job, ...]:
        """The jobs of an owner, newest first; those that ended long ago are forgotten."""
        with self._lock:
            return tuple(reversed(self._jobs.get(owner, [])))

    def job(self, owner: str, job_id: str) -> Job | None:
        """A job of an owner; there are no others for them."""
        return next((job for job in self.jobs(owner) if job.id == job_id), None)

    def under_way(self) -> tuple[JobRequest, ...]:
        """What runs or waits for anybody: what it writes is not to be deleted meanwhile."""
        with self._lock:
            return tuple(run.request for run in self._runs if not run.state.ended)

    def cancel(self, owner: str, job_id: str) -> None:
        """End a job of an owner, whatever it is doing; nothing where it has ended or there is none."""
        job = self.job(owner, job_id)
        if job is not None:
            self._drop([job], BY_OWNER)

    def seen(self, owner: str, page: str) -> None:
        """A page of an owner connected, or connected again: the owner's clock stops."""
        with self._lock:
            self._presence.seen(owner, page)
            self._away_since.pop(owner, None)

    def gone(self, owner: str, page: str, how: How) -> None:
        """A page went: `left` (closed, or elsewhere now) or `lost` (its connection broke). May be told twice.

        When no page of the owner is left, a clock starts at whose end the owner's jobs end.
        """
        with self._lock:
            self._presence.gone(owner, page, how)

    def tick(self) -> None:
        """End the jobs of owners whose clock has run out; happens by itself every second."""
        with self._lock:
            for owner in self._presence.away():
                self._drop(self._jobs.get(owner, []), BY_ABSENCE)
                self._away_since[owner] = self._clock()
            forgotten = [name for name, since in self._away_since.items() if self._clock() - since > FORGOTTEN_SECONDS]
            for owner in forgotten:
                del self._away_since[owner]
                self._jobs.pop(owner, None)

    def close(self) -> None:
        """End all jobs and their processes, and take no more."""
        atexit.unregister(self.close)
        with self._lock:
            self._closed.set()
            ending = [run for run in self._runs if run.busy]
            self._drop([job for jobs in self._jobs.values() for job in jobs], BY_SERVER)
        for run in ending:
            run.join(GRACE_SECONDS)
        self._ticker.join(GRACE_SECONDS)

    def _queued(self, request: JobRequest) -> Run:
        run = Run(request, self._lock, self._clock, self._advance)
        self._runs.append(run)
        return run

    def _check_waiting(self, own: list[Job]) -> None:
        waiting = sum(job.state is State.WAITING for job in own)
        if waiting >= self.limits.most_waiting:
            raise InputError(
                "too many of your runs are waiting; cancel one, or start this when one of them has begun",
                found=waiting, allowed=f"at most {self.limits.most_waiting} at once",
            )  # fmt: skip

    def _advance(self) -> None:
        """Begin what there is room for, and tell the others their place in the queue."""
        with self._lock:
            self._runs = [run for run in self._runs if not run.state.ended]
            running = sum(run.busy for run in self._runs)
            waiting = [run for run in self._runs if not run.busy]
            room = 0 if self._closed.is_set() else max(0, self.limits.most_running - running)
            for count, run in enumerate(waiting[:room], start=running):
                run.begin(self.limits.workers(count))
            for place, run in enumerate(waiting[room:], start=1):
                run.wait_at(place)

    def _drop(self, jobs: list[Job], why: str) -> None:
        """Cancel jobs, and end the runs that nobody waits for any more."""
        with self._lock:
            for job in jobs:
                if not job.state.ended:
                    job.drop(why)
            wanted = {id(job.run) for own in self._jobs.values() for job in own if not job.state.ended}
            for run in self._runs:
                if run.open and id(run) not in wanted:
                    run.stop()
            self._advance()

    def _tick_on(self) -> None:
        while not self._closed.wait(TICK_SECONDS):
            self.tick()


def _remembered(jobs: list[Job]) -> list[Job]:
    """Those under way, and the last of those that ended."""
    ended = [job for job in jobs if job.state.ended]
    forgotten = ended[:-REMEMBERED]
    return [job for job in jobs if job not in forgotten]
