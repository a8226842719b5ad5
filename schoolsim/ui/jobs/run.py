"""A process at work on a request, for one owner or for several who asked for the same."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import RLock as Lock
from threading import Thread

from schoolsim.ui.jobs.pace import Pace
from schoolsim.ui.jobs.presence import Clock
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.jobs.worker import CUT_SHORT, Failed, Finished, Message, Result, Told, kill, work

_LOG = logging.getLogger(__name__)


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self not in (State.WAITING, State.RUNNING)


class Run:
    """A request and the process that carries it out.

    Whoever calls it holds `lock`; a thread of its own starts the process, listens to it and, when it is gone, calls
    `ended`.
    """

    def __init__(self, request: JobRequest, lock: Lock, clock: Clock, ended: Callable[[], None]) -> None:
        self.request, self.lock, self.state, self.version = request, lock, State.WAITING, 0
        self.pace, self.said = Pace(), ""
        self.place_in_queue: int | None = None
        self.started: datetime | None = None
        self.result: Result = None
        self.error: str | None = None
        self._clock, self._ended = clock, ended
        self._began = self._over = 0.0
        self._stopping = False
        self._process: SpawnProcess | None = None
        self._thread: Thread | None = None

    @property
    def open(self) -> bool:
        """Whether it waits or runs and is not about to be ended."""
        return not (self.state.ended or self._stopping)

    @property
    def busy(self) -> bool:
        """Whether its process is there, or about to be."""
        return self.state is State.RUNNING

    @property
    def seconds(self) -> float:
        """Seconds since it was started, until it ended."""
        if self.started is None:
            return 0.0
        return (self._over if self.state.ended else self._clock()) - self._began

    @property
    def seconds_left(self) -> float | None:
        """Seconds it may still take, None while unknown."""
        return self.pace.seconds_left(self._clock()) if self.busy else None

    def wait_at(self, place: int) -> None:
        """Its place in the queue is now this one; the first is 1."""
        if place != self.place_in_queue:
            self.place_in_queue = place
            self.version += 1

    def begin(self, workers: int) -> None:
        """Start its process, with as many workers if it takes workers."""
        self.state, self.place_in_queue = State.RUNNING, None
        self.started, self._began = datetime.now(UTC), self._clock()
        self.version += 1
        self._thread = Thread(target=self._follow, args=(workers,), name=f"job {self.request.what}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End its process now. What it had finished stays; it goes as `cancelled` once the process is gone."""
        self._stopping = True
        if self.state is State.WAITING:
            self._end(State.CANCELLED)
        elif self._process is not None:
            kill(self._process)

    def join(self, seconds: float) -> None:
        """Wait until its process is gone, for so many seconds at most; without the lock."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _follow(self, workers: int) -> None:
        """Start the process and listen until it is gone; in a thread of its own."""
        last: Message | None
        try:
            server, process = _started(self.request, workers)
        except Exception:  # whatever cannot be handed to another process
            last = Failed(None, traceback.format_exc())
        else:
            self._own(process)
            last = self._listen(server)
            process.join()
            self._disown(process)
        with self.lock:
            self._close_with(last)
        self._ended()

    def _own(self, process: SpawnProcess) -> None:
        with self.lock:
            self._process = process
            if self._stopping:
                kill(process)

    def _disown(self, process: SpawnProcess) -> None:
        with self.lock:
            self._process = None
        process.close()

    def _listen(self, server: Connection) -> Message | None:
        """The last word of the process; None if it went without one."""
        last: Message | None = None
        with server:
            while (message := _heard(server)) is not None:
                if isinstance(message, Told):
                    self._note(message)
                else:
                    last = message
        return last

    def _note(self, told: Told) -> None:
        with self.lock:
            self.pace.told(told.done, told.total, self._clock())
            self.said = told.said
            self.version += 1

    def _close_with(self, last: Message | None) -> None:
        if isinstance(last, Finished):
            self.result = last.result
            self._end(State.FINISHED)
        elif self._stopping:
            self._end(State.CANCELLED)
        else:
            self.error = _explained(self.request, last if isinstance(last, Failed) else None)
            self._end(State.FAILED)

    def _end(self, state: State) -> None:
        self.state, self._over, self.place_in_queue = state, self._clock(), None
        self.version += 1


def _started(request: JobRequest, workers: int) -> tuple[Connection, SpawnProcess]:
    """A process that carries a request out, and the end of the pipe at which to listen to it.

    It is no daemon, since daemons may have no workers; that it ends with the server it sees to itself.
    """
    server, client = Pipe(duplex=False)
    arguments = (client, request.function, request.arguments_with(workers))
    process = get_context("spawn").Process(target=work, args=arguments, name=f"schoolsim {request.what}", daemon=False)
    try:
        process.start()
    except BaseException:
        server.close()
        raise
    finally:
        client.close()  # so that the pipe ends when the process does
    return server, process


def _heard(server: Connection) -> Message | None:
    try:
        return server.recv()
    except (EOFError, OSError):  # it is gone, perhaps in the middle of a word
        return None


def _explained(request: JobRequest, failure: Failed | None) -> str:
    """What the owner is told of a failure; what happened goes to the log, under a name to find it by."""
    if failure and failure.sentence:
        _LOG.warning("%s failed: %s", request.what, failure.sentence)
        return failure.sentence
    name = secrets.token_hex(4)
    _LOG.error("%s failed (%s)\n%s", request.what, name, failure.trace if failure else CUT_SHORT)
    return f"the run failed; the server's log says more under {name}" if failure else f"the run failed: {CUT_SHORT}"
