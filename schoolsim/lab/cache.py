"""A folder of bytes by key that anybody may delete: bounded, written whole, and checked whenever it is read."""

from __future__ import annotations

import hashlib
import logging
import math
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs
import pyarrow as pa

from schoolsim.errors import InputError
from schoolsim.files import write_atomically

FOLDER_VARIABLE, LIMIT_VARIABLE, OFF = "SCHOOLSIM_CACHE", "SCHOOLSIM_CACHE_GB", "off"
USUAL_GIGABYTES, GIGABYTE = 4.0, 10**9
ENDING = ".world"
SEAL_BYTES, LENGTH_BYTES = 32, 8
FORGOTTEN_AFTER = 3600.0  # seconds; no write takes an hour, so its writer was killed
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cache:
    """Contents by key. Losing an entry costs time and nothing else, so whatever fails here only goes to the log.

    There is no lock. Processes that put the same key at once write the same content to files of their own, and
    the last to be renamed stays. An entry deleted while somebody reads it is still read to its end (on
    Windows it cannot be deleted then, and stays until the next time).

    Attributes:
        folder: where entries lie; None keeps nothing and finds nothing.
        limit: bytes that all entries together may take; those used longest ago go first.
    """

    folder: Path | None = None
    limit: int = int(USUAL_GIGABYTES * GIGABYTE)

    def get(self, key: str) -> bytes | None:
        """What was put under a key; None when there is nothing, or nothing whole."""
        if self.folder is None:
            return None
        file = _file(self.folder, key)
        try:
            content = _unsealed(key, file.read_bytes())
        except (OSError, pa.ArrowException) as error:
            _LOG.debug("not in the cache: %s", error)
            return None
        if content is None:
            _LOG.info("%s is damaged or belongs elsewhere and was not used", file)
            return None
        with suppress(OSError):
            os.utime(file)  # reading leaves no trace on many disks, so the time of writing tells the last use
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a content under a key, unless it alone exceeds the limit."""
        if self.folder is None:
            return
        sealed = _sealed(key, content)
        if len(sealed) > self.limit:
            _LOG.info("%d bytes are more than the cache may hold", len(sealed))
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(_file(self.folder, key), sealed)
            _make_room(self.folder, self.limit)
        except OSError as error:
            _warn_once(f"settled worlds cannot be kept in {self.folder}: {error.strerror or error}")


NO_CACHE = Cache()


def usual_cache() -> Cache:
    """The cache that the environment asks for: by default the user's own cache folder.

    Raises:
        InputError: the limit is not a number of gigabytes.
    """
    folder = os.environ.get(FOLDER_VARIABLE, "")
    if folder.lower() == OFF:
        return NO_CACHE
    usual = platformdirs.user_cache_path("schoolsim", appauthor=False)
    return Cache(Path(folder).expanduser().absolute() if folder else usual, _limit())


def _limit() -> int:
    text = os.environ.get(LIMIT_VARIABLE) or str(USUAL_GIGABYTES)
    try:
        gigabytes = float(text)
    except ValueError:
        gigabytes = math.nan
    if not 0 <= gigabytes < math.inf:
        raise InputError(f"{LIMIT_VARIABLE} takes a number of gigabytes", found=text, allowed="0 or more")
    return int(gigabytes * GIGABYTE)


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}{ENDING}"


# -- seals -----------------------------------------------------------------------------------------------
def _sealed(key: str, content: bytes) -> bytes:
    """Seal, length and content, compressed as fast as can be: a third of the bytes for little more time."""
    body = len(content).to_bytes(LENGTH_BYTES, "little") + _codec().compress(content, asbytes=True)
    return _seal(key, body) + body


def _unsealed(key: str, sealed: bytes) -> bytes | None:
    """The content, None if one bit of it or its key is not as it was sealed."""
    seal, body = sealed[:SEAL_BYTES], memoryview(sealed)[SEAL_BYTES:]
    if seal != _seal(key, body):
        return None
    length = int.from_bytes(body[:LENGTH_BYTES], "little")
    return _codec().decompress(body[LENGTH_BYTES:], length, asbytes=True)


def _seal(key: str, body: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(body)
    return digest.digest()


def _codec() -> pa.Codec:
    return pa.Codec("zstd", compression_level=1)


# -- room ------------------------------------------------------------------------------------------------
def _make_room(folder: Path, limit: int) -> None:
    """Delete the entries used longest ago until the rest fit, and what writers left who were killed."""
    for draft, _, written in _files(folder, f".*{ENDING}.*.part"):
        if written < time.time() - FORGOTTEN_AFTER:
            _deleted(draft)
    entries = sorted(_files(folder, f"*{ENDING}"), key=lambda entry: entry[2])
    excess = sum(size for _, size, _ in entries) - limit
    for entry, size, _ in entries:
        if excess > 0 and _deleted(entry):
            excess -= size


def _files(folder: Path, pattern: str) -> Iterator[tuple[Path, int, float]]:
    """Files with their size in bytes and when they were last used, in seconds."""
    for file in folder.glob(pattern):
        with suppress(FileNotFoundError):  # another process makes room too
            about = file.stat()
            yield file, about.st_size, about.st_mtime


def _deleted(file: Path) -> bool:
    """Whether a file is gone; where one in use cannot be deleted it stays."""
    try:
        file.unlink(missing_ok=True)
    except PermissionError:
        return False
    return True


@cache
def _warn_once(message: str) -> None:
    _LOG.warning(message)
