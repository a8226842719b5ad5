"""A finished comparison, ready to be spoken about: tidy frames, titles, and effects looked up by outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab import headlines
from schoolsim.lab.effects import CELL, Cell, Effect, by_key, changes, paired_differences, paired_effects
from schoolsim.lab.group_words import Group, in_order
from schoolsim.lab.headlines import Outcome
from schoolsim.lab.sentences import Words
from schoolsim.lab.verdicts import GapEffect

WORDS = ("regime", "parameter_set", "metric", "phase", "group", "basis", "school")
PROPER = ("English", "England", "Ofsted", "London")


@dataclass(frozen=True, eq=False)
class Digest:
    """The frames and manifest of one comparison; two are the same only if they are one.

    Attributes:
        metrics: long frame as recorded.
        schools: one row per regime, replicate, parameter set, year and school.
        manifest: how the comparison was made.
        real_names: real names by neutral label, where they were asked for; schools then carry both.
    """

    metrics: pd.DataFrame
    schools: pd.DataFrame
    manifest: Mapping[str, Any]
    real_names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        metrics: pd.DataFrame,
        schools: pd.DataFrame,
        manifest: Mapping[str, Any],
        real_names: Mapping[str, str] | None = None,
    ) -> Digest:
        """Tidies the frames as they come from files; schools of the neighbourhood are left out."""
        own = schools[~schools["in_halo"]] if "in_halo" in schools else schools
        names, labelled = real_names or {}, _compact(own)
        shown = {
            label: f"{label} ({printable(names[label])})"
            for label in labelled["school"].cat.categories
            if label in names
        }
        labelled = labelled.assign(school=labelled["school"].cat.rename_categories(shown))
        return cls(_compact(metrics), labelled, manifest, names)

    @cached_property
    def regimes(self) -> list[str]:
        """Names of the regimes, the baseline first, the others in the order of the manifest."""
        present = list(self.metrics["regime"].unique())
        order = [s["name"] for s in self.manifest.get("scenarios", []) if s["name"] in present]
        return list(dict.fromkeys([self.baseline, *order, *present]))

    @cached_property
    def baseline(self) -> str:
        """The regime that all others are compared with; stand-still unless the comparison lacks it."""
        named = self.manifest.get("baseline", "stand-still")
        present = list(self.metrics["regime"].unique())
        return named if named in present else present[0]

    @property
    def alternatives(self) -> list[str]:
        """The regimes other than the baseline."""
        return self.regimes[1:]

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each regime, as its author wrote it."""
        written = {s["name"]: printable(s.get("title") or s["name"]) for s in self.manifest.get("scenarios", [])}
        return {regime: written.get(regime, regime) for regime in self.regimes}

    @property
    def place(self) -> str:
        """The title of the place."""
        return printable(self.manifest.get("place", {}).get("title", "this place"))

    @property
    def reconstructed(self) -> list[str]:
        """That the place is no record of its year, in sentences; none where it is as the data have it."""
        return [printable(sentence) for sentence in self.manifest.get("place", {}).get("reconstructed", [])]

    @cached_property
    def last_year(self) -> int:
        """The last year recorded; year 0 is the last before any regime starts."""
        return int(self.metrics["year"].max())

    @cached_property
    def parameter_sets(self) -> list[str]:
        """The parameter sets present, "drawn" first: it carries the headline."""
        present = set(self.metrics["parameter_set"].unique())
        return [name for name in ("drawn", "fixed") if name in present]

    @property
    def main_set(self) -> str:
        """The parameter set that sentences speak of."""
        return self.parameter_sets[0]

    def words(self, regime: str) -> Words:
        """How a sentence calls this regime, the baseline and the time between."""
        return Words(spoken(self.titles[regime]), spoken(self.titles[self.baseline]), self.last_year, regime)

    @cached_property
    def _positions(self) -> dict[tuple, np.ndarray]:
        """Row numbers of `metrics` by cell: looked up hundreds of times."""
        return self.metrics.groupby(CELL, observed=True).indices

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells that hold a number, in no particular order."""
        known = self.metrics["value"].notna().to_numpy()
        return [Cell(*key) for key, rows in self._positions.items() if known[rows].any()]

    @cached_property
    def _final_effects(self) -> dict[tuple, Effect]:
        final = self.metrics[self.metrics["year"] == self.last_year]
        return by_key(paired_effects(final, self.baseline), ["regime", "parameter_set"])

    @cached_property
    def _changes(self) -> dict[tuple, Effect]:
        return by_key(changes(self.metrics, 0, self.last_year), ["regime", "parameter_set"])

    def effect(self, cell: Cell, regime: str, parameter_set: str = "") -> Effect:
        """The paired difference from the baseline in the last year."""
        return self._final_effects.get((regime, parameter_set or self.main_set, *cell.key), Effect())

    def change(self, cell: Cell, regime: str) -> Effect:
        """What happens within a regime from year 0 to the last year."""
        return self._changes.get((regime, self.main_set, *cell.key), Effect())

    def gap_effect(self, outcome: Outcome, regime: str) -> GapEffect:
        """A gap's effect with those of the two sides' means."""
        sides = [replace(outcome.cell, metric=metric) for metric in (headlines.MEAN, headlines.REST_MEAN)]
        return GapEffect.of(self.effect(outcome.cell, regime), *(self.effect(side, regime) for side in sides))

    def of_cell(self, cell: Cell) -> pd.DataFrame:
        """All recorded rows of a cell."""
        return self.metrics.iloc[self._positions.get(cell.key, [])]

    def rows(self, cell: Cell, regime: str, parameter_set: str = "") -> pd.DataFrame:
        """The recorded values of a cell under a regime: year, replicate, value."""
        own = self.of_cell(cell)
        chosen = (own["regime"] == regime) & (own["parameter_set"] == (parameter_set or self.main_set))
        return own.loc[chosen, ["year", "replicate", "value"]]

    def final_values(self, cell: Cell, regime: str) -> np.ndarray:
        """The values of a cell under a regime in the last year, one per replicate."""
        rows = self.rows(cell, regime)
        return rows.loc[rows["year"] == self.last_year, "value"].to_numpy(float)

    def effects_by_year(self, cell: Cell) -> pd.DataFrame:
        """Paired effects of one cell in every year, all regimes and parameter sets."""
        return paired_effects(self.of_cell(cell), self.baseline)

    def pairs(self, cell: Cell) -> pd.DataFrame:
        """Single paired differences of one cell in the last year."""
        own = self.of_cell(cell)
        return paired_differences(own[own["year"] == self.last_year], self.baseline)

    def has(self, cell: Cell) -> bool:
        """Whether the cell holds any number."""
        return bool(self.of_cell(cell)["value"].notna().any())

    def recorded_without_value(self, cell: Cell) -> bool:
        """Whether the cell was measured and never had a number: this place cannot show it."""
        return len(self.of_cell(cell)) > 0 and not self.has(cell)

    def groups(self, stage: int = 16) -> list[Group]:
        """The groups whose gap is recorded at a stage, in the order of the report."""
        gaps = self.metrics[(self.metrics["metric"] == headlines.GAP) & (self.metrics["stage"] == stage)]
        return in_order(list(gaps.loc[gaps["value"].notna(), "group"].unique()))


def printable(text: Any) -> str:
    """One line of visible characters: titles come from anybody and also end in terminals."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def spoken(title: str) -> str:
    """A title as it stands inside a sentence: small first letter, unless its first word is a proper name."""
    first = title.split(" ", 1)[0]
    plain = first[1:].islower() and first not in PROPER
    return title[:1].lower() + title[1:] if plain else title


def _compact(frame: pd.DataFrame) -> pd.DataFrame:
    """The same with its words as categories: a comparison has millions of rows and few words."""
    words = [name for name in WORDS if name in frame.columns]
    return frame.astype(dict.fromkeys(words, "category")).reset_index(drop=True)
