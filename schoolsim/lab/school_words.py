"""One school in plain sentences: what it is in a year, and what every regime changes, as far as its runs support it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schoolsim.lab.digest import Digest, spoken
from schoolsim.lab.effects import CELL, Effect, by_key, paired_effects
from schoolsim.lab.headlines import UNITS, Unit
from schoolsim.lab.sentences import Sentence, agreement, amount, figure, interval, listed
from schoolsim.lab.verdicts import Verdict

PUPILS = Unit("pupils", decimals=0)
Effects = dict[tuple[str, int, str], Effect]


@dataclass(frozen=True)
class Trait:
    """A column of the frame of schools as sentences call it."""

    column: str
    phrase: str
    unit: Unit
    less: str = "lower"
    more: str = "higher"


TRAITS = (
    Trait("roll", "roll", PUPILS, "smaller", "larger"),
    Trait("fsm6_share", "share of disadvantaged pupils (FSM6)", UNITS["share"]),
    Trait("attainment_true", "leavers' true attainment", UNITS["SD"]),
)


def about_school(digest: Digest, runs: pd.DataFrame) -> list[list[Sentence]]:
    """For every year from 0 on: what a school is under the baseline, then what each alternative changes there.

    A difference is told where its 95% interval over paired runs excludes none; what is not shown is said in one
    sentence with its intervals.

    Args:
        runs: the school in every run, as `exploring.school_timeline` gives it.
    """
    own, effects = runs[runs["regime"] == digest.baseline], _effects(digest, runs)
    return [_said_of_year(digest, own, effects, year) for year in range(digest.last_year + 1)]


def _said_of_year(digest: Digest, own: pd.DataFrame, effects: Effects, year: int) -> list[Sentence]:
    told = [Sentence("level", text) for text in _levels(digest, own, year)]
    if year == 0:
        return [*told, Sentence("level", "No regime has started yet: all are the same.")]
    return [*told, *(_changes(digest, regime, year, effects) for regime in digest.alternatives)]


def _levels(digest: Digest, own: pd.DataFrame, year: int) -> Iterator[str]:
    """Roll, intake and results under the baseline, with their range over runs."""
    now = own[own["year"] == year]
    if not len(now):
        yield f"Nothing is recorded of this school in year {year}."
        return
    when = "At the start" if year == 0 else f"In year {year} under {spoken(digest.titles[digest.baseline])}"
    roll, intake = (_with_range(now[trait.column], trait.unit) for trait in TRAITS[:2])
    yield f"{when} it has {roll} on {figure(now['places'].mean(), PUPILS)} places; {intake} are disadvantaged (FSM6)."
    true, measured = now["attainment_true"], now["attainment_measured"]
    if true.notna().any():
        beside = f"; measured it is {amount(measured.mean(), UNITS['SD'])}" if measured.notna().any() else ""
        told = _with_range(true, UNITS["SD"])
        yield f"The true attainment of its leavers is {told}, where 0 is the national mean of their age{beside}."


def _with_range(values: pd.Series, unit: Unit) -> str:
    """The mean over runs, and least and most where there is more than one."""
    known = values.dropna()
    mean = f"{figure(known.mean(), unit)}{unit.level_name or ' ' + unit.name}"
    if len(known) < 2:
        return mean
    return f"{mean} ({figure(known.min(), unit)} to {figure(known.max(), unit)} over {len(known)} runs)"


def _effects(digest: Digest, runs: pd.DataFrame) -> Effects:
    """Paired differences from the baseline by regime, year and column."""
    long = runs.melt(["regime", "year", "replicate"], [trait.column for trait in TRAITS], "metric", "value")
    where = {name: "" for name in CELL if name != "metric"} | {"parameter_set": digest.main_set}
    found = by_key(paired_effects(long.assign(**where), digest.baseline), ["regime", "year"])
    return {(key[0], key[1], key[2]): effect for key, effect in found.items()}


def _changes(digest: Digest, regime: str, year: int, effects: Effects) -> Sentence:
    words = digest.words(regime)
    known = [(trait, effects.get((regime, year, trait.column), Effect())) for trait in TRAITS]
    known = [(trait, effect) for trait, effect in known if effect.n]
    lead = f"Under {words.regime}"
    if not any(np.isfinite(effect.low) for _, effect in known):
        text = f"What {words.regime} changes here cannot be told from fewer than two runs."
        return Sentence(Verdict.UNKNOWN, text, regime)
    shown = [_told(trait, effect, words.baseline) for trait, effect in known if _way(trait, effect)]
    silent = [f"{trait.phrase} {_span(trait, effect)}" for trait, effect in known if not _way(trait, effect)]
    if not shown:
        text = f"{lead} no difference is shown from {words.baseline} in {listed(silent)}."
        return Sentence(Verdict.NONE, text, regime)
    rest = f" No difference is shown in {listed(silent)}." if silent else ""
    return Sentence(Verdict.DIFFERENT, f"{lead} {listed(shown)}.{rest}", regime)


def _way(trait: Trait, effect: Effect) -> int:
    return effect.direction(trait.unit.resolution)


def _told(trait: Trait, effect: Effect, baseline: str) -> str:
    sign = 1 if effect.mean > 0 else -1
    than = f"{trait.more if sign > 0 else trait.less} than under {baseline}"
    size = f"{amount(abs(effect.mean), trait.unit)} {than} {interval(effect, trait.unit, sign)}"
    return f"its {trait.phrase} is {size} ({agreement(effect)})"


def _span(trait: Trait, effect: Effect) -> str:
    return f"{interval(effect, trait.unit)[:-1]} {trait.unit.brief.name}]"
