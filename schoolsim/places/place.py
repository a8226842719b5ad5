"""The door to places: names people may give, and the place each of them means."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from schoolsim.errors import InputError, nearest
from schoolsim.places.england import (
    WHOLE,
    authorities,
    country,
    find_authority,
    known_names,
    load_part,
    national_shares,
)
from schoolsim.places.frame import Place
from schoolsim.places.names import Named, plain
from schoolsim.places.own import existing_folder, fingerprint, is_folder_name, load_own
from schoolsim.places.reconstruction import as_reconstructed
from schoolsim.places.toytown import MOST_SCHOOLS, build_town, build_toytown
from schoolsim.vintages import HALOS, PRESENT, VINTAGES

__all__ = ["Place", "content_of", "is_folder_name", "load_place", "place_names", "short_name"]

TOYTOWN = "toytown"
_TOWN = re.compile(rf"{TOYTOWN}:(\d{{1,4}})x(\d{{1,4}})")


def place_names() -> list[str]:
    """Names that `load_place` knows: the invented town, the authorities, all England together.

    Towns of any size are "toytown:60x300".
    """
    return [TOYTOWN, *sorted(authorities().name), WHOLE]


def load_place(name: str | Path, halo: str = "none", vintage: str = PRESENT) -> Place:
    """The place called `name`.

    Args:
        name: An authority of England by name ("salford", in any usual spelling), DfE code ("355") or
            statistical code ("E08000006"); "england"; "toytown"; a generated town of secondaries x primaries,
            "toytown:60x300"; or a folder with tables of one's own, told by a slash: "./my-town".
        halo: How much of the neighbourhood of an authority comes with it: "none", "near" or "full". Invented
            towns, places of one's own and England as a whole have none.
        vintage: When the world starts; what is not of the year of the data says in its title that it is reconstructed.

    Raises:
        InputError: Nobody knows this place; the message names those known and the nearest guess.
    """
    _check_word("halo", halo, HALOS)
    _check_word("vintage", vintage, tuple(VINTAGES))
    if is_folder_name(name):
        return as_reconstructed(load_own(name, vintage), vintage, national_shares(vintage))
    place = _packaged(str(name), halo, vintage)
    return replace(place, schools=place.schools.copy(), areas=place.areas.copy())


@lru_cache(maxsize=8)
def _packaged(name: str, halo: str, vintage: str) -> Place:
    """A place that comes with the program, built once; whoever asks is given a copy of its frames."""
    word = name.strip().lower()
    if word == TOYTOWN:
        return as_reconstructed(build_toytown(vintage), vintage, national_shares(vintage))
    if word.startswith(f"{TOYTOWN}:"):
        return as_reconstructed(build_town(*_town_size(word), vintage), vintage, national_shares(vintage))
    named = _authority(name)
    place = load_part(named, vintage)
    if halo == "none" or named.name == WHOLE:
        return place
    from schoolsim.places.halo import add_halo

    return add_halo(place, country(vintage), halo)


def check_name(name: str) -> None:
    """Refuse the name of a place that nobody knows as `load_place` does, without building a generated town.

    Raises:
        InputError: as `load_place`.
    """
    word = name.strip().lower()
    if word.startswith(f"{TOYTOWN}:"):
        _town_size(word)
    elif word != TOYTOWN:
        _authority(name)


def short_name(name: str) -> str:
    """What files about the place are called, however it was spelt: a folder of one's own by its last part."""
    if is_folder_name(name):
        return existing_folder(name).name
    named = find_authority(name)
    return named.name if named else name.strip().lower().replace(":", "-")


def content_of(name: str) -> str:
    """What a place holds beyond its name: a hash of one's own tables, "" for what comes with the program."""
    return fingerprint(name) if is_folder_name(name) else ""


def _authority(name: str) -> Named:
    named = find_authority(name)
    if named is None:
        guess = _nearest_name(name)
        any_other = "an authority of England such as salford (all: `schoolsim show places`)"
        known = [TOYTOWN, f"{TOYTOWN}:60x300", WHOLE, any_other]
        raise InputError("unknown place", found=name, allowed=known, guess=guess)
    return named


def _nearest_name(name: str) -> str | None:
    """The name meant, perhaps: one that begins with this word, one that looks like it, or a folder."""
    word = plain(name)
    words = [known for known in known_names() if known.replace(" ", "").isalpha()]
    longer = [known for known in words if word and known.startswith(f"{word} ")]
    guess = longer[0] if longer else nearest(word, [*words, TOYTOWN])
    if guess is None:
        return f"./{name}" if name and Path(name).is_dir() else None
    return known_names()[guess].name if guess in known_names() else guess


def _check_word(what: str, word: str, allowed: tuple[str, ...]) -> None:
    if word not in allowed:
        raise InputError(f"unknown {what}", found=word, allowed=allowed, guess=nearest(word, allowed))


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
