"""What each mechanism does to the results of one regime: the same worlds with it and without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from schoolsim.lab.cache import NO_CACHE, usual_cache
from schoolsim.lab.compare import MANIFEST, METRICS, run_open
from schoolsim.lab.effects import CELL, Effect
from schoolsim.lab.group_words import POVERTY
from schoolsim.lab.headlines import (
    ATTAINMENT,
    GAP_MONTHS,
    MEAN,
    SCHOOL_SHARE,
    Outcome,
    gap_outcome,
    of_leavers,
)
from schoolsim.lab.knock_out import AS_BUILT, close, join_last_years, tasks_without, tried_in
from schoolsim.lab.manifest import describe
from schoolsim.lab.pool import Progress
from schoolsim.lab.store import (
    check_hashes,
    code_fingerprint,
    identity,
    read_frame,
    read_json,
)
from schoolsim.lab.worlds import FIXED, Task
from schoolsim.mechanisms import mechanisms
from schoolsim.metrics import METRICS as MEASURES
from schoolsim.places.place import content_of
from schoolsim.scenario import Scenario
from schoolsim.start import place_of

FOLDER = "contributions"
CHANCE = 0.05
"""Of taking any of the thousands of other figures for moved by the luck of the worlds."""
OUTCOMES: dict[str, Outcome] = {
    "mean_11": of_leavers(MEAN, "average attainment at 11", "Average attainment at 11", "SD", "higher", 11),
    "mean_16": ATTAINMENT,
    "gap_11": gap_outcome(POVERTY, 11, GAP_MONTHS),
    "gap_16": gap_outcome(POVERTY, 16, GAP_MONTHS),
    "school_share_16": SCHOOL_SHARE,
}
"""What every mechanism's contribution is told for: mean, gap and the share of variation between schools."""


@dataclass(frozen=True)
class Contributions:
    """One regime as built and without each mechanism in turn.

    Attributes:
        folder: where it lies.
        metrics: long as those of a comparison, of the last year; `without` is the mechanism switched off.
        manifest: how it was made.
    """

    folder: Path
    metrics: pd.DataFrame
    manifest: Mapping[str, Any]

    def table(self) -> pd.DataFrame:
        """One row a mechanism, in order of the register.

        Returns:
            `mechanism`, `name`, `kind`; for each of `OUTCOMES` its `<outcome>`, `<outcome>_low` and `<outcome>_high`:
            the value as built less that without it, mean and 95% interval over paired worlds, in its own unit; `moves`
            (names of the outcomes whose interval excludes none), `else_moves` (title of the other metric that
            it moves most clearly, empty where none is clear) and `inert` (moves nothing that is looked at).
        """
        rows = [self._row(key) for key in self.manifest["without"] if key != AS_BUILT]
        return pd.DataFrame(rows)

    def _row(self, key: str) -> dict[str, Any]:
        entry = mechanisms()[key]
        effects = {name: Effect.of_values(self._contributed(key, one)) for name, one in OUTCOMES.items()}
        moves = [name for name, effect in effects.items() if effect.direction(OUTCOMES[name].shown.resolution)]
        other = self._clearest(key)
        told = {
            f"{name}{end}": getattr(effect, field) for name, effect in effects.items() for end, field in ENDS.items()
        }
        return {"mechanism": key, "name": entry.name.replace("_", " "), "kind": entry.kind, **told,
                "moves": ",".join(moves), "else_moves": other, "inert": not moves and not other}  # fmt: skip

    def _contributed(self, key: str, outcome: Outcome) -> np.ndarray:
        rows = self.metrics[outcome.cell.rows(self.metrics)].astype({"without": str})
        wide = rows.pivot(index="replicate", columns="without", values="value")
        return (wide[AS_BUILT] - wide[key]).to_numpy(np.float64)

    def _clearest(self, key: str) -> str:
        """The metric, among all recorded, whose mean difference is the most standard errors from nothing."""
        wide = self.metrics.astype({"without": str})
        wide = wide[wide["without"].isin([AS_BUILT, key])]
        wide = wide.pivot_table(index=[*CELL, "replicate"], columns="without", values="value", observed=True)
        apart = (wide[AS_BUILT] - wide[key]).groupby(level=list(CELL), observed=True)
        count, spread = apart.count(), apart.std()
        clear = (apart.mean().abs() / (spread / np.sqrt(count)))[(count > 1) & (spread > 0)].dropna()
        if clear.empty:
            return ""
        enough = student.ppf(1.0 - CHANCE / 2.0 / len(clear), count[clear.idxmax()] - 1)
        return MEASURES[str(clear.idxmax()[list(CELL).index("metric")])].title if clear.max() > enough else ""


ENDS = {"": "mean", "_low": "low", "_high": "high"}


def contributions(
    plan: Scenario, *, replicates: int = 4, workers: int = 1, out: Path | str = "results",
    progress: Progress | None = None, cache: bool = True,
) -> Contributions:  # fmt: skip
    """Run a plan as built and with every mechanism off in turn, in the same worlds, and write `out/contributions/id/`.

    Without a mechanism pupils have no past with it either. Worlds finished before are not run again.

    Args:
        plan: what to run.
        replicates: worlds, each run once for every mechanism and once as built, with central parameters.
        workers: processes; results do not depend on it.
        progress: told pieces done, all, and what was just done.
        cache: take settled worlds from the cache, and keep them there.
    """
    folder = folder_of(plan, replicates, out)
    if not (folder / MANIFEST).exists():
        kept = usual_cache() if cache else NO_CACHE
        tasks = tasks_without((plan,), range(1, replicates + 1), FIXED, plan.seed, folder, kept)
        run_open(tasks, workers, progress)
        join_last_years(folder, tasks)
        _describe(folder, tasks, plan, replicates)
    return read(folder)


def folder_of(plan: Scenario, replicates: int, out: Path | str = "results") -> Path:
    """Where `contributions` with the same arguments writes, or has written; it is complete once it has a manifest."""
    request = {FOLDER: plan.to_dict(), "replicates": replicates, "place": content_of(plan.place)}
    return Path(out) / FOLDER / identity(request)


def read(folder: Path) -> Contributions:
    """What `contributions` wrote.

    Raises:
        RunError: a file is damaged, or is not the one that the manifest was written for.
    """
    manifest = read_json(folder / MANIFEST)
    check_hashes(folder, manifest)
    return Contributions(folder, read_frame(folder / METRICS), manifest)


def latest(plan: Scenario, out: Path | str) -> Contributions | None:
    """The contributions of a plan's mechanisms with the most worlds that this very code has worked out, if any."""
    found = [read_json(file) | {"folder": file.parent} for file in sorted(Path(out).glob(f"{FOLDER}/*/{MANIFEST}"))]
    mine = [one for one in found if one["code"] == code_fingerprint() and one["plan"] == _where(plan)]
    return read(max(mine, key=lambda one: one["replicates"])["folder"]) if mine else None


def _where(plan: Scenario) -> dict[str, Any]:
    """What has to agree for contributions to be those of a plan."""
    return {key: getattr(plan, key) for key in ("place", "halo", "vintage", "years")}


def _describe(folder: Path, tasks: Sequence[Task], plan: Scenario, replicates: int) -> None:
    manifest = describe(place_of(plan), [plan], replicates) | {
        "kind": FOLDER, "without": tried_in(tasks), "plan": _where(plan), "code": code_fingerprint(),
    }  # fmt: skip
    close(folder, manifest)
