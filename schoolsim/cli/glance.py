"""The tables of headline outcomes that `run` and `compare` print."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from schoolsim.cli.terminal import say, say_table
from schoolsim.lab.effects import INTERVAL_METHOD
from schoolsim.lab.findings import Glimpse, glance
from schoolsim.lab.headlines import GLANCE, Outcome
from schoolsim.lab.sentences import level

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.lab.digest import Digest


def say_levels(metrics: pd.DataFrame) -> None:
    """The headline outcomes of one world at the start and at the end."""
    first, last = int(metrics["year"].min()), int(metrics["year"].max())
    rows = [
        [outcome.label, _level_in(metrics, outcome, first), _level_in(metrics, outcome, last)] for outcome in GLANCE
    ]
    say_table(("outcome", f"year {first}", f"year {last}"), rows, numbers_from=1)


def _level_in(metrics: pd.DataFrame, outcome: Outcome, year: int) -> str:
    here = metrics.loc[outcome.cell.rows(metrics) & metrics["year"].eq(year), "value"]
    return level(float(here.mean()), outcome.shown) if len(here) else "n/a"


def say_effects(digest: Digest) -> None:
    """What each regime changes against the baseline in the last year, with interval and agreement."""
    titles = [digest.titles[regime] for regime in digest.regimes]
    rows = [[outcome.label, _before(digest, outcome), *map(_shown, cells)] for outcome, cells in glance(digest)]
    say(f"{digest.place} after {digest.last_year} years; differences from {titles[0]}:")
    say_table(("outcome", *titles), rows, numbers_from=1)
    say(f"In brackets: {INTERVAL_METHOD}.")


def _before(digest: Digest, outcome: Outcome) -> str:
    """The level under the baseline, as the pairs have it."""
    if not digest.alternatives:
        return ""
    return level(digest.effect(outcome.cell, digest.alternatives[0]).before, outcome.shown)


def _shown(glimpse: Glimpse) -> str:
    return f"{glimpse.size} {glimpse.interval}\n{glimpse.agreement}"


def effects_listed(digest: Digest) -> list[dict]:
    """The same figures for machines, in the metrics' own units."""
    return [
        {
            "regime": regime,
            **asdict(outcome.cell),
            "label": outcome.label,
            "unit": outcome.unit,
            **asdict(digest.effect(outcome.cell, regime)),
        }
        for outcome, _ in glance(digest)
        for regime in digest.alternatives
    ]
