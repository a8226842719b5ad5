"""What finished validations say of each fact: the verdict that stands on most, by one and the same code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from schoolsim.errors import SchoolsimError
from schoolsim.lab.facts.validate import SUMMARY, VALIDATIONS, VALUES
from schoolsim.lab.store import code_fingerprint, read_frame, read_json


@dataclass(frozen=True)
class Scored:
    """One fact as a validation scored it.

    Attributes:
        numbers: rows of `facts.json`, one for each number in each world.
        seeds: how many stand behind each number.
        when: the time at which the validation was written, in seconds of the epoch.
    """

    fact: str
    verdict: str
    provisional: bool
    seeds: int
    numbers: tuple[dict[str, Any], ...]
    folder: Path
    when: float

    def values(self) -> pd.DataFrame:
        """The figures of single seeds: world, seed, number, value.

        Raises:
            RunError: the file is damaged.
        """
        frame = read_frame(self.folder / VALUES)
        return frame[frame["fact"] == self.fact].drop(columns="fact").reset_index(drop=True)


def scored_facts(root: Path) -> dict[str, Scored]:
    """By fact, what the validations under `root` say of it; those of other code, and damaged ones, count for nothing.

    A verdict that stands goes before a provisional one, and the newer before the older.
    """
    best: dict[str, Scored] = {}
    for one in _every(root / VALIDATIONS):
        rival = best.get(one.fact)
        if rival is None or (not one.provisional, one.when) > (not rival.provisional, rival.when):
            best[one.fact] = one
    return best


def _every(folder: Path) -> Iterator[Scored]:
    for file in sorted(folder.glob(f"*/{SUMMARY}")):
        if not file.is_symlink() and not file.parent.is_symlink():
            yield from _of_one(file)


def _of_one(file: Path) -> list[Scored]:
    try:
        content, when = read_json(file), file.stat().st_mtime
        if content["versions"]["code"] != code_fingerprint():
            return []
        numbers: dict[str, list[dict[str, Any]]] = {}
        for row in content["numbers"]:
            numbers.setdefault(row["fact"], []).append(row)
        told = bool(content["provisional"]), int(content["seeds"])
        return [
            Scored(str(fact), str(verdict), *told, tuple(numbers.get(fact, [])), file.parent, when)
            for fact, verdict in content["facts"].items()
        ]
    except (SchoolsimError, OSError, KeyError, TypeError, ValueError, AttributeError):
        return []
