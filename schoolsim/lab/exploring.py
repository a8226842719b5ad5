"""What a reader of a comparison may ask to see, and what is then drawn and said of it.

A choice is a `Cell`: one metric, at one stage or in one phase, of one group, true or measured. Every registered metric
that has a number in the comparison can be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from schoolsim.errors import InputError, nearest
from schoolsim.lab import headlines, sentences
from schoolsim.lab.choice_words import EVERYBODY, Stage, outcome_of, stage_of
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Cell, Effect, by_key, paired_effects
from schoolsim.lab.group_words import Group, in_order, words_for
from schoolsim.lab.headlines import UNITS, Outcome, Unit
from schoolsim.lab.sentences import Sentence
from schoolsim.lab.verdicts import GapEffect
from schoolsim.metrics import METRICS
from schoolsim.rules.scale import sigma
from schoolsim.yaml_source import clipped

BASES = ("true", "measured", "")
PER_SCHOOL = ("easting", "northing", "roll", "places", "fsm6_share", "attainment_true", "attainment_measured",
              "value_added", "attendance", "first_preferences")  # fmt: skip
SPREAD = ("roll", "fsm6_share", "attainment_true")
BEHIND, AHEAD, MONTHS = "the group", "those it is compared with", "in months"
PAIRED_BY = ["regime", "parameter_set", "replicate", "year"]
NO_VALUES = np.empty(0)
Around = tuple[str, int, str]  # regime, year, and what of a gap


@dataclass(frozen=True)
class Measure:
    """A metric that has numbers in a comparison; `cells` are where.

    `kind` is "gap", "variation" or "other"; `better` is "lower", "higher" or "" when neither is.
    """

    name: str
    title: str
    unit: Unit
    better: str
    meaning: str
    kind: str
    cells: tuple[Cell, ...]

    @cached_property
    def stages(self) -> list[Stage]:
        """The stages or phases with a number, youngest first."""
        return sorted({stage_of(cell) for cell in self.cells}, key=lambda stage: (stage.age, stage.phase))

    def groups(self, stage: Stage) -> list[Group]:
        """The groups with a number at a stage, in the words of the report; everybody first."""
        names = list(dict.fromkeys(cell.group for cell in self.cells if stage_of(cell) == stage))
        everybody = [EVERYBODY] if EVERYBODY.name in names else []
        return [*everybody, *in_order([name for name in names if name != EVERYBODY.name])]

    def bases(self, stage: Stage, group: str) -> list[str]:
        """Of "true" and "measured" those with a number; [""] where the difference does not apply."""
        there = {cell.basis for cell in self.cells if stage_of(cell) == stage and cell.group == group}
        return [basis for basis in BASES if basis in there]


@dataclass(frozen=True)
class Choices:
    """All that can be chosen in a comparison, in the order of the register of metrics."""

    measures: tuple[Measure, ...]

    @cached_property
    def by_name(self) -> dict[str, Measure]:
        """The measures by the name of their metric."""
        return {measure.name: measure for measure in self.measures}

    def of_kind(self, kind: str) -> list[Measure]:
        """The measures of one kind: "gap", "variation" or "other"."""
        return [measure for measure in self.measures if measure.kind == kind]

    def nearest(self, wanted: Cell | None = None) -> Cell | None:
        """The choice itself where it has a number, or the one most like it that has; None where nothing has.

        A changed metric keeps the stage before the phase, then the group, then the basis. What cannot be kept becomes
        that of the poverty gap at 16 on true attainment, as far as there is such a thing.
        """
        cells = [cell for measure in self.measures for cell in measure.cells]
        return max(cells, key=lambda cell: _likeness(cell, wanted), default=None)


def _likeness(cell: Cell, wanted: Cell | None) -> tuple[bool, ...]:
    usual = headlines.POVERTY_GAP.cell
    asked = wanted or usual
    compared = [(getattr(cell, name), getattr(asked, name)) for name in ("metric", "stage", "phase", "group", "basis")]
    fallback = (cell.metric == usual.metric, cell.phase == usual.phase, cell.stage == usual.stage,
                cell.group == EVERYBODY.name, cell.group == usual.group, cell.basis == usual.basis)  # fmt: skip
    return (*(own == other for own, other in compared), *fallback)


def choices(digest: Digest) -> Choices:
    """What can be chosen of a comparison: every registered metric with a number in it."""
    found: dict[str, list[Cell]] = {}
    for cell in digest.cells:
        found.setdefault(cell.metric, []).append(cell)
    return Choices(tuple(_measure(name, found[name]) for name in METRICS if name in found))


def _measure(name: str, cells: Iterable[Cell]) -> Measure:
    metric = METRICS[name]
    unit = UNITS.get(metric.unit) or Unit(metric.unit)
    ordered = tuple(sorted(cells, key=lambda cell: cell.key))
    return Measure(name, metric.title, unit, metric.better, metric.meaning, metric.kind, ordered)


def series(digest: Digest, choice: Cell) -> pd.DataFrame:
    """What is drawn over the years: regime, year, replicate, value of the main parameter set, in the metric's unit."""
    rows = _main(digest, digest.of_cell(choice))
    return _ordered(digest, rows.dropna(subset=["value"]), ["regime", "year", "replicate", "value"])


def differences(digest: Digest, choice: Cell) -> pd.DataFrame:
    """Paired differences from the baseline by year: regime, year, mean, low, high (95% interval), n pairs.

    Those of the main parameter set; empty where there is nothing to compare with.
    """
    columns = ["regime", "year", "mean", "low", "high", "n"]
    rows = _main(digest, digest.of_cell(choice))
    if not digest.alternatives or rows.empty:
        return pd.DataFrame(columns=columns)
    effects = paired_effects(rows, digest.baseline)
    return _ordered(digest, effects[effects["n"] > 0], columns)


def sentences_about(digest: Digest, choice: Cell) -> list[list[Sentence]]:
    """For every year from 0 on: where the baseline stands, then what every alternative changes, as intervals allow.

    Of a gap it is said who moved: levelled up, levelled down, pulled apart and their relatives.
    """
    outcome, years = outcome_of(choice), range(digest.last_year + 1)
    if not digest.has(choice):
        return [[sentences.without_value(outcome, digest.place)] for _ in years]
    rows = _main(digest, digest.of_cell(choice))
    values = rows[rows["regime"] == digest.baseline].groupby("year")["value"]
    known = {year: of_year.to_numpy(float) for year, of_year in values}
    effects = _effects_around(digest, choice, rows) if digest.alternatives else {}
    return [_said_of_year(digest, outcome, year, known.get(year, NO_VALUES), effects) for year in years]


def _effects_around(digest: Digest, choice: Cell, rows: pd.DataFrame) -> dict[Around, Effect]:
    """Paired effects by regime, year and metric; of a gap also those of both sides, and in months."""
    around = _around_gap(digest, choice, rows) if METRICS[choice.metric].of else []
    every = pd.concat([rows.astype({"metric": str}), *around], ignore_index=True)
    effects = by_key(paired_effects(every, digest.baseline), ["regime", "year"])
    return {(key[0], key[1], key[2]): effect for key, effect in effects.items()}


def _said_of_year(
    digest: Digest, outcome: Outcome, year: int, values: np.ndarray, effects: dict[Around, Effect]
) -> list[Sentence]:
    metric, group = METRICS[outcome.cell.metric], words_for(outcome.cell.group)
    words = {regime: replace(digest.words(regime), years=year) for regime in digest.regimes}
    said = [sentences.level_of(outcome, Effect.of_values(values), words[digest.baseline])]
    for regime in digest.alternatives:
        gap, behind, ahead = (effects.get((regime, year, name), Effect()) for name in (metric.name, BEHIND, AHEAD))
        if metric.of:
            sides, months = GapEffect.of(gap, behind, ahead), effects.get((regime, year, MONTHS))
            said.append(sentences.gap_compared(outcome, sides, group, words[regime], months))
        else:
            said.append(sentences.compared(outcome, gap, words[regime]))
    return said


def _around_gap(digest: Digest, cell: Cell, gaps: pd.DataFrame) -> list[pd.DataFrame]:
    """The level in the group and in those it is compared with, in the unit of the gap, and a gap in SD in months."""
    of = METRICS[cell.metric].of
    scale = sigma(cell.stage) if (METRICS[cell.metric].unit, METRICS[of].unit) == ("months", "SD") else 1.0
    own = digest.of_cell(replace(cell, metric=of))[[*PAIRED_BY, "value"]].rename(columns={"value": "own"})
    joined = gaps.merge(own, on=PAIRED_BY, how="left")
    level = joined["own"] * scale
    behind = joined.assign(metric=BEHIND, value=level)
    ahead = joined.assign(metric=AHEAD, value=level + joined["value"])
    months = gaps.assign(metric=MONTHS, value=gaps["value"] * sigma(cell.stage))
    return [behind, ahead, *([months] if cell.metric == headlines.GAP else [])]


def _main(digest: Digest, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["parameter_set"] == digest.main_set]


def _ordered(digest: Digest, rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Some columns with the regimes in the order of the comparison, as plain text."""
    place = rows["regime"].astype(str).map({regime: place for place, regime in enumerate(digest.regimes)})
    keys = [name for name in ("year", "school", "replicate") if name in columns]
    order = rows.assign(_place=place).sort_values(["_place", *keys]).index
    return rows.loc[order, columns].assign(regime=lambda frame: frame["regime"].astype(str)).reset_index(drop=True)


def schools_by_year(digest: Digest) -> pd.DataFrame:
    """Every school of the place in every year under every regime, as means over the runs of the main parameter set.

    Returns:
        Columns regime, year, school, phase and those of `PER_SCHOOL` in the units of results/README.md; for `SPREAD`
        also <name>_low and <name>_high, the 5th and 95th percentile of single runs. NaN where nothing is known.
    """
    keys = ["regime", "year", "school"]
    groups = _main(digest, digest.schools).groupby(keys, observed=True, sort=False)
    runs = groups[[*SPREAD]]
    low, high = runs.quantile(0.05).add_suffix("_low"), runs.quantile(0.95).add_suffix("_high")
    frame = groups[["phase"]].first().join([groups[[*PER_SCHOOL]].mean(), low, high]).reset_index()
    columns = [*keys, "phase", *PER_SCHOOL, *low.columns, *high.columns]
    return _ordered(digest, frame.astype({"school": str, "phase": str}), columns)


def school_timeline(digest: Digest, school: str) -> pd.DataFrame:
    """One school in every run of the main parameter set: regime, year, replicate, phase and columns of `PER_SCHOOL`.

    Raises:
        InputError: no school of the place has this label.
    """
    rows = _main(digest, digest.schools)
    rows = rows[rows["school"] == school]
    if rows.empty:
        known = sorted(digest.schools["school"].astype(str).unique())
        raise InputError("unknown school", found=clipped(school), guess=nearest(school, known))
    return _ordered(digest, rows.astype({"phase": str}), ["regime", "year", "replicate", "phase", *PER_SCHOOL])
