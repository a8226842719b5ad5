"""What an address of a page asks for."""

from __future__ import annotations

from urllib.parse import parse_qs

MOST_FIELDS, MOST_CHARACTERS = 16, 16_000


def asked_in(search: str | None) -> dict[str, str]:
    """The fields after the question mark, the first of each name; none where they are too many to be meant."""
    if len(search or "") > MOST_CHARACTERS:
        return {}
    try:
        return {name: values[0] for name, values in parse_qs(search or "", max_num_fields=MOST_FIELDS).items()}
    except ValueError:
        return {}
