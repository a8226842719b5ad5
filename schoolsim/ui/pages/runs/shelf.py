"""What lies in the folder of results, looked at every few seconds without reading what has not changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import solara

from schoolsim.lab.compare import PARTS
from schoolsim.lab.library import Entry, entries
from schoolsim.ui.addresses import key_of
from schoolsim.ui.background import use_thread

LOOKS_EVERY = 3.0  # s
Signature = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shelf:
    """The entries, newest first, by the name that addresses have for them; None before the first look."""

    entries: dict[str, Entry] | None
    again: Callable[[], None]

    @property
    def known(self) -> dict[str, Entry]:
        """The entries as far as they have been looked at."""
        return self.entries or {}


def use_shelf(root: Path) -> Shelf:
    """Follows the folder while the page is there (a hook of Solara)."""
    found, show = solara.use_state(None)
    turn, look_again = solara.use_state(0)

    use_thread(lambda gone: _look(root, show, gone), [root, turn])
    return Shelf(found, lambda: look_again(lambda count: count + 1))


def _look(root: Path, show: Callable[[dict[str, Entry]], None], gone: Event) -> None:
    shown: Signature | None = None
    while not gone.is_set():
        now = signature(root)
        if now != shown:
            shown = now
            found = listed(root, now)
            if not gone.is_set():
                show(found)
        gone.wait(LOOKS_EVERY)


@lru_cache(maxsize=2)
def listed(root: Path, seen: Signature) -> dict[str, Entry]:
    """The entries by key, read once for all visitors for as long as nothing has changed."""
    return {key_of(entry.folder, root): entry for entry in entries(root)}


def signature(root: Path) -> Signature:
    """When each result was last changed, and each of its parts that are being written."""
    found: list[tuple[str, int]] = []
    for name in _folders(root):
        for folder in _folders(Path(name)):
            for path in (folder, os.path.join(folder, PARTS)):  # noqa: PTH118 (a path for each of thousands)
                with contextlib.suppress(OSError):
                    found.append((path, os.lstat(path).st_mtime_ns))
    return tuple(found)


def _folders(parent: Path) -> list[str]:
    try:
        with os.scandir(parent) as there:
            return sorted(item.path for item in there if item.is_dir(follow_symlinks=False))
    except (OSError, ValueError):
        return []


def address(**asked: str) -> str:
    """The page of one result (`result`), or of two side by side (`first`, `second`)."""
    return f"/runs?{urlencode(asked)}" if asked else "/runs"
