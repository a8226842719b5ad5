"""What happens in the process of a job: the function is called, and what it tells goes to the server."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from schoolsim.errors import SchoolsimError
from schoolsim.lab.pool import Progress, stay_with_parent

CUT_SHORT = "a process of the run was ended from outside, perhaps for want of memory"

type Result = Path | str | int | float | None


@dataclass(frozen=True)
class Told:
    """Progress: how many pieces are done, of how many, and what was just done."""

    done: int
    total: int
    said: str


@dataclass(frozen=True)
class Finished:
    """It is done; what came out of it, where that is small: a folder, as a rule."""

    result: Result


@dataclass(frozen=True)
class Failed:
    """It failed: a plain sentence where one is known, and for the log where it happened."""

    sentence: str | None
    trace: str


type Message = Told | Finished | Failed


def kill(process: SpawnProcess) -> None:
    """End a process that `work`s, and its workers with it."""
    if os.name == "posix" and process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):  # it has ended, or is not so far as to have a group
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def work(server: Connection, function: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
    """Call a function, tell the server its progress, and in the end its result or why it failed."""
    stay_with_parent()
    _stand_apart()

    def progress(done: int, total: int, said: str) -> None:
        server.send(Told(done, total, said))

    server.send(_outcome(function, arguments, progress))


def _stand_apart() -> None:
    """Be the head of a group of processes, so that workers can be ended together with it.

    Workers end by themselves too, wherever they run, but not while a kernel keeps Python from noticing.
    """
    if os.name == "posix":
        os.setpgid(0, 0)


def _outcome(function: Callable[..., Any], arguments: Mapping[str, Any], progress: Progress) -> Message:
    try:
        return Finished(_small(function(**arguments, progress=progress)))
    except SchoolsimError as error:
        return Failed(str(error), traceback.format_exc())
    except (BrokenExecutor, MemoryError):
        return Failed(CUT_SHORT, traceback.format_exc())
    except Exception:
        return Failed(None, traceback.format_exc())


def _small(result: Any) -> Result:
    """The folder of a result that has one, a result that is itself small, or nothing."""
    folder = getattr(result, "folder", result)
    return folder if isinstance(folder, Path | str | int | float) else None
