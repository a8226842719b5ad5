"""How sure: single paired runs, parameters drawn beside parameters fixed, luck apart from not knowing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim import charts
from schoolsim.lab import findings, sentences
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import CONFIDENCE, INTERVAL_METHOD, split_spread
from schoolsim.lab.headlines import GLANCE, POVERTY_GAP, Outcome
from schoolsim.lab.sections.differences import difference_text
from schoolsim.lab.sections.parts import SIGNED, Block, Panel, Section, Table, cell_panel, colours, spoken_baseline


def section(digest: Digest) -> Section:
    """What the intervals mean, every single paired run, and the drawn and fixed sets beside one another."""
    blocks = [block for block in (runs_block(digest), table_block(digest)) if block]
    return Section("certainty", "How sure", paragraphs(digest), findings.luck(digest), blocks)


def paragraphs(digest: Digest) -> list[str]:
    """Plain words on what was repeated and what an interval does and does not say."""
    runs = digest.metrics["replicate"].nunique()
    if runs < 2:
        return ["There is one replicate only. No interval can be shown, and nothing here can be told from luck."]
    return [
        f"Every regime was run {runs} times with the same children and the same luck, so that a difference is taken "
        f"between twins. {_sets(digest)}",
        f"Intervals: {INTERVAL_METHOD}. More runs make an interval narrower, but not what we do not know of the "
        "parameters: that shows in how many paired runs agree. An interval holds only if the model's equations do.",
        f"Of statements at this level, about {round(100 * (1 - CONFIDENCE))} in a hundred would be made by luck alone "
        f"where nothing happens; this report compares {len(digest.alternatives) * _recorded(digest)} "
        "headline differences and many more in its tables. Differences that vanish in rounding count as not shown.",
    ]


def runs_block(digest: Digest) -> Block | None:
    """Every paired run of the poverty gap at 16 as a tick."""
    pairs = digest.pairs(POVERTY_GAP.cell).dropna(subset=["difference"])
    if pairs.empty:
        return None
    domain = charts.padded([*pairs["difference"], 0.0])
    panels = [_runs_panel(digest, regime, pairs, domain) for regime in digest.alternatives]
    rows = [
        [
            digest.titles[row.regime],
            row.parameter_set,
            str(row.replicate),
            sentences.signed(row.difference, POVERTY_GAP.shown),
        ]
        for row in pairs.itertuples()
    ]
    where = f"difference from {spoken_baseline(digest)} in the poverty gap at 16, SD, year {digest.last_year}"
    note = f"One tick per paired run: {where}."
    return Block(
        "Every single paired run", note, panels, Table(["Regime", "Parameters", "Replicate", "Difference"], rows)
    )


def _runs_panel(digest: Digest, regime: str, pairs: pd.DataFrame, domain: list[float]) -> Panel:
    title, shade = digest.titles[regime], colours(digest)[regime]
    own = pairs.loc[pairs["regime"] == regime, ["parameter_set", "replicate", "difference"]]
    smaller = int((own["difference"] < 0).sum())
    description = f"{title}: single paired differences in the poverty gap; {smaller} of {len(own)} are below zero"
    chart = charts.paired_runs(
        own,
        colour=shade,
        domain=domain,
        value_format=SIGNED["SD"],
        title="← smaller | larger →",
        description=description,
    )
    return cell_panel(title, shade, description, chart)


def table_block(digest: Digest) -> Block | None:
    """Headline outcomes: both sets, and the spread of single paired runs split into luck and parameters."""
    rows = [
        _certainty_row(digest, outcome, regime)
        for outcome in GLANCE
        if digest.has(outcome.cell)
        for regime in digest.alternatives
    ]
    head = ["Outcome", "Regime", "Parameters drawn", "Parameters fixed", "Agree", "Spread: luck", "Spread: parameters"]
    note = "Spread: standard deviation of single paired runs, in the unit of the outcome."
    return Block("Drawn and fixed parameters", note, [], Table(head, rows), open_table=True) if rows else None


def _certainty_row(digest: Digest, outcome: Outcome, regime: str) -> list[str]:
    drawn, fixed = (digest.effect(outcome.cell, regime, name) for name in ("drawn", "fixed"))
    spread, unit = split_spread(drawn, fixed), outcome.shown
    parts = [
        sentences.figure(value, unit) if np.isfinite(value) else "n/a" for value in (spread.luck, spread.parameters)
    ]
    agree = f"{drawn.agree_count} of {drawn.n}"
    shown = [difference_text(effect, unit) for effect in (drawn, fixed)]
    return [outcome.label, digest.titles[regime], *shown, agree, *parts]


def _sets(digest: Digest) -> str:
    if len(digest.parameter_sets) < 2:
        return f"All runs have {digest.main_set} parameters."
    return (
        "This was done once with each run drawing its own parameters from what the evidence allows, and once with "
        "parameters fixed at their central values: the second shows luck alone, the first luck and what we do not know."
    )


def _recorded(digest: Digest) -> int:
    return sum(digest.has(outcome.cell) for outcome in GLANCE)
