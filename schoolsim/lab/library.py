"""The folder of results as a shelf: what lies there, told without trusting any of it, and taken off it whole."""

from __future__ import annotations

import contextlib
import math
import os
import re
import secrets
import shutil
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schoolsim.errors import InputError, RunError
from schoolsim.lab.compare import MANIFEST, METRICS, PARTS, REPORT, REQUEST, SCHOOLS
from schoolsim.lab.digest import printable
from schoolsim.lab.facts.validate import SUMMARY, VALUES
from schoolsim.lab.knock_out import FOLDER as KNOCK_OUT
from schoolsim.lab.store import code_fingerprint, read_json
from schoolsim.lab.unfinished import finished_stems
from schoolsim.lab.worlds import DRAWN, FIXED
from schoolsim.yaml_source import clipped

MOST_BYTES = 16 * 2**20  # of a manifest; that of England has about 0.1 MB
MOST_TEXT = 200  # characters of a title; a scenario's has at most 120
HALF_WRITTEN = (METRICS, SCHOOLS, VALUES)
_STEM = re.compile(rf"({DRAWN}|{FIXED})-(\d+)")
_HIDDEN_END = ".deleted"


@dataclass(frozen=True)
class Entry:
    """One result. All text is made printable; what its kind does not have is empty or None.

    Attributes:
        folder: where it lies.
        name: the folder above, which is the place or what `--name` said.
        id: its own folder, a hash of what was asked and by which code.
        kind: comparison, run, knock-out, validation, calibration, unfinished or damaged.
        title: of the place, or of a calibration's design.
        regimes: titles, in the order of the manifest.
        replicates: those asked for; of a validation the seeds.
        created: when it was written, or begun if it is unfinished.
        code: fingerprint of the code that made it; `same_code` if that is this very code.
        size_bytes: of all its files.
        finished: of an unfinished comparison the replicates finished under both parameter sets.
        why: what is wrong, in a sentence, where it is damaged or cannot be told.
    """

    folder: Path
    name: str
    id: str
    kind: str
    created: datetime
    title: str = ""
    regimes: tuple[str, ...] = ()
    years: int | None = None
    replicates: int | None = None
    version: str = ""
    code: str = ""
    same_code: bool = False
    seconds: float | None = None
    size_bytes: int = 0
    finished: int | None = None
    why: str = ""


def entries(root: Path | str) -> list[Entry]:
    """Everything in a folder of results, newest first. Links are not followed, and nothing raises.

    A folder that nothing here has written is left out; one that cannot be understood is told as damaged.
    """
    found = (_entry(folder) for name in _folders(Path(root)) for folder in _folders(name))
    return sorted((entry for entry in found if entry), key=lambda entry: entry.created, reverse=True)


def delete(root: Path | str, folder: Path | str) -> None:
    """Take one result away, whole: an interruption leaves it as it was or gone from the shelf, never half.

    Args:
        root: the folder of results.
        folder: an entry's folder.

    Raises:
        InputError: this is no entry of this folder of results; nothing is touched.
        RunError: the system does not let it be moved.
    """
    entry = _own_folder(Path(root), folder)
    hidden = entry.with_name(f".{secrets.token_hex(8)}{_HIDDEN_END}")
    try:
        entry.rename(hidden)
    except OSError as error:
        raise RunError(f"this result could not be deleted: {error.strerror}") from error
    for left in entry.parent.glob(f".*{_HIDDEN_END}"):  # those of an interrupted deletion as well
        shutil.rmtree(left, ignore_errors=True)
    with contextlib.suppress(OSError):
        entry.parent.rmdir()


def _own_folder(root: Path, folder: Path | str) -> Path:
    """The folder of an entry two levels below the root, reached by no link."""
    refused = InputError("this is no result in the folder of results", found=printable(clipped(folder)))
    try:
        home, given = Path(os.path.realpath(root)), Path(folder).absolute()
        inside = home.joinpath(*given.parts[-2:])
        own = os.path.realpath(given) == str(inside) and not given.is_symlink() and inside.parent.parent == home
    except (OSError, ValueError) as error:
        raise refused from error
    shelved = own and inside.parent in _folders(home) and inside in _folders(inside.parent)
    if not shelved or _entry(inside) is None:
        raise refused
    return inside


def _folders(parent: Path) -> list[Path]:
    """The folders in a folder that are neither links nor hidden; none where it cannot be read."""
    try:
        with os.scandir(parent) as there:
            return [
                parent / item.name
                for item in there
                if not item.name.startswith(".") and item.is_dir(follow_symlinks=False)
            ]
    except (OSError, ValueError):
        return []


def _entry(folder: Path) -> Entry | None:
    """What a folder holds; None where it holds no result."""
    kinds: tuple[tuple[Path, Callable[[Entry], Entry]], ...] = (
        (folder / MANIFEST, _finished), (folder / SUMMARY, _validation), (folder / PARTS, _unfinished),
    )  # fmt: skip
    told = next((told for path, told in kinds if os.path.lexists(path)), None)
    if told is None and not any(os.path.lexists(folder / name) for name in HALF_WRITTEN):
        return None
    name, own = printable(folder.parent.name), printable(folder.name)
    plain = Entry(folder, name, own, "damaged", _changed(folder), size_bytes=_size(folder))
    try:
        if told is None:
            raise RunError("it was interrupted while it was written")
        return told(plain)
    except (RunError, OSError, ValueError, OverflowError, RecursionError) as error:
        return replace(plain, why=_why(error))


def _why(error: Exception) -> str:
    """A sentence without the path of the folder, which the entry has anyway."""
    plain = str(error) if isinstance(error, RunError) and " is damaged and " not in str(error) else "it cannot be read"
    return f"{plain[:1].upper()}{plain[1:]}."


def _finished(plain: Entry) -> Entry:
    manifest = _read(plain.folder / MANIFEST)
    hashes = _told(manifest, "sha256", dict)
    for name in hashes:
        _check_own_file(plain.folder, name)
    if "design" in manifest:
        design = _told(manifest, "design", dict)
        made = replace(plain, kind="calibration", title=_text(design, "title"))
    else:
        usual = "comparison" if REPORT in hashes else "run"
        made = _of_regimes(replace(plain, kind=KNOCK_OUT if manifest.get("kind") == KNOCK_OUT else usual), manifest)
    return _by_code(replace(made, created=_created(manifest), seconds=_seconds(manifest)), manifest)


def _unfinished(plain: Entry) -> Entry:
    if (plain.folder / PARTS).is_symlink():
        raise RunError(f"its folder {PARTS} is a link")
    both = Counter(match[2] for stem in finished_stems(plain.folder) if (match := _STEM.fullmatch(stem)))
    begun = replace(plain, kind="unfinished", finished=sum(sets == 2 for sets in both.values()))
    if not os.path.lexists(plain.folder / PARTS / REQUEST):
        return replace(begun, why="What was asked is not written down; an earlier version has begun it.")
    request = _read(plain.folder / PARTS / REQUEST)
    return _by_code(_of_regimes(replace(begun, created=_created(request)), request), request)


def _validation(plain: Entry) -> Entry:
    _check_own_file(plain.folder, VALUES)
    summary = _read(plain.folder / SUMMARY)
    place = _text(summary, "place") if summary.get("place") is not None else "The real school system"
    made = replace(plain, kind="validation", title=place, replicates=_told(summary, "seeds", int))
    return _by_code(made, _told(summary, "versions", dict))


def _of_regimes(entry: Entry, manifest: Mapping[str, Any]) -> Entry:
    regimes = tuple(_text(row, "title" if "title" in row else "name") for row in _rows(manifest, "scenarios"))
    title, years = _text(_told(manifest, "place", dict), "title"), _told(manifest, "years", int)
    return replace(entry, title=title, regimes=regimes, years=years, replicates=_told(manifest, "replicates", int))


def _by_code(entry: Entry, versions: Mapping[str, Any]) -> Entry:
    code = _text(versions, "code")
    return replace(entry, version=_text(versions, "schoolsim"), code=code, same_code=code == code_fingerprint())


def _read(file: Path) -> dict[str, Any]:
    status = file.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise RunError(f"its {file.name} is a link or no file")
    if status.st_size > MOST_BYTES:
        raise RunError(f"its {file.name} is far too large")
    return read_json(file)


def _check_own_file(folder: Path, name: str) -> None:
    if Path(name).name != name or not stat.S_ISREG((folder / name).lstat().st_mode if _there(folder, name) else 0):
        raise RunError(f"it lacks {printable(clipped(name))}")


def _there(folder: Path, name: str) -> bool:
    return "\0" not in name and os.path.lexists(folder / name)


def _told(content: Mapping[str, Any], key: str, kind: Any) -> Any:
    value = content.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise RunError(f"it does not say its {key}, or says it wrongly")
    return value


def _rows(content: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    for row in _told(content, key, list):
        if not isinstance(row, dict):
            raise RunError(f"it says its {key} wrongly")
        yield row


def _text(content: Mapping[str, Any], key: str) -> str:
    return printable(_told(content, key, str)[:MOST_TEXT])


def _seconds(manifest: Mapping[str, Any]) -> float | None:
    seconds = float(_told(manifest, "seconds", int | float)) if "seconds" in manifest else None
    return seconds if seconds is None or math.isfinite(seconds) else None


def _created(manifest: Mapping[str, Any]) -> datetime:
    told = datetime.fromisoformat(_told(manifest, "created", str))
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _changed(folder: Path) -> datetime:
    """When a folder was last changed, for what does not say itself when it was made."""
    try:
        return datetime.fromtimestamp(folder.lstat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _size(folder: Path) -> int:
    """Bytes of all files below, links not followed; what cannot be looked at counts for nothing."""
    sizes = 0
    for above, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                sizes += Path(above, name).lstat().st_size
    return sizes
