"""For whom: gaps between groups of pupils."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from schoolsim import charts
from schoolsim.lab import findings, headlines
from schoolsim.lab.digest import Digest
from schoolsim.lab.group_words import POVERTY, Group
from schoolsim.lab.headlines import POVERTY_GAP, Outcome, gap_outcome
from schoolsim.lab.sections.differences import effect_table, forest_block
from schoolsim.lab.sections.parts import Block, Panel, Section, Table, cell_panel, colours, spoken_baseline
from schoolsim.lab.sections.yearly import difference_block, yearly_block
from schoolsim.lab.sentences import Sentence, figure
from schoolsim.lab.verdicts import Verdict


def section(digest: Digest) -> Section:
    """Gaps by group, by year and by age, with who gained and who lost."""
    blocks = [
        forest_block(digest, _group_gaps(digest), "Every group at 16", _forest_note(digest)),
        yearly_block(digest, POVERTY_GAP, "The poverty gap at 16, year by year"),
        difference_block(digest, POVERTY_GAP, "What each regime changes in the poverty gap at 16"),
        _stage_block(digest),
        _both_sides(digest),
    ]
    paragraphs = [
        "A gap is how far a group's true attainment lies behind that of those it is compared with. Narrowing counts "
        "only against improvement for all, so each statement says who gained and who lost. Disadvantaged pupils are "
        "those with free school meals at some time in the last six years (FSM6).",
    ]
    return Section("whom", "For whom", paragraphs, group_sentences(digest), [b for b in blocks if b])


def group_sentences(digest: Digest) -> list[Sentence]:
    """What is shown for each group at 16; groups for which nothing is shown share one sentence per regime."""
    groups = [group for group in digest.groups() if group.spoken_of]
    said: list[Sentence] = []
    for regime in digest.alternatives:
        found = {group: findings.gap_sentence(digest, group, regime) for group in groups}
        said += [sentence for sentence in found.values() if sentence.kind not in findings.SILENT]
        for verdict in findings.SILENT:
            gaps = [group.gap for group, sentence in found.items() if sentence.kind == verdict]
            said += [_silent(digest, regime, verdict, gaps)] if gaps else []
    return said


def _silent(digest: Digest, regime: str, verdict: Verdict, gaps: list[str]) -> Sentence:
    words = digest.words(regime)
    pair = f"between {words.regime} and {words.baseline} at 16 in: {', '.join(gaps)}."
    lead = "No difference shown" if verdict is Verdict.NONE else "It cannot be shown whether there is a difference"
    return Sentence(verdict, f"{lead} {pair}", regime)


def _group_gaps(digest: Digest) -> list[Outcome]:
    return [replace(gap_outcome(group, 16), label=group.title) for group in digest.groups()]


def _forest_note(digest: Digest) -> str:
    return (
        f"Difference from {spoken_baseline(digest)} in year {digest.last_year}, SD, with 95% intervals. "
        "Left of the line: a smaller gap. Filled: each run draws its own parameters. Open: parameters fixed."
    )


def _stage_block(digest: Digest) -> Block | None:
    """The poverty gap from 5 to 16 in the last year."""
    rows = {regime: _by_stage(digest, regime) for regime in digest.regimes}
    everything = pd.concat(rows.values())
    if everything["value"].notna().sum() == 0:
        return None
    domain = charts.padded([*everything["value"], 0.0])
    panels = [_stage_panel(digest, regime, rows, domain) for regime in digest.regimes]
    note = (
        f"SD, year {digest.last_year}. Line: the median over runs. Band: nine runs in ten. "
        f"Dashed: the median under {spoken_baseline(digest)}."
    )
    return Block("The poverty gap as children grow", note, panels, _stage_table(digest, rows))


def _by_stage(digest: Digest, regime: str) -> pd.DataFrame:
    metrics = digest.metrics
    chosen = (metrics["metric"] == headlines.GAP) & (metrics["group"] == POVERTY.name) & (metrics["basis"] == "true")
    chosen &= (metrics["regime"] == regime) & (metrics["year"] == digest.last_year)
    chosen &= (metrics["parameter_set"] == digest.main_set) & metrics["stage"].isin(headlines.STAGES)
    return metrics.loc[chosen, ["stage", "replicate", "value"]]


def _stage_panel(digest: Digest, regime: str, rows: dict[str, pd.DataFrame], domain: list[float]) -> Panel:
    title, shade = digest.titles[regime], colours(digest)[regime]
    reference = rows[digest.baseline] if regime != digest.baseline else rows[regime].iloc[:0]
    medians = charts.percentiles(rows[regime], ["stage"])
    points = ", ".join(f"{row.p50:.2f} at {row.stage}" for row in medians.itertuples())
    description = f"Poverty gap by age under {title}, median over runs, SD: {points}"
    chart = charts.gap_by_stage(rows[regime], reference, colour=shade, domain=domain, description=description)
    return cell_panel(title, shade, description, chart)


def _stage_table(digest: Digest, rows: dict[str, pd.DataFrame]) -> Table:
    unit, body = headlines.UNITS["SD"], []
    for regime, frame in rows.items():
        for row in charts.percentiles(frame, ["stage"]).itertuples():
            numbers = [figure(value, unit) for value in (row.p50, row.p5, row.p95)]
            body.append([digest.titles[regime], str(row.stage), *numbers])
    return Table(["Regime", "Age", "Median, SD", "5th percentile", "95th percentile"], body)


def _both_sides(digest: Digest) -> Block | None:
    """Means of each group and of those it is compared with, gaps in months and in threshold rates: numbers only."""
    outcomes = [outcome for group in digest.groups() for outcome in _numbers_of(group)]
    recorded = [outcome for outcome in outcomes if digest.has(outcome.cell)]
    if not recorded:
        return None
    note = "Average attainment of each side (SD), gaps in months, and gaps in the share reaching a threshold."
    return Block("Both sides of every gap at 16", note, [], effect_table(digest, recorded))


def _numbers_of(group: Group) -> list[Outcome]:
    months = gap_outcome(group, 16, headlines.GAP_MONTHS)
    sides = ((headlines.MEAN, group.members), (headlines.REST_MEAN, f"{group.rest} (than {group.members})"))
    means = [
        Outcome(replace(months.cell, metric=metric), "", f"Average attainment: {words}", "SD", "higher")
        for metric, words in sides
    ]
    rates = [gap_outcome(group, 16, metric) for metric in headlines.GAP_RATES]
    named = [replace(rate, label=f"{group.title}: {_RATES[rate.cell.metric]}") for rate in rates]
    return [*means, replace(months, label=f"{group.title}: gap in months"), *named]


_RATES = {
    "gap_threshold": "gap in five good grades with English and maths",
    "gap_five_good": "gap in five grades A*-C",
    "gap_five_any": "gap in five grades A*-G",
    "gap_any_pass": "gap in any pass",
}
