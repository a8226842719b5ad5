"""A result in words: what it is, when it was made, how large it is."""

from __future__ import annotations

from datetime import datetime

from schoolsim.lab.library import Entry

KINDS = {
    "comparison": "comparison", "run": "single run", "validation": "validation", "calibration": "calibration",
    "knock-out": "mechanisms taken out",
    "unfinished": "unfinished", "damaged": "damaged",
}  # fmt: skip
MEGABYTE = 1_000_000
MINUTE, HOUR = 60, 3600


def compared(entry: Entry) -> str:
    """What was compared."""
    return ", ".join(entry.regimes)


def state(entry: Entry) -> str:
    """What kind of result it is, and how far one is that is not finished."""
    if entry.kind != "unfinished":
        return KINDS.get(entry.kind, entry.kind)
    asked = f" of {entry.replicates}" if entry.replicates else ""
    return f"unfinished: {entry.finished or 0}{asked} replicates done"


def made_by(entry: Entry) -> str:
    """By which version, and whether by this very code."""
    if not entry.code:
        return ""
    return f"{entry.version}, {'this code' if entry.same_code else 'other code'}"


def when(moment: datetime) -> str:
    """A moment as people write it, in the time of the server; sorts as text."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def moment_in_words(moment: datetime) -> str:
    """The same as a sentence has it."""
    local = moment.astimezone()
    return f"{local.day} {local.strftime('%B %Y at %H:%M')}"


def size(bytes_: int) -> str:
    """Of files."""
    return f"{bytes_ / MEGABYTE:.1f} MB" if bytes_ >= MEGABYTE / 10 else f"{max(1, round(bytes_ / 1000))} kB"


def took(seconds: float | None) -> str:
    """How long it took."""
    if seconds is None:
        return ""
    if seconds < 2 * MINUTE:
        return f"{seconds:.0f} seconds"
    return f"{seconds / MINUTE:.0f} minutes" if seconds < 2 * HOUR else f"{seconds / HOUR:.1f} hours"


def place(entry: Entry) -> str:
    """The place, or the name of the folder where nothing says it."""
    return entry.title or entry.name


def regimes(entry: Entry) -> str:
    """How many regimes."""
    count = len(entry.regimes)
    return f"{count} regime{'' if count == 1 else 's'}" if count else KINDS.get(entry.kind, entry.kind)


def length(entry: Entry) -> str:
    """How many regimes, and how many years."""
    years = f", {entry.years} year{'' if entry.years == 1 else 's'}" if entry.years else ""
    return regimes(entry) + years


def named(entry: Entry) -> str:
    """A result as a question or a choice names it."""
    return f"{place(entry)}, {moment_in_words(entry.created)}, {length(entry)}"
