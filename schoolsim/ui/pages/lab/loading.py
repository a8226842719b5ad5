"""What a page shows: a finished comparison from its folder, or what an unfinished one has so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import solara

from schoolsim.errors import SchoolsimError
from schoolsim.lab.compare import MANIFEST, folder_of, read
from schoolsim.lab.digest import Digest
from schoolsim.lab.unfinished import Unfinished
from schoolsim.ui.background import use_made
from schoolsim.ui.jobs.job import Job

REMEMBERED = 6  # finished comparisons held in memory for all visitors


@dataclass(frozen=True)
class Loaded:
    """What there is to show.

    Attributes:
        digest: the comparison; None while there is nothing.
        folder: of a finished one; None while it runs.
        wrong: why it cannot be shown.
        waiting: whether it is being read.
    """

    digest: Digest | None = None
    folder: Path | None = None
    wrong: str = ""
    waiting: bool = False

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return self.digest is not None and self.folder is None


NOTHING = Loaded()


def use_result(opened: str | None, job: Job | None, done: int) -> Loaded:
    """Reads beside the page, so that it never waits (a hook of Solara).

    Args:
        opened: folder of a finished comparison, under the results of this server.
        job: a comparison that is running, shown when nothing is opened.
        done: pieces it has finished; what there is is read again whenever they are twice as many.
    """
    shown = solara.use_ref(NOTHING)
    wanted = (opened, job.id if job and not opened else None, done.bit_length() if job and not opened else 0)

    def work() -> Loaded:
        found = _finished(Path(opened)) if opened else _so_far(job) if job else NOTHING
        asked = opened is not None or job is not None
        return shown.current if asked and found is NOTHING and shown.current.live else found

    made = use_made(work, list(wanted))
    found = made.value or NOTHING
    if opened and made.waiting and str(found.folder) != opened:
        found = Loaded(digest=found.digest if found.live else None, waiting=True)
    shown.current = found
    return found


def _finished(folder: Path) -> Loaded:
    try:
        changed = (folder / MANIFEST).stat().st_mtime_ns
        return Loaded(_digest(folder, changed), folder)
    except OSError:
        return Loaded(wrong="This result is no longer there.")
    except SchoolsimError as error:
        return Loaded(wrong=str(error))


@lru_cache(maxsize=REMEMBERED)
def _digest(folder: Path, changed: int) -> Digest:
    """A finished comparison, read once for all visitors; `changed` tells a rewritten one from it."""
    found = read(folder)
    return Digest.of(found.metrics, found.schools, found.manifest)


def _so_far(job: Job) -> Loaded:
    """What a running comparison has; nothing before its first worlds are done."""
    arguments = job.run.request.arguments
    try:
        found = _unfinished(folder_of(arguments["scenarios"], arguments["replicates"], arguments["out"])).read()
    except (SchoolsimError, OSError):
        return NOTHING  # it may have finished just now: the next look finds it whole
    return Loaded(Digest.of(found.metrics, found.schools, found.manifest)) if found is not None else NOTHING


@lru_cache(maxsize=REMEMBERED)
def _unfinished(folder: Path) -> Unfinished:
    """One reader a folder: it reads each part once."""
    return Unfinished(folder)
