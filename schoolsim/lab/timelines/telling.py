"""A timeline in words: who it is, then one line a year made from what was kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.draws import Draws
from schoolsim.errors import InputError, nearest
from schoolsim.lab.timelines import pupils, schools, teachers
from schoolsim.lab.timelines.following import Followed
from schoolsim.places import load_place
from schoolsim.scenario import Scenario

MOST_LISTED = 20
CAVEAT = "One life in one world: a synthetic continuation, not a forecast and nobody real."
Row = dict[str, Any]


@dataclass(frozen=True)
class Timeline:
    """One life: a heading, and for each summer (0 is the start) what can be said of the year."""

    heading: str
    years: tuple[tuple[int, str], ...]

    def to_dict(self) -> Row:
        """As plain values."""
        return {"heading": self.heading, "years": [{"year": year, "told": told} for year, told in self.years]}


@dataclass(frozen=True)
class Kind:
    """One kind of life: where its rows are, the column that names one, and how it is told."""

    rows: Callable[[Followed], pd.DataFrame]
    key: str
    heading: Callable[[pd.DataFrame], str]
    year: Callable[[Followed, pd.DataFrame, int], str]
    listed: tuple[str, ...]


KINDS = {
    "pupil": Kind(lambda world: world.pupils, "pupil", pupils.heading, pupils.year,
                  ("pupil", "year", "year_group", "female", "ethnicity", "fsm6", "sen", "school")),
    "teacher": Kind(lambda world: world.teachers, "teacher", teachers.heading, teachers.year,
                    ("teacher", "year", "school", "subject", "age", "experience")),
    "school": Kind(lambda world: world.schools[~world.schools["in_halo"]], "school", schools.heading, schools.year,
                   ("school", "phase", "roll", "places", "fsm6_share")),
}  # fmt: skip


def check_name(kind: str, name: str | None, scenario: Scenario) -> None:
    """Refuse a name that nobody can have, before a world is run for it.

    Raises:
        InputError: it is no number, or no label of a school of the place.
    """
    if name is None:
        return
    if kind == "school":
        labels = list(load_place(scenario.place, vintage=scenario.vintage).schools["label"])
        if name not in labels:
            raise InputError("there is no such school", found=name, allowed=labels, guess=nearest(name, labels))
    elif not (name.isascii() and name.isdigit()):
        raise InputError(f"a {kind} is named by a number", found=name, allowed="a whole number from 1")


def timeline_of(kind: str, name: str, world: Followed) -> Timeline:
    """The life of one pupil or teacher (by number), or of a school (by label).

    Raises:
        InputError: there is no such number or label in this world.
    """
    one = KINDS[kind]
    rows = one.rows(world)
    life = rows[rows[one.key].astype(str) == name].sort_values("year").reset_index(drop=True)
    if not len(life):
        known = f"1 to {int(rows[one.key].max())}"
        raise InputError(f"there is no such {kind} in this world", found=name, allowed=known)
    told = ((int(year), one.year(world, life, place)) for place, year in enumerate(life["year"]))
    return Timeline(one.heading(life), tuple(told))


def listed_of(kind: str, world: Followed) -> list[Row]:
    """Whom one may ask for: all schools as they are at the start; of pupils and teachers some seen longest, by lot."""
    one = KINDS[kind]
    every = one.rows(world).sort_values("year", kind="stable")
    rows = every.drop_duplicates(one.key)
    if kind != "school":
        summers = rows[one.key].map(every[one.key].value_counts())
        rows = rows[summers == summers.max()]
        luck = Draws(world.scenario.seed, "timelines", 0).uniform(rows["id"].to_numpy(), f"a {kind} by lot")
        rows = rows.iloc[np.sort(np.argsort(luck, kind="stable")[:MOST_LISTED])]
    return [{name: _plain(row[name]) for name in one.listed} for _, row in rows.iterrows()]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
