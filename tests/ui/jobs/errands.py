"""What jobs of the tests do: small work that tells where it is, and waits to be ended or let go."""

import os
import time
from pathlib import Path

from schoolsim.errors import RunError
from schoolsim.lab.pool import finished

PATIENCE = 60.0  # seconds; other tests may be at work


def until(true, seconds=PATIENCE):
    """Wait until something is true, looking often."""
    latest = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < latest, "it never came about"
        time.sleep(0.005)


def note(folder, name, content=""):
    """Leave a file, whole."""
    file = Path(folder) / f".{name}"
    file.write_text(str(content))
    file.rename(Path(folder) / name)


def announce(folder):
    """Leave a file named after this process."""
    note(folder, f"process-{os.getpid()}")


def pieces(folder, count, progress):
    """Finish so many pieces at once; returns the folder."""
    progress(0, count, "starting")
    for done in range(1, count + 1):
        progress(done, count, f"piece {done}")
    return Path(folder)


def errand(folder, progress, name="go"):
    """Say that it is there, and wait until a file of that name lets it go."""
    announce(folder)
    progress(0, 1, "waiting")
    until((Path(folder) / name).exists)
    progress(1, 1, "let go")
    return str(folder)


def gang(folder, progress, workers=2):
    """Workers that wait for ever, as a comparison has them; says when all are there."""
    announce(folder)
    progress(0, workers, f"{workers} workers")
    list(finished(_for_ever, [folder] * workers, workers))


def _for_ever(folder):
    announce(folder)
    while True:
        time.sleep(60)


def failing(progress, sentence=None):
    """Fail as told: with a sentence for the user, or with a bug."""
    raise RunError(sentence) if sentence else ZeroDivisionError("a secret of the inside")


def vanishing(progress):
    """End without a word, as a process does for which there is no memory."""
    os._exit(9)


def large(progress):
    """Return what is no small thing."""
    return list(range(1000))


def alive(process_id):
    """Whether a process is there and not merely waiting to be buried."""
    status = Path(f"/proc/{process_id}/stat")
    try:
        os.kill(process_id, 0)
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def announced(folder):
    """The processes that said they are there."""
    return [int(file.name.removeprefix("process-")) for file in Path(folder).glob("process-*")]
