"""YAML files that people write: read safely, with the line of every key, and one clear message when wrong.

A file is refused before it is read when it is too large or no ordinary file, and before it is built when it
nests too deeply, repeats a key, or uses anchors, aliases or tags.
"""

from __future__ import annotations

import math
import stat
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from schoolsim.errors import InputError, nearest

MAX_BYTES = 256 * 1024  # Far more than anybody writes by hand; a larger file is a mistake or an attack.
MAX_DEPTH = 12  # The deepest shipped file nests five times.
MAX_SHOWN = 80  # Characters of a wrong value that a message quotes.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """What a file says, and where it says it: `lines` maps the path of each key to its line, from 1.

    What a stranger has sent is `sent`: it may name no file or folder, and its own name is only text in messages.
    """

    content: dict
    file: str | None = None
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    sent: bool = False

    @property
    def folder(self) -> Path | None:
        """The folder the file is in; None for content that came from no file of this computer."""
        return Path(self.file).resolve().parent if self.file and not self.sent else None

    def line(self, path: KeyPath) -> int | None:
        """The line of a key, or of the nearest key around it."""
        known = (path[:size] for size in range(len(path), 0, -1) if path[:size] in self.lines)
        nearest_known = next(known, None)
        return self.lines[nearest_known] if nearest_known else None

    def error(self, what: str, path: KeyPath = (), **details: Any) -> InputError:
        """An error at a key of this file; `details` are those of `InputError`: found, allowed, guess."""
        return InputError(what, file=self.file, key=key_name(path) or None, line=self.line(path), **details)


def key_name(path: KeyPath) -> str:
    """A key path as people read it: `changes[2].value`, counting from 1."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return clipped(text.removeprefix("."))


def clipped(found: object) -> str:
    """What was found, short enough for a message."""
    text = str(found)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def read_yaml(path: str | Path) -> Source:
    """Read one mapping from a file."""
    raw = _read_bytes(Path(path))
    return parse_yaml(_decoded(raw, str(path)), str(path))


def read_sent(raw: bytes, name: str) -> Source:
    """One mapping from bytes that somebody sent under a name, which is only text in messages."""
    if len(raw) > MAX_BYTES:
        raise _too_large(name, len(raw))
    return replace(parse_yaml(_decoded(raw, name), name), sent=True)


def parse_yaml(text: str, file: str | None = None) -> Source:
    """Read one mapping from a text; `file` is only named in messages."""
    try:
        return _parsed(text, file)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"this is not valid YAML: {_problem(error, text)}", file=file, line=line) from error
    except yaml.YAMLError as error:
        what = "this is not valid YAML: it holds a character that YAML does not allow"
        raise InputError(what, file=file) from error


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise InputError("cannot find this file", file=path, guess=_sibling(path)) from error
    if not stat.S_ISREG(status.st_mode):
        found = "a folder" if stat.S_ISDIR(status.st_mode) else "something else"
        raise InputError("this is not a file", file=path, found=found, allowed="a YAML file")
    if status.st_size > MAX_BYTES:
        raise _too_large(path, status.st_size)
    return _limited_read(path)


def _limited_read(path: Path) -> bytes:
    """Never more than the limit, even when the file grows meanwhile."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read this file ({error.strerror})", file=path) from error
    if len(raw) > MAX_BYTES:
        raise _too_large(path, len(raw))
    return raw


def _too_large(path: Path | str, size: int) -> InputError:
    return InputError(
        "this file is too large", file=path, found=f"{size:,} bytes", allowed=f"at most {MAX_BYTES:,} bytes"
    )


def _sibling(path: Path) -> str | None:
    try:
        names = [other.name for other in path.parent.iterdir()]
    except (OSError, ValueError):
        return None
    return nearest(path.name, names)


def _decoded(raw: bytes, file: str) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found = f"byte 0x{raw[error.start]:02x}"
        raise InputError("this file is not UTF-8 text", file=file, line=line, found=found) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError("this file holds a NUL byte, so it is not text", file=file, line=line)
    return text


def _parsed(text: str, file: str | None) -> Source:
    _check_events(text, file)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        return _built(loader, node, file)
    finally:
        loader.dispose()


def _built(loader: yaml.SafeLoader, node: yaml.Node | None, file: str | None) -> Source:
    if not isinstance(node, yaml.MappingNode):
        found = {yaml.SequenceNode: "a list", yaml.ScalarNode: "one value"}.get(type(node), "nothing")
        allowed = "lines of the form `key: value`"
        raise InputError("this file holds no keys", file=file, found=found, allowed=allowed)
    builder = _Builder(loader, file)
    return Source(builder.mapping(node, ()), file, builder.lines)


def _check_events(text: str, file: str | None) -> None:
    """Depth, anchors and tags are checked on the flat stream of events, before anything recursive runs."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        what = _refused(event, depth, documents)
        if what:
            raise InputError(what, file=file, line=_line(event))


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


def _refused(event: yaml.Event, depth: int, documents: int) -> str | None:
    if depth > MAX_DEPTH:
        return f"this file nests deeper than {MAX_DEPTH} levels"
    if documents > 1:
        return "this file holds several documents; one is allowed"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors (&) and aliases (*) are not allowed; write the value out"
    if getattr(event, "tag", None):
        return "tags (!) are not allowed"
    return None


class _Builder:
    """Turns nodes into plain Python values and notes the line of every key."""

    def __init__(self, loader: yaml.SafeLoader, file: str | None) -> None:
        self.loader, self.file = loader, file
        self.lines: dict[KeyPath, int] = {}

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, object]:
        return {key: self._value(value, (*path, key)) for key, value in self._pairs(node, path)}

    def _value(self, node: yaml.Node, path: KeyPath) -> object:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, place)) for place, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _pairs(self, node: yaml.MappingNode, path: KeyPath) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._scalar(key_node, path) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                what = "a key must be a word (quote it if it reads as a number or as yes/no)"
                raise self._error(what, path, line, key)
            if key in seen:
                raise self._error("this key appears twice", (*path, key), line)
            seen.add(key)
            self.lines[(*path, key)] = line
            yield key, value_node

    def _scalar(self, node: yaml.Node, path: KeyPath) -> Hashable:
        line = node.start_mark.line + 1
        try:
            value = self.loader.construct_object(node)
        except (ValueError, OverflowError, yaml.constructor.ConstructorError) as error:
            raise self._error("this value cannot be read", path, line, node.value) from error
        if isinstance(value, float) and not math.isfinite(value):
            raise self._error("this number is not finite", path, line, node.value)
        return value

    def _error(self, what: str, path: KeyPath, line: int, found: object = None) -> InputError:
        return InputError(
            what,
            file=self.file,
            key=key_name(path) or None,
            line=line,
            found=None if found is None else clipped(found),
        )


def _problem(error: yaml.MarkedYAMLError, text: str) -> str:
    """What the parser found wrong; a tab, the commonest mistake, is named (the C loader does not)."""
    mark, lines = error.problem_mark, text.splitlines()
    if mark and mark.line < len(lines) and lines[mark.line][mark.column :].startswith("\t"):
        return "a tab cannot indent; use spaces"
    return str(error.problem or error.context or "unreadable")
