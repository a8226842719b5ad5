"""What each mechanism contributes to the results of the baseline, where that has been worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsim.lab.contributions import OUTCOMES
from schoolsim.lab.digest import Digest, spoken
from schoolsim.lab.sections.parts import SIGNED, Block, Section, Table

MADE_BY = "schoolsim contributions"
READ = (
    "Each number is the result with all mechanisms less that without this one, from the start of the world on, mean "
    "over paired worlds with its 95% interval. A dot means that no difference is shown. Mechanisms work through one "
    "another, so that the parts do not add up."
)


def section(digest: Digest) -> Section:
    """A table of mechanisms and what each does to mean, gap and school share; or how to have it made."""
    rows = digest.manifest.get("contributions", [])
    if not rows:
        words = f"What each mechanism contributes has not been worked out for this place: `{MADE_BY}` does."
        return Section("mechanisms", "What each mechanism contributes", [words])
    head = ["Mechanism", *(outcome.label for outcome in OUTCOMES.values()), "Else it moves most clearly"]
    table = Table(head, [row_of(row) for row in rows])
    block = Block("With and without", READ, [], table, open_table=True, wide=True)
    inert = [_name(row) for row in rows if row["inert"]]
    said = f"Inert here, moving nothing that is looked at: {', '.join(inert)}." if inert else "None is inert here."
    baseline = spoken(digest.titles[digest.baseline])
    lead = f"Under {baseline}, after {digest.manifest['years']} years, by switching off one mechanism at a time. {said}"
    return Section("mechanisms", "What each mechanism contributes", [lead], [], [block])


def row_of(row: Mapping[str, Any]) -> list[str]:
    """One mechanism as cells of a table: its name, what it contributes, what else it moves."""
    return [_name(row), *_figures(row), row["else_moves"] or "·"]


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({row['mechanism']})"


def _figures(row: Mapping[str, Any]) -> list[str]:
    moved = row["moves"].split(",")
    return [_figure(row, name) if name in moved else "·" for name in OUTCOMES]


def _figure(row: Mapping[str, Any], name: str) -> str:
    mean, low, high = (format(row[f"{name}{end}"], SIGNED[OUTCOMES[name].unit]) for end in ("", "_low", "_high"))
    return f"{mean} [{low} to {high}]"
