"""The register of facts: each with its statement, its worlds and the numbers by which it is scored."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from schoolsim.errors import InputError, nearest
from schoolsim.lab.facts.authorities import SAMPLES
from schoolsim.yaml_source import Source, read_yaml

REGISTER_FILE = Path(__file__).with_name("facts.yaml")
WORLDS = (*SAMPLES, "vintage")
USES = ("calibrate", "score")
KEYS = ("statement", "expected", "use", "use_note", "once", "cuts_against", "strength", "vintage", "worlds", "evidence",
        "experiment", "numbers", "awaits")  # fmt: skip
REQUIRED = ("statement", "expected", "use", "strength", "worlds", "evidence")
NUMBER_KEYS = ("meaning", "unit", "low", "high", "years", "signed", "awaits")


@dataclass(frozen=True)
class Number:
    """One number of a fact and the range that counts as met; without either end it is reported only.

    Attributes:
        signed: the effect must have the right sign in nine seeds of ten.
        awaits: what is missing before it can be computed, or empty.
    """

    name: str
    meaning: str
    unit: str
    low: float = -math.inf
    high: float = math.inf
    signed: bool = False
    awaits: str = ""

    @property
    def scored(self) -> bool:
        """Whether it has a range at all."""
        return math.isfinite(self.low) or math.isfinite(self.high)

    @property
    def range(self) -> str:
        """The range in words."""
        match math.isfinite(self.low), math.isfinite(self.high):
            case True, True:
                return f"{self.low:g} to {self.high:g}"
            case True, False:
                return f"at least {self.low:g}"
            case False, True:
                return f"at most {self.high:g}"
        return "reported"


@dataclass(frozen=True)
class Fact:
    """A fact; `experiment` names the function that computes its numbers, empty while it `awaits` something.

    The verdict on one marked `once` comes once, from a tagged calibration: it is computed only when named.
    """

    id: str
    statement: str
    expected: str
    use: str
    strength: str
    worlds: tuple[str, ...]
    evidence: tuple[str, ...]
    vintage: str = "england_2019"
    experiment: str = ""
    numbers: tuple[Number, ...] = ()
    awaits: str = ""
    use_note: str = ""
    cuts_against: bool = False
    once: bool = False

    def to_dict(self) -> dict[str, Any]:
        """What lists and results show of it."""
        numbers = [{"name": one.name, "range": one.range, **_shown(one)} for one in self.numbers]
        return {**asdict(self), "worlds": list(self.worlds), "evidence": list(self.evidence), "numbers": numbers}


def _shown(number: Number) -> dict[str, str]:
    return {"unit": number.unit, "meaning": number.meaning} | ({"awaits": number.awaits} if number.awaits else {})


@lru_cache(maxsize=1)
def facts() -> dict[str, Fact]:
    """The register by identifier, in the order of the file."""
    return read_register(read_yaml(REGISTER_FILE))


def facts_named(names: Iterable[str]) -> list[Fact]:
    """The facts of these names that can be computed; all that can but those seen `once`, when none is named.

    Raises:
        InputError: nobody knows a name, or its fact awaits something that is not built.
    """
    known = facts()
    chosen = [_named(name) for name in names] or [fact for fact in known.values() if fact.experiment and not fact.once]
    return sorted({fact.id: fact for fact in chosen}.values(), key=lambda fact: list(known).index(fact.id))


def _named(name: str) -> Fact:
    known, word = facts(), name.upper()
    if word not in known:
        raise InputError("unknown fact", found=name, allowed=list(known), guess=nearest(word, known))
    if not known[word].experiment:
        computed = [fact.id for fact in known.values() if fact.experiment]
        raise InputError(f"fact {word} cannot be scored yet: it awaits {known[word].awaits}", allowed=computed)
    return known[word]


def read_register(source: Source) -> dict[str, Fact]:
    """Facts from a file in the form of `facts.yaml`; refuses one that could not be scored or told."""
    return {name: _fact(source, name) for name in source.content}


def _fact(source: Source, name: str) -> Fact:
    row = source.content[name]
    _check(source, name, row)
    listed = {key: tuple(row[key]) for key in ("worlds", "evidence")}
    numbers = tuple(number for key in row.get("numbers", {}) for number in _numbers(source, name, key))
    return Fact(id=name, **{**row, **listed, "numbers": numbers})


def _check(source: Source, name: str, row: Any) -> None:
    if not isinstance(row, dict):
        raise source.error("a fact is a mapping", (name,), found=row, allowed=KEYS)
    _check_keys(source, (name,), row, KEYS, REQUIRED)
    for world in row["worlds"]:
        if world not in WORLDS:
            raise source.error("unknown world", (name, "worlds"), found=world, allowed=WORLDS)
    if row["use"] not in USES:
        raise source.error("unknown use", (name, "use"), found=row["use"], allowed=USES)
    if ("experiment" in row) == ("awaits" in row) or ("experiment" in row) != ("numbers" in row):
        raise source.error("a fact has an experiment with numbers, or awaits something", (name,))


def _check_keys(source: Source, path: tuple[str, ...], row: dict, known: Iterable[str], needed: Iterable[str]) -> None:
    for key in row:
        if key not in known:
            raise source.error("unknown key", (*path, key), allowed=list(known), guess=nearest(key, known))
    for key in needed:
        if row.get(key) in (None, "", []):
            raise source.error(f"the key `{key}` is missing", path)


def _numbers(source: Source, fact: str, name: str) -> Iterator[Number]:
    """One number, or one for each of its years."""
    row, path = source.content[fact]["numbers"][name], (fact, "numbers", name)
    if not isinstance(row, dict):
        raise source.error("a number is a mapping", path, found=row, allowed=NUMBER_KEYS)
    _check_keys(source, path, row, NUMBER_KEYS, ("meaning", "unit"))
    if row.get("low", -math.inf) > row.get("high", math.inf):
        raise source.error("low lies above high", path, found=[row["low"], row["high"]])
    plain = {key: value for key, value in row.items() if key != "years"}
    for year in row.get("years", [None]):
        suffix, when = ("", "") if year is None else (f"_{year}", f", {_when(year)}")
        yield Number(f"{name}{suffix}", **plain | {"meaning": row["meaning"] + when})


def _when(year: int) -> str:
    return "at the start" if year == 0 else f"after {year} years"
