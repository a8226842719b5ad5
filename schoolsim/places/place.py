"""The door to places: names people may give, and the place each of them means."""

from __future__ import annotations

import re

from schoolsim.errors import InputError, nearest
from schoolsim.places.england import load_packed, packed_names
from schoolsim.places.frame import Place
from schoolsim.places.toytown import MOST_SCHOOLS, build_town, build_toytown

__all__ = ["Place", "load_place", "place_names"]

TOYTOWN = "toytown"
_TOWN = re.compile(rf"{TOYTOWN}:(\d{{1,4}})x(\d{{1,4}})")


def place_names() -> list[str]:
    """Names that `load_place` knows, the invented town first; towns of any size are "toytown:60x300"."""
    return [TOYTOWN, *sorted(set(packed_names().values()))]


def load_place(name: str) -> Place:
    """The place called `name`.

    Args:
        name: A packed authority by name ("salford", any case), authority code ("355") or statistical code
            ("E08000006"); "toytown"; or a generated town of secondaries x primaries, "toytown:60x300".

    Raises:
        InputError: Nobody knows this place; the message names those known and the nearest guess.
    """
    word = str(name).strip().lower()
    if word == TOYTOWN:
        return build_toytown()
    if word.startswith(f"{TOYTOWN}:"):
        return build_town(*_town_size(word))
    aliases = packed_names()
    if word not in aliases:
        known = place_names()
        raise InputError(
            "unknown place",
            found=name,
            allowed=[*known, f"{TOYTOWN}:60x300"],
            guess=nearest(word, [*aliases, *known]),
        )
    return load_packed(aliases[word])


def _town_size(word: str) -> tuple[int, int]:
    match = _TOWN.fullmatch(word)
    secondary_count, primary_count = map(int, match.groups()) if match else (0, 0)
    if not (
        1 <= secondary_count <= MOST_SCHOOLS and secondary_count <= primary_count <= 10 * secondary_count
    ):
        raise InputError(
            "a generated town needs a number of secondaries and of primaries",
            found=word,
            allowed=f"{TOYTOWN}:NxM with N from 1 to {MOST_SCHOOLS} and M from N to 10N",
            guess=f"{TOYTOWN}:60x300",
        )
    return secondary_count, primary_count
