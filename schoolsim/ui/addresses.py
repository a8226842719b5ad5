"""What an address of a page asks for, and where a result is shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode

MOST_FIELDS, MOST_CHARACTERS = 16, 16_000


def asked_in(search: str | None) -> dict[str, str]:
    """The fields after the question mark, the first of each name; none where they are too many to be meant."""
    if len(search or "") > MOST_CHARACTERS:
        return {}
    try:
        return {name: values[0] for name, values in parse_qs(search or "", max_num_fields=MOST_FIELDS).items()}
    except ValueError:
        return {}


def key_of(folder: Path, root: Path) -> str:
    """The name of a result in addresses: the folder above and its own."""
    return folder.relative_to(root).as_posix()


def opened(key: str) -> str:
    """Where the lab shows a result."""
    return f"/?{urlencode({'open': key})}"
