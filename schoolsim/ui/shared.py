"""What all pages of one server share: where results lie, and who runs what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import solara

from schoolsim.errors import RunError
from schoolsim.ui.jobs.registry import Registry


@dataclass(frozen=True)
class Shared:
    """Set once, before the server starts."""

    results: Path
    registry: Registry


_shared: list[Shared] = []


def share(shared: Shared | None) -> None:
    """Set, or with None forget, what the pages of this process share."""
    _shared[:] = [shared] if shared else []


def shared() -> Shared:
    """What the pages share.

    Raises:
        RunError: no server was started.
    """
    if not _shared:
        raise RunError("the pages are served by `schoolsim serve`")
    return _shared[0]


def owner() -> str:
    """Whose page this is: the session that the browser's cookie names."""
    return str(solara.get_session_id())
