"""Blocks and tables of differences from the baseline in the last year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from schoolsim import charts
from schoolsim.lab import sentences
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Effect
from schoolsim.lab.headlines import Outcome, Unit
from schoolsim.lab.sections.parts import SIGNED, Block, Panel, Table, cell_panel, colours
from schoolsim.lab.sentences import interval


def forest_block(digest: Digest, outcomes: Iterable[Outcome], title: str, note: str) -> Block | None:
    """Differences in the last year, an outcome a row, both parameter sets, a panel per alternative; one unit only."""
    shown = [outcome for outcome in outcomes if digest.has(outcome.cell)]
    frame = forest_frame(digest, shown)
    if frame.empty:
        return None
    domain = charts.padded([*frame["low"], *frame["high"], *frame["mean"], 0.0])
    panels = [_forest_panel(digest, regime, frame, domain, shown[0]) for regime in digest.alternatives]
    return Block(title, note, panels, forest_table(digest, shown))


def forest_frame(digest: Digest, outcomes: list[Outcome]) -> pd.DataFrame:
    """The differences of several outcomes in the last year: regime, parameter_set, label, mean, low, high, n."""
    rows = [
        (regime, name, outcome.label, effect.mean, effect.low, effect.high, effect.n)
        for outcome in outcomes
        for regime in digest.alternatives
        for name in digest.parameter_sets
        if (effect := digest.effect(outcome.cell, regime, name)).n
    ]
    return pd.DataFrame(rows, columns=["regime", "parameter_set", "label", "mean", "low", "high", "n"])


def _forest_panel(digest: Digest, regime: str, frame: pd.DataFrame, domain: list[float], outcome: Outcome) -> Panel:
    title, shade = digest.titles[regime], colours(digest)[regime]
    description = (
        f"{title} minus {digest.titles[digest.baseline]} in year {digest.last_year}, with 95% intervals, "
        f"for: {', '.join(dict.fromkeys(frame['label']))}"
    )
    own = frame[frame["regime"] == regime].drop(columns="regime")
    chart = charts.forest(
        own, colour=shade, domain=domain, value_format=SIGNED[outcome.unit],
        title=f"← {outcome.less} | {outcome.more} →", description=description,
    )  # fmt: skip
    return cell_panel(title, shade, description, chart)


def forest_table(digest: Digest, outcomes: Iterable[Outcome]) -> Table:
    """Per outcome and alternative: the baseline's level, the difference for both parameter sets, agreement."""
    rows = []
    for outcome in outcomes:
        for regime in digest.alternatives:
            by_set = [digest.effect(outcome.cell, regime, name) for name in digest.parameter_sets]
            cells = [difference_text(effect, outcome.shown) for effect in by_set]
            start = sentences.level(by_set[0].before, outcome.shown)
            rows.append([outcome.label, digest.titles[regime], start, *cells, agreement_text(by_set[0])])
    sets = [f"Difference, parameters {name}" for name in digest.parameter_sets]
    return Table(["Outcome", "Regime", digest.titles[digest.baseline], *sets, "Agree"], rows)


def effect_table(digest: Digest, outcomes: Iterable[Outcome]) -> Table:
    """Per outcome: the baseline's level, then each alternative's difference with its interval and agreement."""
    rows = []
    for outcome in outcomes:
        effects = [digest.effect(outcome.cell, regime) for regime in digest.alternatives]
        level = next((effect.before for effect in effects if effect.n), float("nan"))
        differences = [_difference_and_agreement(effect, outcome.shown) for effect in effects]
        rows.append([outcome.label, sentences.level(level, outcome.shown), *differences])
    alternatives = [f"{digest.titles[regime]}: difference" for regime in digest.alternatives]
    return Table(["Outcome", digest.titles[digest.baseline], *alternatives], rows)


def _difference_and_agreement(effect: Effect, unit: Unit) -> str:
    agree = agreement_text(effect)
    return f"{difference_text(effect, unit)}; {agree} agree" if agree else difference_text(effect, unit)


def agreement_text(effect: Effect) -> str:
    """How many paired runs agree, for a table."""
    return f"{effect.agree_count} of {effect.n}" if effect.n > 1 else ""


def difference_text(effect: Effect, unit: Unit) -> str:
    """A difference and its interval, or why there is none."""
    if effect.n == 0:
        return "cannot be shown"
    if effect.n == 1:
        return f"{sentences.signed(effect.mean, unit.brief)} (one replicate: no interval)"
    return f"{sentences.signed(effect.mean, unit.brief)} {interval(effect, unit)}"
