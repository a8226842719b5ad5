"""Facts: what the model must show of the real school system, and whether it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.evidence import Book
from schoolsim.lab.facts.register import Fact, Number
from schoolsim.lab.facts.scored import Scored, scored_facts
from schoolsim.ui.background import Waited
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import VegaChart
from schoolsim.ui.elements import element, grid, heading, note, paragraph
from schoolsim.ui.pages.evidence.addresses import address
from schoolsim.ui.pages.evidence.parts import named, part, sources_in_full, view
from schoolsim.ui.pages.evidence.words import counted
from schoolsim.ui.shared import shared
from schoolsim.ui.tables import column, table

MANY = 12  # rows from which on a table can be searched
NOT_SCORED = "not scored here yet"
HOW = "To score facts on this machine: schoolsim validate (quick), or schoolsim validate --full."
USES = {
    "calibrate": "the model may be fitted to it",
    "score": "reported only; nothing is ever tuned to it",
}


def _scores() -> dict[str, Scored]:
    return scored_facts(shared().results)


@solara.component
def FactList(book: Book) -> Any:
    """All facts with the verdicts of this machine."""
    return Waited(_scores, lambda scores: FactTable(book, scores), "Reading the verdicts …")


@solara.component
def FactTable(book: Book, scores: Mapping[str, Scored]) -> Any:
    """Statement, what is expected, verdict."""
    rows = [
        {"id": key, "statement": fact.statement, "expected": fact.expected, "strength": fact.strength,
         "verdict": verdict_of(fact, scores.get(key)), "to": address("facts", key), "_key": key}
        for key, fact in book.facts.items()
    ]  # fmt: skip
    columns = [column("id", "Fact", link=True), column("statement"), column("expected"), column("verdict"),
               column("strength")]  # fmt: skip
    return element(
        "div",
        paragraph(_counts(book, scores)),
        note(HOW),
        table("Facts", columns, rows, noun="facts", placeholder="for instance not met, or poverty"),
    )  # fmt: skip


def _counts(book: Book, scores: Mapping[str, Scored]) -> str:
    """How many are met and not, in one sentence."""
    able = [key for key, fact in book.facts.items() if fact.experiment]
    counts = Counter(scores[key].verdict if key in scores else NOT_SCORED for key in able)
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    few = " Those called provisional stand on few seeds or few places." if _any_provisional(scores) else ""
    waiting = len(book.facts) - len(able)
    return f"{len(able)} of {len(book.facts)} facts can be computed: {said}. The other {waiting} await something.{few}"


def _any_provisional(scores: Mapping[str, Scored]) -> bool:
    return any(score.provisional for score in scores.values())


def verdict_of(fact: Fact, score: Scored | None) -> str:
    """The verdict in words, or why there is none."""
    if not fact.experiment:
        return f"awaits {fact.awaits}"
    if score is None:
        return NOT_SCORED
    return f"{score.verdict} (provisional)" if score.provisional else score.verdict


@solara.component
def FactView(book: Book, name: str) -> Any:
    """One fact with its numbers."""
    fact = book.facts[name]
    told = [("Expected", fact.expected), ("Strength of the evidence", fact.strength),
            ("Use", f"{fact.use}: {USES.get(fact.use, '')}"), ("But", fact.use_note),
            ("Against the model's author", "yes: it cuts against what was hoped for" if fact.cuts_against else ""),
            ("Worlds", ", ".join(fact.worlds)), ("Start", fact.vintage), ("Awaits", fact.awaits),
            ("Evidence", ", ".join(fact.evidence))]  # fmt: skip
    return view(
        "facts", "Facts", f"{name} {fact.statement}",
        named(book, told),
        Waited(_scores, lambda scores: Numbers(fact, scores.get(name)), "Reading the verdict …").key(name)
        if fact.experiment else None,
        sources_in_full(book, book.keys_of_fact(name)),
    )  # fmt: skip


@solara.component
def Numbers(fact: Fact, score: Scored | None) -> Any:
    """The numbers of a fact: their ranges, and what came out where it was scored."""
    if score is None:
        return part("Numbers", paragraph(f"{NOT_SCORED.capitalize()}."), note(HOW), _ranges(fact))
    grade = "provisional: it stands on few seeds or few places" if score.provisional else "it stands"
    said = f"Verdict: {score.verdict} ({grade}), over {counted(score.seeds, 'seed')}, in {score.folder.name}."
    figures = Guarded(lambda: Waited(score.values, lambda values: Figures(fact, score, values), "Drawing …"), "Figures")
    return part("Numbers", paragraph(said), figures, _scored(score))


@solara.component
def Figures(fact: Fact, score: Scored, values: pd.DataFrame) -> Any:
    """A picture for each number: every seed in every world, beside the range."""
    told = {(row["number"], row["world"]): row for row in score.numbers}
    drawn = [(number, rows) for number in fact.numbers if (rows := _seeds(number, values, told)) is not None]
    legend = note("A tick is one seed, the diamond their median, the band what counts as met.")
    return element("div", legend, grid(*[Figure(number, rows).key(number.name) for number, rows in drawn]))


def _seeds(number: Number, values: pd.DataFrame, told: Mapping[tuple[str, str], Any]) -> pd.DataFrame | None:
    """A row a world and seed of one number, None where it was not scored or nothing can be shown."""
    worlds = [world for name, world in told if name == number.name]
    mine = values[(values["number"] == number.name) & values["world"].isin(worlds)]
    if mine["value"].notna().sum() == 0:
        return None
    rows = [told[number.name, world] for world in mine["world"]]
    return mine.assign(world=[row["places"] for row in rows], verdict=[row["verdict"] for row in rows])


@solara.component
def Figure(number: Number, rows: pd.DataFrame) -> Any:
    """One number."""
    description = f"{number.meaning}: {len(rows)} values of single seeds; what counts as met is {number.range}."

    def drawn() -> str:
        return specification_text(
            charts.fact_figure(rows, low=number.low, high=number.high, value_format=".3~g", description=description,
                               title=number.unit)
        )  # fmt: skip

    spec = solara.use_memo(drawn, [])
    title = heading(4, f"{number.meaning[:1].upper()}{number.meaning[1:]}")
    return element("div", title, note(number.name), VegaChart(spec=spec, description=description))


def _ranges(fact: Fact) -> Any:
    rows = [
        {"name": number.name, "meaning": number.meaning, "unit": number.unit, "range": number.range,
         "awaits": number.awaits} for number in fact.numbers
    ]  # fmt: skip
    columns = [column("name", "Number"), column("meaning"), column("unit"), column("range")]
    columns += [column("awaits")] if any(number.awaits for number in fact.numbers) else []
    return table("Numbers and their ranges", columns, rows)


def _scored(score: Scored) -> Any:
    rows = [
        {**range_and_value(row), "where": row["places"], "meaning": row["meaning"], "unit": row["unit"],
         "inside": _inside(row), "verdict": f"awaits {row['awaits']}" if row["awaits"] else row["verdict"],
         "_words": row["number"]}
        for row in score.numbers
    ]  # fmt: skip
    columns = [column("meaning", "Number"), column("where"), column("unit"), column("value", "Median", number=True),
               column("interval", "95% of seeds"), column("range"), column("inside", "Seeds inside"),
               column("verdict")]  # fmt: skip
    return table("Numbers as scored", columns, rows, noun="numbers" if len(rows) > MANY else "")


def range_and_value(row: Mapping[str, Any]) -> dict[str, str]:
    """The median over the seeds with its interval, and the range that counts as met."""
    interval = " to ".join(map(_figure, row["interval"]))
    return {"value": _figure(row["value"]), "interval": interval, "range": row["range"]}


def _figure(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3g}".replace("-", "\u2212")


def _inside(row: Mapping[str, Any]) -> str:
    """Of how many seeds it is met; nothing for a number that has no range."""
    return "" if row["range"] == "reported" else f"{round(row['inside'] * row['seeds'])} of {row['seeds']}"
