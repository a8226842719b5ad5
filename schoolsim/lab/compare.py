"""Several regimes on the same children with the same luck, over replicates, on several processes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from schoolsim.lab.cache import NO_CACHE, Cache, usual_cache
from schoolsim.lab.manifest import describe
from schoolsim.lab.pool import Progress, finished
from schoolsim.lab.store import check_hashes, identity, read_frame, read_json, sha256, write_frame, write_json
from schoolsim.lab.worlds import DRAWN, FIXED, Task, carry_out
from schoolsim.places.place import Place, content_of, short_name
from schoolsim.scenario import Scenario
from schoolsim.start import place_of

PARTS, REQUEST, MANIFEST, REPORT = "parts", "request.json", "manifest.json", "report.html"
METRICS, SCHOOLS = "metrics.parquet", "schools.parquet"
LOCK = ".lock"
CATEGORIES = ("regime", "parameter_set", "metric", "phase", "group", "basis", "school")


@dataclass(frozen=True)
class Comparison:
    """A finished comparison: where it lies and what it holds."""

    folder: Path
    metrics: pd.DataFrame
    schools: pd.DataFrame
    manifest: dict[str, Any]


def compare(
    scenarios: Sequence[Scenario], *, place: str | None = None, vintage: str | None = None, halo: str | None = None,
    replicates: int = 10, years: int | None = None, workers: int = 1, seed: int | None = None,
    out: Path | str = "results", name: str | None = None, progress: Progress | None = None,
    real_names: bool = False, cache: bool = True,
) -> Comparison:  # fmt: skip
    """Run scenarios in pairs and write `out/name/id/` with manifest, metrics, schools and report.

    Every replicate is run twice: with parameters drawn from the priors (the same for every scenario) and with
    the central ones, so that luck and uncertainty of parameters can be told apart. Replicates finished
    before, by a call that was interrupted, are not run again.

    Args:
        scenarios: the first is the baseline.
        place, vintage, halo, years, seed: taken from the scenarios unless given.
        replicates: worlds of each parameter set.
        workers: processes; results do not depend on it.
        progress: told worlds done, all, and what was just done.
        real_names: print real school names beside the neutral labels in the report.
        cache: take settled worlds from the cache, and keep them there; results do not depend on it.
    """
    begun = time.perf_counter()
    given = {"place": place, "vintage": vintage, "halo": halo, "years": years, "seed": seed}
    plans = tuple(_settled(scenario, **given) for scenario in scenarios)
    folder = _folder(plans, replicates, real_names, Path(out), name)
    tasks = _tasks(plans, replicates, folder / PARTS, usual_cache() if cache else NO_CACHE)
    if not (folder / MANIFEST).exists():
        with _alone(folder, len(tasks), progress):
            if not (folder / MANIFEST).exists():
                write_json(folder / PARTS / REQUEST, describe(place_of(plans[0]), plans, replicates))
                run_open(tasks, workers, progress)
                _assemble(folder, tasks, plans, replicates, begun, real_names)
    return read(folder)


@contextmanager
def _alone(folder: Path, worlds: int, progress: Progress | None) -> Iterator[None]:
    """Nobody else writes here meanwhile: a second call for the same waits, and finds the answer.

    The lock belongs to the process that holds it, and is gone when that ends, however it does.
    """
    lock = FileLock(folder / PARTS / LOCK)
    while not lock.is_locked:
        # Whoever finishes clears the parts away, perhaps between these two lines: then they are made again.
        with suppress(FileNotFoundError):
            (folder / PARTS).mkdir(parents=True, exist_ok=True)
            _acquire(lock, worlds, progress)
    try:
        yield
    finally:
        if (folder / MANIFEST).exists():
            shutil.rmtree(folder / PARTS, ignore_errors=True)
        lock.release()


def _acquire(lock: FileLock, worlds: int, progress: Progress | None) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if progress:
            progress(0, worlds, "waiting for another run of the same comparison")
        lock.acquire()


def folder_of(plans: Sequence[Scenario], replicates: int, out: Path | str = "results") -> Path:
    """Where `compare` writes these plans, as they stand, under their usual name and with neutral labels."""
    return _folder(tuple(plans), replicates, False, Path(out), None)


def _folder(plans: Sequence[Scenario], replicates: int, real_names: bool, out: Path, name: str | None) -> Path:
    """The folder named by what is asked, and by the code that answers."""
    request = {"scenarios": [plan.to_dict() for plan in plans], "replicates": replicates, "seed": plans[0].seed,
               "real_names": real_names, "place": content_of(plans[0].place)}  # fmt: skip
    return out / (name or short_name(plans[0].place)) / identity(request)


def read(folder: Path) -> Comparison:
    """A finished comparison from its folder.

    Raises:
        RunError: a file is damaged, or is not the one that the manifest was written for.
    """
    manifest = read_json(folder / MANIFEST)
    check_hashes(folder, manifest)
    return Comparison(folder, read_frame(folder / METRICS), read_frame(folder / SCHOOLS), manifest)


def _settled(scenario: Scenario, **given: str | int | None) -> Scenario:
    return replace(scenario, **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]


def _tasks(plans: tuple[Scenario, ...], replicates: int, folder: Path, cache: Cache) -> list[Task]:
    return [
        Task(plans, parameter_set, replicate, plans[0].seed, folder, cache)
        for replicate in range(1, replicates + 1)
        for parameter_set in (DRAWN, FIXED)
    ]


def run_open(tasks: Sequence[Task], workers: int, progress: Progress | None) -> None:
    """Run what is not done yet, and say so after each."""
    open_ = [task for task in tasks if not task.done]
    done = len(tasks) - len(open_)
    if progress and tasks:
        progress(done, len(tasks), "finished before" if done else "starting")
    for stem in finished(carry_out, open_, workers):
        done += 1
        if progress:
            progress(done, len(tasks), stem)


def _assemble(
    folder: Path, tasks: Sequence[Task], plans: Sequence[Scenario], replicates: int, begun: float, real_names: bool
) -> None:
    """Join the parts, write the report, then the manifest last: a folder with one is complete."""
    from schoolsim.lab.report import write_report

    frames = [[read_frame(task.files[part]) for task in tasks] for part in (0, 1)]
    metrics, schools = (_compact(pd.concat(parts, ignore_index=True)) for parts in frames)
    write_frame(folder / METRICS, metrics)
    write_frame(folder / SCHOOLS, schools)
    place = place_of(plans[0])
    manifest = describe(place, plans, replicates)
    manifest["contributions"] = _contributions(plans, manifest["baseline"], folder.parent.parent)
    manifest["sha256"] = {name: sha256(folder / name) for name in (METRICS, SCHOOLS)}
    manifest["seconds"] = round(time.perf_counter() - begun, 1)
    write_report(folder / REPORT, metrics, schools, manifest, _real_names(place) if real_names else None)
    manifest["sha256"][REPORT] = sha256(folder / REPORT)
    write_json(folder / MANIFEST, manifest)


def _contributions(plans: Sequence[Scenario], baseline: str, out: Path) -> list[dict[str, Any]]:
    """What each mechanism contributes under the baseline, if it has been worked out before."""
    from schoolsim.lab.contributions import latest

    plan = next(plan for plan in plans if plan.name == baseline)
    found = latest(plan, out)
    return found.table().to_dict("records") if found else []


def _compact(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({name: "category" for name in CATEGORIES if name in frame})


def _real_names(place: Place) -> dict[str, str]:
    return dict(zip(place.schools["label"], place.schools["real_name"], strict=True))
