"""Cost, assumptions, and how the comparison was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from schoolsim.lab import sentences
from schoolsim.lab.digest import Digest, printable
from schoolsim.lab.effects import CELL, Cell
from schoolsim.lab.headlines import Outcome
from schoolsim.lab.sections.differences import effect_table
from schoolsim.lab.sections.parts import Block, Section, Table
from schoolsim.metrics import METRICS

MONEY = "_gbp"


def cost(digest: Digest) -> Section:
    """What it costs, if any metric is in pounds; otherwise says that costs are not modelled."""
    outcomes = _money(digest)
    if not outcomes:
        words = "Costs are not modelled yet. Nothing in this report says what a regime would cost or save."
        return Section("cost", "What it costs", [words])
    block = Block("Money", "Pounds, as the metric's name says.", [], effect_table(digest, outcomes), open_table=True)
    return Section("cost", "What it costs", [], [], [block])


def assumptions(digest: Digest) -> Section:
    """Parameters without a source, all parameters, and what the data lacked in this place."""
    parameters = digest.manifest.get("parameters", [])
    said = [sentences.assumptions(parameters)] if parameters else []
    words = "Every number that drives the model has a range and either a source or a reason why it is assumed."
    return Section("assumptions", "Assumptions", [words], said, [*parameter_blocks(digest), *place_blocks(digest)])


def parameter_blocks(digest: Digest) -> list[Block]:
    """The parameters that are assumptions, then those with a source; the first column is the path."""
    parameters = digest.manifest.get("parameters", [])
    assumed, sourced = ([p for p in parameters if (p.get("grade") == "assumption") == is_] for is_ in (True, False))
    blocks = [
        _parameter_block("Numbers that are assumptions", assumed),
        _parameter_block("Numbers with a source", sourced),
    ]
    return [block for block in blocks if block]


def place_blocks(digest: Digest) -> list[Block]:
    """What the simulated neighbourhood holds, what the place cannot show, and what the data lack."""
    place = digest.manifest.get("place", {})
    return [block for block in (_neighbourhood_block(place), _imputed_block(place.get("imputed", []))) if block]


def making(digest: Digest) -> Section:
    """Versions, seed, hashes, data attribution and the text of every scenario."""
    place = digest.manifest.get("place", {})
    found = [versions_block(digest), everything(digest), *scenario_blocks(digest)]
    blocks = [block for block in found if block]
    words = [f"Data: {place['attribution']}"] if place.get("attribution") else []
    words.append("The same command with the same version and seed gives the same numbers again.")
    return Section("making", "How it was made", words, [], blocks)


def versions_block(digest: Digest) -> Block:
    """Versions, seed, size and hashes of files."""
    manifest = digest.manifest
    facts = [[name, printable(manifest[key])] for key, name in _FACTS.items() if manifest.get(key) not in (None, "")]
    facts += [[f"package {name}", printable(version)] for name, version in manifest.get("packages", {}).items()]
    facts += [[f"SHA-256 of {name}", printable(value)] for name, value in manifest.get("sha256", {}).items()]
    return Block("Versions, seed and files", "", [], Table(["What", "Value"], facts))


def scenario_blocks(digest: Digest) -> list[Block]:
    """The text of every scenario."""
    return [_scenario_block(scenario) for scenario in digest.manifest.get("scenarios", [])]


def everything(digest: Digest) -> Block | None:
    """Every measure of all pupils or all schools in the last year, whether or not the report speaks of it."""
    final = digest.metrics[(digest.metrics["year"] == digest.last_year) & (digest.metrics["group"] == "all")]
    cells = final.loc[final["value"].notna(), CELL].drop_duplicates()
    outcomes = [_measure(Cell(*cell)) for cell in cells.itertuples(index=False)]
    if not outcomes:
        return None
    note = f"Year {digest.last_year}; what each measure means: schoolsim show metrics."
    return Block(f"Every measure of all pupils ({len(outcomes)})", note, [], effect_table(digest, outcomes))


def _measure(cell: Cell) -> Outcome:
    known = METRICS.get(cell.metric)
    title = known.title if known else cell.metric.replace("_", " ")
    where = ", ".join(part for part in (cell.phase, f"at {cell.stage}" if cell.stage else "", cell.basis) if part)
    return Outcome(cell, title, f"{title} ({where})", known.unit if known else "", known.better if known else "")


_FACTS = {
    "schoolsim": "schoolsim", "python": "Python", "platform": "platform", "created": "made on", "years": "years",
    "replicates": "replicates", "seed": "seed", "seconds": "seconds taken", "baseline": "baseline",
}  # fmt: skip


def _money(digest: Digest) -> list[Outcome]:
    metrics = digest.metrics
    money = metrics[metrics["metric"].str.endswith(MONEY) & (metrics["year"] == digest.last_year)]
    cells = money[CELL].drop_duplicates()
    return [
        Outcome(Cell(*cell), "", f"{_words(cell.metric)} ({cell.phase})", "gbp", "lower")
        for cell in cells.itertuples(index=False)
    ]


def _words(metric: str) -> str:
    return metric.removesuffix(MONEY).replace("_", " ")


def _parameter_block(title: str, parameters: list[Mapping[str, Any]]) -> Block | None:
    if not parameters:
        return None
    rows = [_parameter_row(parameter) for parameter in parameters]
    table = Table(["Parameter", "Meaning", "Value", "Range", "Grade", "Source or reason"], rows)
    return Block(f"{title} ({len(rows)})", "", [], table)


def _parameter_row(parameter: Mapping[str, Any]) -> list[str]:
    source = parameter.get("source") or parameter.get("because") or ""
    words = ", ".join(map(str, source)) if isinstance(source, list | tuple) else str(source)
    low, high = parameter.get("low"), parameter.get("high")
    span = "" if low is None and high is None else f"{_short(low)} to {_short(high)}"
    value = f"{_short(parameter.get('value'))} {parameter.get('unit', '')}"
    path, meaning, grade = (parameter.get(key, "") for key in ("path", "meaning", "grade"))
    return [printable(text) for text in (path, meaning, value, span, grade, words)]


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _imputed_block(imputed: list[Mapping[str, str]]) -> Block | None:
    if not imputed:
        return None
    rows = [[printable(item.get("what", "")), printable(item.get("how", ""))] for item in imputed]
    return Block(
        "What the data lack in this place", "Filled in as follows.", [], Table(["What", "How"], rows), open_table=True
    )


def _neighbourhood_block(place: Mapping[str, Any]) -> Block | None:
    """What the simulated neighbourhood holds, where it is cut off, and what such a place cannot show."""
    told = [*place.get("halo", {}).get("sentences", []), *place.get("cannot_show", [])]
    if not told:
        return None
    rows = [[printable(sentence)] for sentence in told]
    return Block("The place and its neighbours", "", [], Table(["What holds of this world"], rows), open_table=True)


def _scenario_block(scenario: Mapping[str, Any]) -> Block:
    plain = json.loads(json.dumps(dict(scenario), default=str))
    text = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=90)
    title = f"Scenario: {printable(scenario.get('title') or scenario.get('name', ''))}"
    return Block(title, "", [], Table([], [[text]]))
