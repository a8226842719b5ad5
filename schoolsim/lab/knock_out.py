"""How much of a difference between two regimes is left when a mechanism is switched off: the same worlds without it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.cache import NO_CACHE, Cache, usual_cache
from schoolsim.lab.compare import MANIFEST, METRICS, PARTS, run_open
from schoolsim.lab.digest import printable, spoken
from schoolsim.lab.effects import Effect
from schoolsim.lab.headlines import Outcome
from schoolsim.lab.lives import check_pair
from schoolsim.lab.manifest import describe
from schoolsim.lab.pool import Progress
from schoolsim.lab.sentences import interval, signed, years_in_words
from schoolsim.lab.store import check_hashes, identity, read_frame, read_json, sha256, write_frame, write_json
from schoolsim.lab.worlds import DRAWN, Task
from schoolsim.mechanisms import built_mechanisms, mechanisms, switched_off
from schoolsim.places.place import content_of
from schoolsim.scenario import Scenario
from schoolsim.start import place_of

FOLDER, AS_BUILT = "knock-out", "as-built"
COLUMNS = ["mechanism", "name", "kind", "mean", "low", "high", "n", "carried", "carried_low", "carried_high", "verdict",
           "overlaps", "sentence"]  # fmt: skip
OVERLAP = "Mechanisms work through one another: each is switched off alone, and the parts do not add up to the whole."


class Carries(StrEnum):
    """What may be said of a mechanism and a difference; each but the last three needs an interval that shows it."""

    ALL = "carries all of it"
    MOST = "carries most of it"
    SOME = "carries some of it"
    ALL_AND_MORE = "carries all of it, and without it the difference turns round"
    HOLDS_BACK = "holds some of it back"
    HIDES = "hides a difference that is there without it"
    MOVES = "moves it, though no difference is shown with it or without it"
    NOT_SHOWN = "is not shown to carry any of it"
    NOTHING = "has nothing to carry: no difference is shown"
    UNKNOWN = "cannot be judged from fewer than two worlds"


@dataclass(frozen=True)
class KnockOut:
    """Two regimes with every mechanism in place, and with each switched off in turn.

    Attributes:
        folder: where it lies.
        metrics: long as those of a comparison, of the last year; `without` is the identifier of the mechanism
            switched off, empty where none is.
        manifest: how it was made; `first`, `second` (names) and `titles` beside what a comparison's tells.
    """

    folder: Path
    metrics: pd.DataFrame
    manifest: Mapping[str, Any]

    def of(self, outcome: Outcome) -> pd.DataFrame:
        """How much of the difference in an outcome each mechanism carries, in the last year.

        Returns:
            One row as built (`mechanism` empty), then one per mechanism: `name` and `kind` as registered; `mean`,
            `low`, `high`, `n`: the difference (second less first) without it; `carried`, `carried_low`,
            `carried_high`: that as built less that without it, paired by world; `verdict` (words of `Carries`; empty
            as built), `overlaps` (identifiers, joined by commas, of mechanisms switched off with it or with which it
            is) and `sentence`. Differences in the outcome's unit, intervals at 95%.
        """
        apart = self._apart(outcome)
        whole = apart.pop(AS_BUILT)
        rows = [self._as_built(whole, outcome)]
        rows += [_row(key, without, whole, outcome, list(apart)) for key, without in apart.items()]
        return pd.DataFrame(rows, columns=COLUMNS)

    def sentences(self, outcome: Outcome) -> list[str]:
        """The difference as built, what each mechanism carries of it, and how to read them together."""
        return [*self.of(outcome)["sentence"], OVERLAP]

    def _apart(self, outcome: Outcome) -> dict[str, pd.Series]:
        """Second less first by replicate, as built and without each mechanism."""
        rows = self.metrics[outcome.cell.rows(self.metrics)].astype({"regime": str, "without": str})
        wide = rows.pivot(index="replicate", columns=["without", "regime"], values="value")
        first, second = self.manifest["first"], self.manifest["second"]
        return {key: wide[key, second] - wide[key, first] for key in self.manifest["without"]}

    def _as_built(self, whole: pd.Series, outcome: Outcome) -> dict[str, Any]:
        effect, unit = Effect.of_values(whole.to_numpy()), outcome.shown
        first, second = (spoken(self.manifest["titles"][self.manifest[side]]) for side in ("first", "second"))
        years = years_in_words(int(self.manifest["years"]))
        sentence = (
            f"In {outcome.phrase} {second} differs from {first} after {years} by {signed(effect.mean, unit)} "
            f"{interval(effect, unit)} in {effect.n} worlds."
        )
        return _told(effect) | {"mechanism": "", "name": "", "kind": "", "verdict": "", "overlaps": "",
                                "sentence": sentence}  # fmt: skip


def knock_out(
    first: Scenario, second: Scenario, *, replicates: int = 10, seed: int | None = None, parameter_set: str = DRAWN,
    workers: int = 1, out: Path | str = "results", progress: Progress | None = None, cache: bool = True,
) -> KnockOut:  # fmt: skip
    """Run two regimes as built and with every mechanism that has a switch off in turn, and write `out/knock-out/id/`.

    All are run in the same worlds with the same luck; without a mechanism pupils have no past with it either. Worlds
    finished before, by a call that was interrupted, are not run again.

    Args:
        first, second: plans of the same place, neighbourhood, vintage and number of years.
        replicates: worlds, each run twice for every mechanism and twice as built.
        seed: the first plan's own unless given.
        parameter_set: "drawn" (parameters drawn for each world) or "fixed" (central ones).
        workers: processes; results do not depend on it.
        progress: told pieces done, all, and what was just done.
        cache: take settled worlds from the cache, and keep them there.

    Raises:
        InputError: the plans are not of one place and time.
    """
    check_pair(first, second)
    plans, luck = (first, second), first.seed if seed is None else seed
    folder = folder_of(first, second, replicates=replicates, seed=luck, parameter_set=parameter_set, out=out)
    if not (folder / MANIFEST).exists():
        kept = usual_cache() if cache else NO_CACHE
        tasks = tasks_without(plans, range(1, replicates + 1), parameter_set, luck, folder, kept)
        run_open(tasks, workers, progress)
        join_last_years(folder, tasks)
        _describe(folder, tasks, plans, replicates, luck)
    return read(folder)


def folder_of(
    first: Scenario, second: Scenario, *, replicates: int = 10, seed: int | None = None, parameter_set: str = DRAWN,
    out: Path | str = "results",
) -> Path:  # fmt: skip
    """Where `knock_out` with the same arguments writes, or has written; it is complete once it has a manifest."""
    plans, luck = (first, second), first.seed if seed is None else seed
    request = {"knock_out": [plan.to_dict() for plan in plans], "replicates": replicates, "seed": luck,
               "parameter_set": parameter_set, "place": content_of(first.place)}  # fmt: skip
    return Path(out) / FOLDER / identity(request)


def read(folder: Path) -> KnockOut:
    """What `knock_out` wrote.

    Raises:
        RunError: a file is damaged, or is not the one that the manifest was written for.
    """
    manifest = read_json(folder / MANIFEST)
    check_hashes(folder, manifest)
    return KnockOut(folder, read_frame(folder / METRICS), manifest)


def switches(plans: Sequence[Scenario]) -> list[str]:
    """Mechanisms that have a switch and are on under one of the plans at least."""
    off = frozenset.intersection(*(plan.off for plan in plans))
    return [key for key in built_mechanisms() if not off.issuperset(mechanisms()[key].switches or (key,))]


def tasks_without(
    plans: tuple[Scenario, ...], replicates: Iterable[int], parameter_set: str, seed: int, folder: Path, kept: Cache,
) -> list[Task]:  # fmt: skip
    """Every world as built and without each mechanism that has a switch, each with a folder under `folder/parts`."""
    keys = [AS_BUILT, *switches(plans)]
    for key in keys:
        (folder / PARTS / key).mkdir(parents=True, exist_ok=True)
    return [
        Task(_without(plans, key), parameter_set, replicate, seed, folder / PARTS / key, kept, f"without {key}")
        for replicate in replicates
        for key in keys
    ]


def tried_in(tasks: Sequence[Task]) -> list[str]:
    """What the tasks are without, in order: "as-built", then mechanisms."""
    return list(dict.fromkeys(task.folder.name for task in tasks))


def join_last_years(folder: Path, tasks: Sequence[Task]) -> None:
    """Write the metrics of each task's last year, with what it is `without`, as one file."""
    parts = []
    for task in tasks:
        frame = read_frame(task.files[0])
        parts.append(frame[frame["year"] == frame["year"].max()].assign(without=task.folder.name))
    write_frame(folder / METRICS, pd.concat(parts, ignore_index=True))


def close(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest, with which a folder is complete, and drop the parts."""
    write_json(folder / MANIFEST, {**manifest, "sha256": {METRICS: sha256(folder / METRICS)}})
    shutil.rmtree(folder / PARTS, ignore_errors=True)


def _without(plans: tuple[Scenario, ...], key: str) -> tuple[Scenario, ...]:
    if key == AS_BUILT:
        return plans
    return tuple(replace(plan, mechanisms={**plan.mechanisms, key: False}) for plan in plans)


def _describe(folder: Path, tasks: Sequence[Task], plans: Sequence[Scenario], replicates: int, seed: int) -> None:
    first, second = plans
    manifest = describe(place_of(first), plans, replicates) | {
        "kind": FOLDER, "seed": seed, "first": first.name, "second": second.name,
        "titles": {plan.name: printable(plan.title) for plan in plans},
        "without": tried_in(tasks), "parameter_set": tasks[0].parameter_set,
    }  # fmt: skip
    close(folder, manifest)


def _row(key: str, without: pd.Series, whole: pd.Series, outcome: Outcome, tried: Sequence[str]) -> dict[str, Any]:
    entry, unit = mechanisms()[key], outcome.shown
    left, all_, carried = (Effect.of_values(one.to_numpy()) for one in (without, whole, whole - without))
    verdict = judged(whole, without, unit.resolution)
    shared = [other for other in tried if other != key and _overlap(key, other)]
    name = entry.name.replace("_", " ")
    sentence = (
        f"Without {name} ({key}) the difference is {signed(left.mean, unit)} {interval(left, unit)} instead of "
        f"{signed(all_.mean, unit)}: it {verdict}."
    )
    told = _told(left) | {"carried": carried.mean, "carried_low": carried.low, "carried_high": carried.high}
    return told | {"mechanism": key, "name": name, "kind": entry.kind, "verdict": str(verdict),
                   "overlaps": ",".join(shared), "sentence": sentence + _shares(shared)}  # fmt: skip


def judged(whole: pd.Series, without: pd.Series, resolution: float) -> Carries:
    """What may be said of a mechanism, from paired differences as built and without it, one per world.

    Args:
        resolution: half the last digit shown, in the unit of the differences.
    """
    seen = Effect.of_values((whole - without).to_numpy())
    if not np.isfinite(seen.low):
        return Carries.UNKNOWN
    way = Effect.of_values(whole.to_numpy()).direction(resolution)
    carried = seen.direction(resolution)
    left = Effect.of_values(without.to_numpy())
    if way == 0:
        hidden = Carries.HIDES if left.direction(resolution) else Carries.MOVES
        return hidden if carried else Carries.NOTHING
    if carried != way:
        return Carries.HOLDS_BACK if carried else Carries.NOT_SHOWN
    if max(-left.low, left.high) < resolution:
        return Carries.ALL
    if left.direction(resolution) == -way:
        return Carries.ALL_AND_MORE
    beyond_half = Effect.of_values((whole / 2 - without).to_numpy())
    return Carries.MOST if beyond_half.direction(0.0) == way else Carries.SOME


def _told(effect: Effect) -> dict[str, Any]:
    return {name: getattr(effect, name) for name in ("mean", "low", "high", "n")}


def _overlap(key: str, other: str) -> bool:
    """Whether switching one off switches the other, or a part of it, off too."""
    return bool(switched_off({key: False}) & switched_off({other: False}))


def _shares(shared: Sequence[str]) -> str:
    carry = "carries" if len(shared) == 1 else "carry"
    return f" What {' and '.join(shared)} {carry} is partly the same." if shared else ""
