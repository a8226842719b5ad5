"""Writing files so that a reader finds the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_atomically(path: str | Path, content: bytes) -> Path:
    """Writes a temporary file beside `path`, flushes it to disk and puts it in place in one step.

    An interruption at any moment leaves `path` as it was; the temporary file is removed.

    Args:
        path: where the file shall stand; its folder must exist.
        content: the whole file.
    """
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_usual_mode(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)
    return target


def _usual_mode(target: Path) -> int:
    """The permissions of the file being replaced; for a new one, readable by all as ordinary files are."""
    return target.stat().st_mode & 0o777 if target.exists() else 0o644


def _flush_folder(folder: Path) -> None:
    """Makes the renaming itself durable, where the platform can (Windows cannot open a folder)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
