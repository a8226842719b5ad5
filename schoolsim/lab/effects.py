"""What a regime changes, from paired runs: mean difference, 95% interval, agreement, luck against parameters.

Everything here starts from the long metrics frame of a comparison (one row per regime, replicate, parameter set,
year and metric cell). Replicate r meets the same children and the same luck under every regime, so a difference is
taken within a replicate first and summarised over replicates afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

CELL = ["metric", "phase", "stage", "group", "basis"]
PAIR = ["parameter_set", "replicate", "year", *CELL]
CONFIDENCE = 0.95
INTERVAL_METHOD = "95% interval of the mean over paired runs (Student's t, n - 1 degrees of freedom)"
SUMMARY = ["before", "after", "n", "mean", "sd", "low", "high", "least", "most", "agree_count", "agree_share"]


@dataclass(frozen=True)
class Cell:
    """Where in the long frame a metric stands."""

    metric: str
    phase: str
    stage: int
    group: str
    basis: str

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        """The cell as a tuple, in the order of `CELL`."""
        return (self.metric, self.phase, self.stage, self.group, self.basis)

    def rows(self, frame: pd.DataFrame) -> pd.Series:
        """Marks the rows of `frame` that belong to this cell: boolean, one per row."""
        marks = [frame[column].eq(getattr(self, column)) for column in CELL]
        return pd.Series(np.logical_and.reduce(marks), index=frame.index)


@dataclass(frozen=True)
class Effect:
    """A summarised difference in the metric's own unit; `n` usable pairs, NaN where it cannot be told."""

    before: float = np.nan
    after: float = np.nan
    mean: float = np.nan
    sd: float = np.nan
    low: float = np.nan
    high: float = np.nan
    least: float = np.nan
    most: float = np.nan
    n: int = 0
    agree_count: int = 0

    @classmethod
    def of_values(cls, values: np.ndarray) -> Effect:
        """The mean of a level over runs with its t interval; there is nothing to compare with. Shape: one per run."""
        known = values[np.isfinite(values)]
        if not len(known):
            return cls()
        mean, sd = float(known.mean()), float(known.std(ddof=1)) if len(known) > 1 else np.nan
        half = float(half_width(np.array(sd), np.array(len(known))))
        return cls(after=mean, mean=mean, sd=sd, low=mean - half, high=mean + half, n=len(known))

    @property
    def agree_share(self) -> float:
        """Share (0-1) of the paired runs whose difference has the sign of the mean."""
        return self.agree_count / self.n if self.n else np.nan

    def direction(self, resolution: float) -> int:
        """1 or -1 where the interval, rounded as it will be shown, excludes zero; otherwise 0.

        Args:
            resolution: half the last digit shown, in the metric's unit; what is nearer to zero is shown as zero.
        """
        return int(self.low >= resolution) - int(self.high <= -resolution)

    def mirrored(self) -> Effect:
        """The same effect with every sign turned round: of rest minus group instead of group minus rest."""
        turned = replace(self, before=-self.before, after=-self.after, mean=-self.mean)
        return replace(turned, low=-self.high, high=-self.low, least=-self.most, most=-self.least)


def paired_differences(metrics: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Pairs every other regime with the baseline, replicate by replicate.

    Returns:
        One row per regime, parameter set, replicate, year and cell, with `before` (baseline), `after` (regime) and
        `difference` (after - before), all in the metric's unit. Pairs with a missing side are kept as NaN.
    """
    base = metrics.loc[metrics["regime"] == baseline, [*PAIR, "value"]].rename(columns={"value": "before"})
    others = metrics.loc[metrics["regime"] != baseline].rename(columns={"value": "after"})
    pairs = others.merge(base, on=PAIR, how="left", validate="many_to_one")
    return pairs.assign(difference=pairs["after"] - pairs["before"])


def paired_effects(metrics: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Summarises `paired_differences` over replicates, per regime, parameter set, year and cell."""
    return summarise(paired_differences(metrics, baseline), ["regime", "parameter_set", "year", *CELL])


def changes(metrics: pd.DataFrame, first_year: int, last_year: int) -> pd.DataFrame:
    """Summarises what happens within each regime between two years, paired within the replicate."""
    keys = ["regime", "parameter_set", "replicate", *CELL]
    first, last = (
        metrics.loc[metrics["year"] == year, [*keys, "value"]].rename(columns={"value": name})
        for year, name in ((first_year, "before"), (last_year, "after"))
    )
    pairs = last.merge(first, on=keys, how="left", validate="one_to_one")
    pairs["difference"] = pairs["after"] - pairs["before"]
    return summarise(pairs, ["regime", "parameter_set", *CELL])


def summarise(pairs: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Mean difference, its t interval, spread (5th and 95th percentile of single runs) and agreement, per group.

    Args:
        pairs: columns `by`, `before`, `after`, `difference`; incomplete pairs count for nothing.
        by: the columns that name a group.
    """
    usable = pairs["difference"].notna()
    kept = pairs.assign(before=pairs["before"].where(usable), after=pairs["after"].where(usable))
    groups = kept.groupby(by, sort=False, observed=True)
    frame = groups[["before", "after"]].mean()
    frame["n"] = groups["difference"].count()
    frame["mean"], frame["sd"] = groups["difference"].mean(), groups["difference"].std()
    half = half_width(frame["sd"].to_numpy(), frame["n"].to_numpy())
    frame["low"], frame["high"] = frame["mean"] - half, frame["mean"] + half
    frame["least"], frame["most"] = groups["difference"].quantile(0.05), groups["difference"].quantile(0.95)
    frame["agree_count"] = _agreeing(kept, by)
    frame["agree_share"] = frame["agree_count"] / frame["n"].where(frame["n"] > 0)
    return frame[SUMMARY].reset_index()


def half_width(sd: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Half the width of the t interval of a mean of `n` values; NaN below two values. Shapes equal `sd`."""
    freedom = np.where(n > 1, n - 1, 1)
    width = stdtrit(freedom, (1 + CONFIDENCE) / 2) * sd / np.sqrt(np.maximum(n, 1))
    return np.where(n > 1, width, np.nan)


def _agreeing(pairs: pd.DataFrame, by: list[str]) -> pd.Series:
    mean = pairs.groupby(by, sort=False, observed=True)["difference"].transform("mean")
    agrees = (np.sign(pairs["difference"]) == np.sign(mean)) & (mean != 0)
    return agrees.groupby([pairs[column] for column in by], sort=False, observed=True).sum()


def find(effects: pd.DataFrame, cell: Cell, **where: Any) -> Effect:
    """The one effect at `cell` where the named columns have the given values; an empty `Effect` if there is none."""
    rows = cell.rows(effects)
    for column, value in where.items():
        rows &= effects[column].eq(value)
    found = effects.loc[rows]
    return _from_row(found.iloc[0]) if len(found) else Effect()


def by_key(effects: pd.DataFrame, keys: list[str]) -> dict[tuple, Effect]:
    """All effects by the values of `keys` and then of the cell: for looking up many."""
    names = [name for name in SUMMARY if name != "agree_share"]
    found = zip(
        effects[[*keys, *CELL]].itertuples(index=False, name=None), effects[names].to_dict("records"), strict=True
    )
    return {key: Effect(**values) for key, values in found}


def _from_row(row: pd.Series) -> Effect:
    counts = ("n", "agree_count")
    floats = {name: float(row[name]) for name in SUMMARY if name not in (*counts, "agree_share")}
    return Effect(**floats, n=int(row["n"]), agree_count=int(row["agree_count"]))


@dataclass(frozen=True)
class Spread:
    """What makes single paired runs differ, as SDs in the metric's unit; NaN with fewer than two pairs."""

    luck: float
    parameters: float
    total: float

    @property
    def luck_share(self) -> float:
        """Share (0-1) of the variance of single paired runs that luck alone makes."""
        return min(1.0, (self.luck / self.total) ** 2) if self.total > 0 else np.nan


def split_spread(drawn: Effect, fixed: Effect) -> Spread:
    """Splits the spread of paired runs into luck (fixed parameters) and not knowing the parameters (the rest).

    The variance of the drawn set holds both, that of the fixed set luck alone; the difference is what the
    parameters add. Few replicates can make it negative: then nothing beyond luck is seen and it is zero.
    """
    beyond = drawn.sd**2 - fixed.sd**2
    parameters = float(np.sqrt(max(beyond, 0.0))) if np.isfinite(beyond) else np.nan
    return Spread(luck=fixed.sd, parameters=parameters, total=drawn.sd)
