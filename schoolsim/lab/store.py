"""What a run leaves behind: Parquet with page checksums, a manifest with hashes, all written whole."""

from __future__ import annotations

import hashlib
import io
import json
import platform
import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.errors import RunError
from schoolsim.files import write_atomically

PACKAGES = ("mesa", "numpy", "pandas", "numba", "pyarrow", "altair")
SOURCES = (".py", ".yaml", ".parquet", ".json", ".j2")
DOORS = ("cli", "ui")  # how one asks; no result depends on them


def write_frame(path: Path, frame: pd.DataFrame) -> Path:
    """Write a frame as Parquet with page checksums."""
    buffer = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, buffer, write_page_checksum=True, compression="zstd")
    return write_atomically(path, buffer.getvalue())


def read_frame(path: Path) -> pd.DataFrame:
    """Read a frame; a page that does not match its checksum is an error, never a wrong number.

    Raises:
        RunError: the file is damaged.
    """
    try:
        return pq.read_table(path, page_checksum_verification=True).to_pandas()
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _damaged(path) from error


def write_json(path: Path, content: Mapping[str, Any]) -> Path:
    """Write JSON, whole or not at all."""
    return write_atomically(path, (json.dumps(content, indent=1, default=str) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """Read what `write_json` wrote.

    Raises:
        RunError: the file is damaged.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(content, dict):
        raise _damaged(path)
    return content


def _damaged(path: Path) -> RunError:
    return RunError(f"{path} is damaged and was not used; delete it and run again")


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_hashes(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse files that are missing or not those whose hashes the manifest holds.

    Raises:
        RunError: one of them is damaged.
    """
    for name, expected in dict(manifest.get("sha256", {})).items():
        if not (folder / name).is_file() or sha256(folder / name) != expected:
            raise _damaged(folder / name)


@cache
def code_fingerprint() -> str:
    """A hash of the model's own files, so that results of another version are never taken for one's own."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in SOURCES and path.relative_to(root).parts[0] not in DOORS and path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def identity(request: Mapping[str, Any]) -> str:
    """The name of a run's folder: what was asked and by which code it was answered."""
    text = json.dumps({**request, "code": code_fingerprint()}, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def versions() -> dict[str, Any]:
    """What ran it."""
    return {
        "schoolsim": schoolsim_version(),
        "python": sys.version.split()[0],
        "packages": {name: metadata.version(name) for name in PACKAGES},
        "platform": platform.platform(),
        "code": code_fingerprint(),
    }


def schoolsim_version() -> str:
    """The installed version, or "source" when run from a checkout that was never installed."""
    try:
        return metadata.version("schoolsim")
    except metadata.PackageNotFoundError:
        return "source"
