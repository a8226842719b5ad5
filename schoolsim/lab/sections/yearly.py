"""Blocks along the years of a run: levels with their spread, and differences with their intervals."""

from __future__ import annotations

import pandas as pd

from schoolsim import charts
from schoolsim.lab import sentences
from schoolsim.lab.digest import Digest
from schoolsim.lab.headlines import Outcome
from schoolsim.lab.sections.parts import FORMATS, SIGNED, Block, Panel, Table, cell_panel, colours, spoken_baseline
from schoolsim.lab.sentences import figure, interval


def yearly_block(digest: Digest, outcome: Outcome, title: str) -> Block | None:
    """An outcome year by year, a panel per regime on one scale."""
    if not digest.has(outcome.cell):
        return None
    rows = {regime: digest.rows(outcome.cell, regime) for regime in digest.regimes}
    domain = charts.padded(pd.concat(rows.values())["value"])
    panels = [_yearly_panel(digest, outcome, regime, rows, domain) for regime in digest.regimes]
    note = (
        f"Shown {_unit_words(outcome)}. {charts.spread_words(rows[digest.baseline])} Thick line: the median. Dashed: "
        f"the median under {spoken_baseline(digest)}."
    )
    return Block(title, note, panels, yearly_table(digest, outcome, rows))


def _yearly_panel(
    digest: Digest, outcome: Outcome, regime: str, rows: dict[str, pd.DataFrame], domain: list[float]
) -> Panel:
    reference = rows[digest.baseline] if regime != digest.baseline else rows[regime].iloc[:0]
    title, shade = digest.titles[regime], colours(digest)[regime]
    description = (
        f"{outcome.label} under {title}, year 0 to {digest.last_year}: {_first_to_last(rows[regime], outcome)}"
    )
    chart = charts.runs_over_time(
        rows[regime],
        reference,
        colour=shade,
        domain=domain,
        value_format=FORMATS[outcome.unit],
        description=description,
    )
    return cell_panel(title, shade, description, chart)


def yearly_table(digest: Digest, outcome: Outcome, rows: dict[str, pd.DataFrame]) -> Table:
    """Median and 90% range per regime and year."""
    body = []
    for regime, frame in rows.items():
        for row in charts.percentiles(frame, ["year"]).itertuples():
            numbers = [figure(value, outcome.shown) for value in (row.p50, row.p5, row.p95)]
            body.append([digest.titles[regime], str(row.year), *numbers, str(row.n)])
    return Table(
        ["Regime", "Year", f"Median, {_short_unit(outcome)}", "5th percentile", "95th percentile", "Runs"], body
    )


def difference_block(digest: Digest, outcome: Outcome, title: str) -> Block | None:
    """The paired difference from the baseline year by year, with its interval, a panel per alternative."""
    if not digest.has(outcome.cell) or not digest.alternatives:
        return None
    effects = digest.effects_by_year(outcome.cell)
    effects = effects[effects["parameter_set"] == digest.main_set]
    domain = charts.padded([*effects["low"], *effects["high"], *effects["mean"], 0.0])
    panels = [_difference_panel(digest, outcome, regime, effects, domain) for regime in digest.alternatives]
    note = (
        f"Mean difference from {spoken_baseline(digest)} over paired runs, {_unit_words(outcome)}; "
        "the band is its 95% interval. Below zero: "
        f"{outcome.less}."
    )
    return Block(title, note, panels, _difference_table(digest, outcome, effects))


def _difference_panel(
    digest: Digest, outcome: Outcome, regime: str, effects: pd.DataFrame, domain: list[float]
) -> Panel:
    own = effects.loc[effects["regime"] == regime, ["year", "mean", "low", "high"]].sort_values("year")
    title, shade = digest.titles[regime], colours(digest)[regime]
    last = digest.effect(outcome.cell, regime)
    description = (
        f"{outcome.label}, {title} minus {digest.titles[digest.baseline]}, by year; in year "
        f"{digest.last_year}: {sentences.amount(last.mean, outcome.shown)} {interval(last, outcome.shown)}"
    )
    chart = charts.difference_over_time(
        own, colour=shade, domain=domain, value_format=SIGNED[outcome.unit], description=description
    )
    return cell_panel(title, shade, description, chart)


def _difference_table(digest: Digest, outcome: Outcome, effects: pd.DataFrame) -> Table:
    unit, rows = outcome.shown, []
    for row in effects.sort_values(["regime", "year"]).itertuples():
        numbers = [figure(value, unit) for value in (row.mean, row.low, row.high)]
        rows.append([digest.titles[row.regime], str(row.year), *numbers, f"{row.agree_count} of {row.n}"])
    head = ["Regime", "Year", f"Mean difference, {_short_unit(outcome)}", "from", "to", "Agree"]
    return Table(head, rows)


def _unit_words(outcome: Outcome) -> str:
    words = {"SD": "standard deviations of pupils nationally", "share": "percent"}
    return f"in {words.get(outcome.unit, outcome.unit)}"


def _short_unit(outcome: Outcome) -> str:
    return {"share": "%"}.get(outcome.unit, outcome.unit)


def _first_to_last(rows: pd.DataFrame, outcome: Outcome) -> str:
    middle = charts.percentiles(rows, ["year"])
    if middle.empty:
        return "no values"
    first, last = (sentences.level(float(middle["p50"].iloc[i]), outcome.shown) for i in (0, -1))
    return f"median {first} at first, {last} at last"
