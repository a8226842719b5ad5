"""Variation: how much depends on which school, which department and which teacher a child happens to get."""

from __future__ import annotations

import pandas as pd

from schoolsim import charts
from schoolsim.lab import findings, headlines, sentences
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Effect
from schoolsim.lab.headlines import (
    AUTHORITY_SHARE,
    SCHOOL_SHARE,
    SCHOOL_SHARE_OF_PROGRESS,
    Outcome,
    level_share,
    of_leavers,
)
from schoolsim.lab.sections.differences import effect_table, forest_block
from schoolsim.lab.sections.parts import Block, Section, Table, cell_panel, spoken_baseline
from schoolsim.lab.sections.yearly import yearly_block
from schoolsim.lab.sentences import figure


def section(digest: Digest) -> Section:
    """Where variation lies, what each regime changes in it, and the three ratios kept apart."""
    blocks = [
        decomposition_block(digest),
        forest_block(digest, _shares(), "What each regime changes in it", _note(digest)),
        yearly_block(digest, SCHOOL_SHARE, "Share of variation in results at 16 between schools, year by year"),
        ratio_block(digest),
    ]
    paragraphs = [
        "Two children of the same ability can do differently because of the school, the department or the teacher "
        "they happen to get. The bars split the variation between pupils by where it lies.",
        "True attainment is what pupils know; measured attainment is what tests and published tables show, with "
        "chance errors and whatever is done to look good. Unless it says measured, this report speaks of the true.",
    ]
    said = [
        sentence
        for outcome in (SCHOOL_SHARE, SCHOOL_SHARE_OF_PROGRESS)
        for sentence in findings.outcome_sentences(digest, outcome)
    ]
    if digest.recorded_without_value(AUTHORITY_SHARE.cell):
        said.append(sentences.without_value(AUTHORITY_SHARE, digest.place))
    return Section("variation", "Which school, which teacher", paragraphs, said, [b for b in blocks if b])


def decomposition_block(digest: Digest) -> Block | None:
    """Stacked bars: results and progress, at 11 and at 16, a bar per regime."""
    panels, rows = [], []
    for stage in headlines.LEAVING_STAGES:
        for kind, words in headlines.KINDS.items():
            frame = decomposition_frame(digest, kind, stage)
            if frame.empty:
                continue
            title = f"{words[:1].upper()}{words[1:]} at {stage}"
            description = f"{title}: {_in_words(frame)}"
            panels.append(cell_panel(title, "", description, charts.decomposition(frame, description=description)))
            rows += [
                [title, row.bar, headlines.LEVEL_WORDS[row.level], *_shares_text(row)] for row in frame.itertuples()
            ]
    if not panels:
        return None
    note = (
        f"Shares of the variance of true attainment, year {digest.last_year}, mean over runs; at 16 of results by "
        "subject. Progress is value added since 7 (at 11) or 11 (at 16). The line under a bar: 95% interval of the "
        "school's share. Estimates below zero, which luck can make of a small share, are drawn as zero."
    )
    key = [(charts.LEVELS[level], words) for level, words in headlines.LEVEL_WORDS.items()]
    table = Table(["Of", "Regime", "Level", "Share, %", "from", "to"], rows)
    return Block("Where variation lies", note, panels, table, wide=True, key=key)


def decomposition_frame(digest: Digest, kind: str, stage: int) -> pd.DataFrame:
    """Mean share and interval per regime and level in the last year: bar, level, value, low, high."""
    rows = []
    for regime in digest.regimes:
        for level in headlines.LEVELS:
            cell = level_share(level, kind, stage).cell
            share = Effect.of_values(digest.final_values(cell, regime))
            if share.n:
                rows.append((digest.titles[regime], level, share.mean, share.low, share.high))
    return pd.DataFrame(rows, columns=["bar", "level", "value", "low", "high"])


def ratio_block(digest: Digest) -> Block | None:
    """The three ratios, as numbers: they are often quoted for one another and must not be."""
    outcomes = [outcome for outcome in _ratios() if digest.has(outcome.cell)]
    if not outcomes:
        return None
    note = (
        "Each is a variance divided by the variance between schools; three different things that are often quoted for "
        "one another. Most variation inside schools lies between pupils and families, so the first says little about "
        "teachers; the other two do."
    )
    title = "Inside schools against between schools: three ratios"
    return Block(title, note, [], effect_table(digest, outcomes), open_table=True)


def _ratios() -> list[Outcome]:
    return [
        of_leavers(name + kind, "", f"{words[:1].upper()}{words[1:]}: {of}, at {stage}", "ratio", "", stage)
        for name, words in headlines.RATIOS.items()
        for kind, of in headlines.KINDS.items()
        for stage in headlines.LEAVING_STAGES
    ]


def _shares() -> list[Outcome]:
    """Shares of the levels that belong to the school system, of results and of progress."""
    return [
        level_share(level, kind, stage)
        for kind in headlines.KINDS
        for stage in headlines.LEAVING_STAGES
        for level in ("school", "department", "class")
    ]


def _note(digest: Digest) -> str:
    return (
        f"Difference from {spoken_baseline(digest)} in the shares of variation, year {digest.last_year}, "
        "percentage points, with 95% intervals. Filled: parameters drawn. Open: parameters fixed."
    )


def _in_words(frame: pd.DataFrame) -> str:
    schools = frame[frame["level"] == "school"]
    return "; ".join(f"{row.bar}: {100 * row.value:.0f}% between schools" for row in schools.itertuples())


def _shares_text(row: object) -> list[str]:
    unit = headlines.UNITS["share"]
    return [figure(getattr(row, name), unit) for name in ("value", "low", "high")]
