"""One life under two regimes in plain sentences, each made from the numbers of that life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.digest import spoken
from schoolsim.lab.headlines import STAGES, UNITS
from schoolsim.lab.sentences import amount, listed
from schoolsim.people.groups import SEN_NONE, SEN_PLAN
from schoolsim.rules.scale import LAST_PRIMARY_YEAR, age_at_end

SD, SHARE = UNITS["SD"], UNITS["share"]
CAVEAT = "What differs here is one life in one world, not an effect of the policy."
FAMILY = {"fsm6": "eligible for free school meals in the last six years",
          "eal": "with English as an additional language", "in_care": "looked after by the authority",
          "young_carer": "who cares for somebody at home"}  # fmt: skip


def label(pupil: int) -> str:
    """The neutral label of a pupil; nobody is given a name."""
    return f"pupil {pupil}"


class Telling:
    """A life with the words in which it is told.

    Args:
        life: the rows of one pupil under two regimes, as `Lives.of` gives them.
        about: which world it is, as in `Lives.about`.
    """

    def __init__(self, life: pd.DataFrame, about: Mapping[str, Any]) -> None:
        names = (about["first"], about["second"])
        self.sides = tuple(life[life["regime"] == name] for name in names)
        self.regimes = tuple(f"under {spoken(about['titles'][name])}" for name in names)
        self.pupil, girl = label(int(life["pupil"].iloc[0])), bool(life["female"].iloc[0])
        self.girl, self.she, self.her = girl, "she" if girl else "he", "her" if girl else "his"

    def who(self) -> str:
        """The child, as it is when first seen."""
        seen = self.sides[0].iloc[0]
        group = str(seen["ethnicity"]).replace("_", " ").title()
        facts = [words for name, words in FAMILY.items() if seen[name]]
        if seen["sen"] > SEN_NONE:
            facts.append("with an education, health and care plan" if seen["sen"] == SEN_PLAN else "with special needs")
        tail = f", {listed(facts)}" if facts else ""
        kind = "girl" if self.girl else "boy"
        when = f"first seen in {_year_group(int(seen['year_group']))} (school year {int(seen['year'])})"
        return f"{self.pupil.capitalize()}, {when}: a {kind} (ethnicity: {group}){tail}."

    def schools(self) -> Iterator[str]:
        """Where the child goes to school, phase by phase, under both regimes."""
        for phase, primary in (("primary", True), ("secondary", False)):
            first, second = (_of_phase(side, primary) for side in self.sides)
            if not len(first) or not len(second):
                continue
            if _went(first) == _went(second):
                yield f"Under both regimes {self.she} goes to {self._spells(first)} in {phase} years."
            else:
                lead = f"In {phase} years {self.she} goes {self.regimes[0]} to {self._spells(first)}"
                yield f"{lead}; {self.regimes[1]} to {self._spells(second)}."

    def attendance(self) -> Iterator[str]:
        """Mean attendance since the regimes began, where it differs as shown."""
        first, second = (float(side.loc[side["year"] > 0, "attendance_year"].mean()) for side in self.sides)
        if abs(second - first) >= SHARE.resolution:
            yield (
                f"{self.she.capitalize()} attends {_percent(first)} of sessions {self.regimes[0]} and "
                f"{_percent(second)} {self.regimes[1]}."
            )

    def growth(self) -> Iterator[str]:
        """What schools, departments and teachers add in a year, where it differs; the rest of luck is the same."""
        columns = ["school_effect", "teaching_effect"]
        first, second = (side.loc[side["year"] > 0, columns].mean() for side in self.sides)
        school, teaching = (float(second[name] - first[name]) for name in columns)
        if max(abs(school), abs(teaching)) >= SD.resolution:
            yield (
                f"On average over the years {self.her} school adds {_more(school)} a year {self.regimes[1]}, and "
                f"{self.her} departments and teachers {_more(teaching)}; {self.her} own luck is the same."
            )

    def tests(self) -> Iterator[str]:
        """What the tests taken under the regimes have shown."""
        for stage in STAGES:
            rows = [side[side["year_group"].map(age_at_end) == stage] for side in self.sides]
            if all(len(row) and row["year"].iloc[0] > 0 for row in rows):
                first, second = (float(row[f"measured_{stage}"].iloc[0]) for row in rows)
                if np.isfinite(first) and np.isfinite(second):
                    yield f"The tests at {stage} show {_two(_standing, first, second, self.regimes)}."

    def end(self) -> str:
        """Where the child truly stands when last seen, and by how much the two lives differ."""
        first, second = (side.iloc[-1] for side in self.sides)
        age, year = age_at_end(int(first["year_group"])), int(first["year"])
        one, other = float(first["attainment"]), float(second["attainment"])
        standing = _two(_standing, one, other, self.regimes)
        lead = f"At {age} (school year {year}) {self.her} true attainment is {standing}"
        if abs(other - one) < SD.resolution:
            return f"{lead}."
        return f"{lead}: {amount(abs(other - one), SD)} {'higher' if other > one else 'lower'} {self.regimes[1]}."

    def _spells(self, rows: pd.DataFrame) -> str:
        """The schools attended, one after the other, with preference and distance."""
        begins = rows[rows["school"].astype(str).ne(rows["school"].astype(str).shift())]
        told = []
        for turn, (_, row) in enumerate(begins.iterrows()):
            since = f"then, from {_year_group(int(row['year_group']))}, " if turn else ""
            told.append(f"{since}{row['school']} ({self._preference(row)}{row['distance_km']:.1f} km away)")
        return ", ".join(told)

    def _preference(self, row: pd.Series) -> str:
        if pd.isna(row["first_preference_met"]):
            return ""
        if row["first_preference_met"]:
            return f"{self.her} family's first preference, "
        return f"{self.her} family named {row['first_preference']} first, "


def sentences_of(life: pd.DataFrame, about: Mapping[str, Any]) -> list[str]:
    """Who it is, where the child goes, what that brings and where it ends, under two regimes.

    Args:
        life: the rows of one pupil under two regimes, as `Lives.of` gives them.
        about: which world it is, as in `Lives.about`.
    """
    telling = Telling(life, about)
    if not all(len(side) for side in telling.sides):
        return [f"{telling.pupil.capitalize()} is seen under one of the two regimes only."]
    told = [telling.who(), *telling.schools(), *telling.attendance(), *telling.growth(), *telling.tests()]
    return [*told, telling.end(), CAVEAT]


def _of_phase(rows: pd.DataFrame, primary: bool) -> pd.DataFrame:
    return rows[(rows["year_group"] <= LAST_PRIMARY_YEAR) == primary]


def _went(rows: pd.DataFrame) -> list[tuple[int, str]]:
    return list(zip(rows["year_group"].astype(int), rows["school"].astype(str), strict=True))


def _two(words: Any, first: float, second: float, regimes: tuple[str, ...]) -> str:
    """Two figures with their regimes, or one where they are shown alike."""
    one, other = words(first), words(second)
    return f"{one} under both" if one == other else f"{one} {regimes[0]} and {other} {regimes[1]}"


def _standing(value: float) -> str:
    """A result against the national mean of the age."""
    if abs(value) < SD.resolution:
        return "at the national mean"
    return f"{amount(abs(value), SD)} {'above' if value > 0 else 'below'} the national mean"


def _more(value: float) -> str:
    """By how much more or less, in SD."""
    if abs(value) < SD.resolution:
        return "as much"
    return f"{amount(abs(value), SD)} {'more' if value > 0 else 'less'}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _year_group(number: int) -> str:
    return f"Year {number}" if number else "reception"
