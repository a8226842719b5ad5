"""Schools: results and intake, how rolls drift apart, and segregation."""

from __future__ import annotations

import pandas as pd

from schoolsim import charts
from schoolsim.charts import palette
from schoolsim.lab import findings
from schoolsim.lab.digest import Digest
from schoolsim.lab.headlines import (
    FIRST_PREFERENCE,
    NEAREST,
    POLARISATION,
    SEGREGATION,
    UNITS,
    Outcome,
    between_schools,
)
from schoolsim.lab.sections.differences import forest_block
from schoolsim.lab.sections.parts import Block, Panel, Section, Table, cell_panel, colours, spoken_baseline
from schoolsim.lab.sections.yearly import yearly_block
from schoolsim.lab.sentences import figure, level

PHASES = {"secondary": "Secondary schools", "primary": "Primary schools"}
START = "At the start"
SHOWN = ["fsm6_share", "attainment_true", "attainment_measured"]
CONTINUATION = "synthetic continuation, not a forecast or a judgement of this school"


def section(digest: Digest) -> Section:
    """Schools under neutral labels, unless real names were asked for."""
    scatter = [scatter_block(digest, phase, title) for phase, title in PHASES.items()]
    filled = [filled_block(digest, phase, title) for phase, title in PHASES.items()]
    yearly = [
        forest_block(digest, _between(), "What each regime changes between schools", _note(digest)),
        yearly_block(digest, SEGREGATION, "Segregation by poverty between secondary schools, year by year"),
    ]
    said = [
        sentence
        for outcome in (SEGREGATION, POLARISATION, FIRST_PREFERENCE, NEAREST)
        for sentence in findings.outcome_sentences(digest, outcome)
    ]
    blocks = [block for block in (*scatter, *filled, *yearly) if block]
    return Section("schools", "Schools", [who_they_are(digest)], said, blocks)


def who_they_are(digest: Digest) -> str:
    """What the names of schools stand for."""
    if digest.real_names:
        return f"Wherever a school is named: {CONTINUATION}."
    return (
        "Schools carry neutral labels. Their futures are invented: they continue today's rolls and intakes, and say "
        "nothing about any real school."
    )


def _between() -> list[Outcome]:
    return [outcome for phase in PHASES for outcome in between_schools(phase)]


def _note(digest: Digest) -> str:
    return (
        f"Difference from {spoken_baseline(digest)} in year {digest.last_year}, percentage points, with 95% "
        "intervals. Segregation: the share of disadvantaged pupils (FSM6) who would have to change school for an even "
        "mix. Polarisation: standard deviation between schools of the share of places filled. Filled: parameters "
        "drawn. Open: parameters fixed."
    )


def scatter_block(digest: Digest, phase: str, title: str) -> Block | None:
    """Leavers' results against intake, a panel per regime on one scale."""
    frames = {regime: _per_school(digest, regime, phase) for regime in digest.regimes}
    everything = pd.concat(frames.values())
    if everything.empty:
        return None
    whole = [
        *everything["attainment_true_low"],
        *everything["attainment_true_high"],
        *everything["attainment_measured"],
    ]
    domains = {"x_domain": [0.0, charts.padded(everything["fsm6_share"])[1]], "y_domain": charts.padded(whole)}
    panels = [_scatter_panel(digest, regime, frames[regime], domains, title) for regime in digest.regimes]
    note = (
        f"Each mark is a school: mean attainment of its leavers (SD) in year {digest.last_year} against its share "
        "of disadvantaged pupils (FSM6), mean over runs. "
        "Filled: true, with the range of nine runs in ten. Open: measured."
    )
    return Block(f"{title}: results and intake", note, panels, _school_table(digest, frames))


def filled_block(digest: Digest, phase: str, title: str) -> Block | None:
    """How full each school is at the start and at the end, a line of ticks per regime."""
    frame = filled_frame(digest, phase)
    if frame.empty:
        return None
    shades = {START: palette.INK} | {digest.titles[regime]: shade for regime, shade in colours(digest).items()}
    shades = {row: shade for row, shade in shades.items() if row in set(frame["row"])}
    ends = "; ".join(f"{row} {_ends(frame, row)}" for row in shades)
    description = f"{title}: share of places filled, least and most over schools: {ends}"
    chart = charts.places_filled(frame, colours=shades, description=description)
    note = (
        "One tick per school: pupils as a share of places, mean over runs. The further apart the ticks, the more rolls "
        f"polarise. Range over schools: {ends}."
    )
    return Block(f"{title}: places filled", note, [cell_panel("", "", description, chart)], _filled_table(frame))


def filled_frame(digest: Digest, phase: str) -> pd.DataFrame:
    """Places filled, mean and 90% range over runs, at the start (baseline) and in the last year of every regime.

    Returns:
        Columns row ("At the start" or the regime's title), school, fill, fill_low, fill_high.
    """
    schools = _of_phase(digest, phase)
    schools = schools[schools["places"] > 0]
    schools = schools.assign(fill=schools["roll"] / schools["places"])
    wanted = {START: (digest.baseline, 0)} | {digest.titles[name]: (name, digest.last_year) for name in digest.regimes}
    frames = [
        charts.per_school(schools[(schools["regime"] == regime) & (schools["year"] == year)], ["fill"]).assign(row=row)
        for row, (regime, year) in wanted.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _ends(frame: pd.DataFrame, row: str) -> str:
    own, share = frame.loc[frame["row"] == row, "fill"], UNITS["share"]
    return f"{level(own.min(), share)} to {level(own.max(), share)}"


def _of_phase(digest: Digest, phase: str) -> pd.DataFrame:
    schools = digest.schools
    return schools[(schools["phase"] == phase) & (schools["parameter_set"] == digest.main_set)]


def _per_school(digest: Digest, regime: str, phase: str) -> pd.DataFrame:
    schools = _of_phase(digest, phase)
    last = schools[(schools["regime"] == regime) & (schools["year"] == digest.last_year)]
    return charts.per_school(last, SHOWN).dropna(subset=["fsm6_share", "attainment_true"])


def _scatter_panel(
    digest: Digest, regime: str, frame: pd.DataFrame, domains: dict[str, list[float]], phase_title: str
) -> Panel:
    title, shade = digest.titles[regime], colours(digest)[regime]
    tie = frame["fsm6_share"].corr(frame["attainment_true"]) if len(frame) > 2 else float("nan")
    tied = f"; correlation of poverty and true results {tie:.2f}" if tie == tie else ""
    description = (
        f"{phase_title} under {title}: {len(frame)} schools, results against share of disadvantaged pupils{tied}"
    )
    chart = charts.results_by_intake(frame, colour=shade, description=description, **domains)
    return cell_panel(title, shade, description, chart)


def _school_table(digest: Digest, frames: dict[str, pd.DataFrame]) -> Table:
    share, sd = UNITS["share"], UNITS["SD"]
    rows = [
        [row.school, digest.titles[regime], figure(row.fsm6_share, share), figure(row.attainment_true, sd),
         f"{figure(row.attainment_true_low, sd)} to {figure(row.attainment_true_high, sd)}",
         figure(row.attainment_measured, sd)]
        for regime, frame in frames.items()
        for row in frame.itertuples()
    ]  # fmt: skip
    return Table(["School", "Regime", "Disadvantaged, %", "True, SD", "nine runs in ten", "Measured, SD"], rows)


def _filled_table(frame: pd.DataFrame) -> Table:
    share = UNITS["share"]
    rows = [
        [row.school, row.row, *(figure(value, share) for value in (row.fill, row.fill_low, row.fill_high))]
        for row in frame.itertuples()
    ]
    return Table(["School", "When or regime", "Places filled, %", "5th percentile", "95th percentile"], rows)
