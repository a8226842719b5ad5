"""Two comparisons side by side: what came out of each, and what was different in how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara

from schoolsim.lab.beside import EFFECT, beside, differs
from schoolsim.lab.compare import read
from schoolsim.lab.effects import Effect
from schoolsim.lab.headlines import UNITS, Unit
from schoolsim.lab.library import Entry
from schoolsim.lab.sentences import interval, level, signed
from schoolsim.ui.background import Waited
from schoolsim.ui.components import Choice
from schoolsim.ui.elements import bullets, element, grid, note, paragraph, section, state
from schoolsim.ui.pages.runs import words
from schoolsim.ui.pages.runs.shelf import address
from schoolsim.ui.tables import column, table

NOTHING = {"value": "", "text": "Choose a comparison"}
ALIKE = "Nothing: place, years, replicates, seed, code and rules are the same."
LEGEND = (
    "In the last year of each. For the regime that others are compared with its level is shown, for the others the "
    "mean difference from it over paired runs; in brackets the 95% interval, then the number of runs or pairs."
)
COLUMNS = [column(name) for name in ("outcome", "regime", "first", "second")]


@solara.component
def Chooser(known: Mapping[str, Entry], first: str, second: str) -> Any:
    """Two boxes to choose from."""
    router = solara.use_router()
    whole = {key: entry for key, entry in known.items() if entry.kind == "comparison"}
    chosen, choose = solara.use_state((first, second))
    if len(whole) < 2:
        return section("Side by side", note("When two comparisons are finished, they can be laid side by side here."))
    options = [NOTHING, *({"value": key, "text": words.named(entry)} for key, entry in whole.items())]

    def take(place: int, key: str) -> None:
        now = (key, chosen[1]) if place == 0 else (chosen[0], key)
        choose(now)
        if all(each in whole for each in now):
            router.push(address(first=now[0], second=now[1]))

    boxes = [
        Choice(label=label, options=options, value=chosen[place] if chosen[place] in whole else "",
               event_choose=lambda key, place=place: take(place, key))
        for place, label in enumerate(("First", "Second"))
    ]  # fmt: skip
    return section("Side by side", grid(*boxes, classes="two"))


@solara.component
def Beside(known: Mapping[str, Entry], first: str, second: str) -> Any:
    """Both of them, once they have been read."""
    pair = [known[key] for key in (first, second) if key in known and known[key].kind == "comparison"]
    if len(pair) < 2:
        return state("One of these comparisons is not here.", "Choose two from the boxes above.")
    if first == second:
        return state("These are one and the same.", "Choose two different comparisons.")

    def work() -> tuple[pd.DataFrame, list[str]]:
        one, other = (read(entry.folder) for entry in pair)
        return beside(one, other), differs(one, other)

    return Waited(work, lambda found: Both(pair, *found), "Reading both …")


@solara.component
def Both(pair: list[Entry], effects: pd.DataFrame, different: list[str]) -> Any:
    """The table, and what was different."""
    rows = [row_of(row, number) for number, row in enumerate(effects.to_dict("records"))]
    names = [f"{side}: {words.named(entry)}" for side, entry in zip(("First", "Second"), pair, strict=True)]
    outcomes = table("Headline outcomes of both", COLUMNS, rows, sortable=False)
    made = bullets(different) if different else paragraph(ALIKE)
    return element(
        "article",
        bullets(names),
        section("What was different in how they were made", made, level=3),
        section("What came out", note(LEGEND), outcomes, level=3),
    )


def row_of(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """One outcome under one regime."""
    unit = UNITS.get(row["unit"]) or Unit(row["unit"])
    sides = {side: _number(row, side, unit) for side in ("first", "second")}
    return {"_key": str(number), "outcome": row["outcome"], "regime": row["title"], **sides}


def _number(row: Mapping[str, Any], side: str, unit: Unit) -> str:
    """A level or a difference with its interval; what a comparison does not have is said so."""
    count = int(row[f"{side}_n"])
    if not count:
        return "not in it"
    shown, noun = (signed, "pair") if row["what"] == EFFECT else (level, "run")
    effect = Effect(mean=row[side], low=row[f"{side}_low"], high=row[f"{side}_high"], n=count)
    return f"{shown(effect.mean, unit.brief)} {interval(effect, unit)}, {count} {noun}{'' if count == 1 else 's'}"
