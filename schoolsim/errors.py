"""The one tree of errors. Everything a user can get wrong ends as an `InputError` with a single clear message."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class SchoolsimError(Exception):
    """Root of every error that schoolsim raises on purpose; the command line exits with 1."""

    exit_code = 1


class InputError(SchoolsimError):
    """Something given by the user is wrong; the command line exits with 2 and nothing is written."""

    exit_code = 2

    def __init__(
        self,
        what: str,
        *,
        file: str | Path | None = None,
        key: str | None = None,
        line: int | None = None,
        found: object = None,
        allowed: object = None,
        guess: str | None = None,
    ) -> None:
        self.what, self.file, self.key, self.line = what, file, key, line
        self.found, self.allowed, self.guess = found, allowed, guess
        super().__init__(self._message())

    def _message(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        parts = [f"{where}: {self.what}" if where else self.what]
        for word, value in (("key", self.key), ("found", self.found), ("allowed", self.allowed)):
            if value is not None:
                parts.append(f"{word}: {_plain(value)}")
        message = "; ".join(parts)
        return f"{message}. Did you mean '{self.guess}'?" if self.guess else message


class RunError(SchoolsimError):
    """A run failed for a reason that is not the user's input."""


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, or None when nothing comes close."""
    close = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.55)
    return close[0] if close else None


def _plain(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)
    return text if len(text) <= 300 else text[:297] + "..."
