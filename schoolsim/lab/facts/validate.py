"""Facts scored: runs of the status quo, the figures of each seed, and a verdict on every number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.facts import runs
from schoolsim.lab.facts.arms import STATUS_QUO
from schoolsim.lab.facts.authorities import POOL, names, sample
from schoolsim.lab.facts.experiments import EXPERIMENTS, arms, glances
from schoolsim.lab.facts.register import Fact, Number, facts_named
from schoolsim.lab.facts.runs import Task
from schoolsim.lab.facts.scoring import ENOUGH_SEEDS, Score, Verdict, combined, score
from schoolsim.lab.pool import Progress, finished
from schoolsim.lab.store import identity, read_frame, read_json, versions, write_frame, write_json

FIRST_SEED = 1001  # Not the luck on which the model was developed and fitted.
FULL_SEEDS, QUICK_SEEDS = ENOUGH_SEEDS, 3
QUICK_PLACES = {"pool": 6, "unseen": 2, "calibration": 1}
VALIDATIONS, RUNS, VALUES, SUMMARY = "validation", "runs", "facts.parquet", "facts.json"


@dataclass(frozen=True)
class World:
    """Where a fact is scored: one place, or several whose pupils are taken together."""

    name: str
    title: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """A number of a fact in one world, scored."""

    fact: Fact
    world: World
    number: Number
    score: Score


@dataclass(frozen=True)
class Validation:
    """A finished validation: where it lies, every number scored, the values behind, what `facts.json` says."""

    folder: Path
    results: list[Result]
    values: pd.DataFrame
    summary: dict[str, Any]

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each fact."""
        return verdicts(self.results)

    @property
    def provisional(self) -> bool:
        """Whether too few seeds, or too few places, stand behind the verdicts."""
        return bool(self.summary["provisional"])


def validate(
    chosen: Iterable[str] = (), *, full: bool = False, seeds: int | None = None, place: str | None = None,
    workers: int = 1, out: Path | str = "results", progress: Progress | None = None,
) -> Validation:  # fmt: skip
    """Score facts and write `out/validation/<id>/facts.parquet` and `facts.json`.

    What is kept of a run is written when the run comes to it, below `out/validation/runs/`. A call that was
    interrupted, or that asks for other facts or more seeds, takes from there what the same code has done.

    Args:
        chosen: identifiers of facts; all that can be computed when empty.
        full: all authorities of a sample and twenty seeds, not a few of them.
        seeds: another number of seeds.
        place: another world for all of them.
        workers: processes; results do not depend on it.

    Raises:
        InputError: a fact is unknown or cannot be computed yet, or a place is unknown.
    """
    facts = facts_named(chosen)
    seed_count = seeds or (FULL_SEEDS if full else QUICK_SEEDS)
    scored = [(fact, worlds_of(fact, full, place)) for fact in facts]
    folder, kept = _folders(Path(out) / VALIDATIONS, facts, scored, seed_count)
    tasks = _tasks(scored, seed_count, kept)
    if not (folder / SUMMARY).exists():
        _run([task for seed in tasks.values() for task in seed.values()], workers, progress)
        folder.mkdir(parents=True, exist_ok=True)
        values = _values(scored, tasks)
        write_frame(folder / VALUES, values)
        few = seed_count < ENOUGH_SEEDS or not full or place is not None
        told = {"provisional": few, "seeds": seed_count, "full": full, "place": place}
        write_json(folder / SUMMARY, told | summary(_scored(scored, values)))
    values = read_frame(folder / VALUES)
    return Validation(folder, _scored(scored, values), values, read_json(folder / SUMMARY))


def worlds_of(fact: Fact, full: bool, place: str | None = None) -> list[World]:
    """The worlds of a fact: the pool as one, every other authority on its own."""
    if place is not None:
        return [World(place, place, (place,))]
    worlds: list[World] = []
    for name in fact.worlds:
        codes = sample(name)[: None if full else QUICK_PLACES[name]]
        each = [World(str(code), names()[code], (str(code),)) for code in codes]
        pooled = World(POOL, f"{len(codes)} authorities", tuple(str(code) for code in codes))
        worlds += [pooled] if name == POOL else each
    return worlds


Scored = Sequence[tuple[Fact, list[World]]]
Key = tuple[str, str, str]
"""Place, vintage and arm of a run."""

Tasks = dict[int, dict[Key, Task]]
"""By seed, then by what is run."""


def _folders(root: Path, facts: Sequence[Fact], scored: Scored, seed_count: int) -> tuple[Path, Path]:
    """Where this question is answered, and where runs are kept for any question."""
    asked = {fact.id: [asdict(world) for world in worlds] for fact, worlds in scored}
    vintages = sorted({fact.vintage for fact in facts})
    plans = [runs.status_quo("toytown", vintage).to_dict() for vintage in vintages]
    request = {"validate": asked, "seeds": seed_count, "first seed": FIRST_SEED, "plans": plans}
    return root / identity(request), root / RUNS / identity({"plans of": runs.STATUS_QUO})


def _tasks(scored: Scored, seed_count: int, folder: Path) -> Tasks:
    """One task for every place, arm and seed, wherever several facts need the same run."""
    wanted: dict[Key, list[Fact]] = {}
    for fact, worlds in scored:
        for place in sorted({place for world in worlds for place in world.places}):
            for arm in (STATUS_QUO, *arms([fact])):
                wanted.setdefault((place, fact.vintage, arm), []).append(fact)
    return {
        seed: {key: _task(key, seed, facts, folder) for key, facts in wanted.items()}
        for seed in range(FIRST_SEED, FIRST_SEED + seed_count)
    }


def _task(key: Key, seed: int, facts: list[Fact], folder: Path) -> Task:
    place, vintage, arm = key
    return Task(place, vintage, seed, glances(facts, arm), folder, arm)


def _run(tasks: Sequence[Task], workers: int, progress: Progress | None) -> None:
    """Run what is not done yet, and say so after each."""
    open_ = [task for task in tasks if task.missing]
    done = len(tasks) - len(open_)
    for task in open_[:1]:
        task.folder.mkdir(parents=True, exist_ok=True)
    if progress and tasks:
        progress(done, len(tasks), "finished before" if done else "starting")
    for stem in finished(runs.carry_out, open_, workers):
        done += 1
        if progress:
            progress(done, len(tasks), stem)


def _values(scored: Scored, tasks: Tasks) -> pd.DataFrame:
    """Every figure: fact, world, seed, number, value. The material of a world and seed is read once."""
    rows = [
        (fact.id, world.name, seed, number, value)
        for world, facts in _by_world(scored).items()
        for seed, of_seed in tasks.items()
        for fact, figures in _figures(facts, world, of_seed)
        for number, value in figures.items()
    ]
    return pd.DataFrame(rows, columns=["fact", "world", "seed", "number", "value"])


def _by_world(scored: Scored) -> dict[World, list[Fact]]:
    found: dict[World, list[Fact]] = {}
    for fact, worlds in scored:
        for world in worlds:
            found.setdefault(world, []).append(fact)
    return found


def _figures(facts: list[Fact], world: World, of_seed: dict[Key, Task]) -> Iterable[tuple[Fact, dict]]:
    for vintage in sorted({fact.vintage for fact in facts}):
        here = [fact for fact in facts if fact.vintage == vintage]
        material: dict[str, pd.DataFrame] = {}
        for arm in (STATUS_QUO, *arms(here)):
            tasks = [of_seed[place, vintage, arm] for place in world.places]
            material |= runs.material(tasks, glances(here, arm))
        yield from ((fact, EXPERIMENTS[fact.experiment].figures(material)) for fact in here)


def _scored(scored: Scored, values: pd.DataFrame) -> list[Result]:
    found = {key: rows["value"].to_numpy(np.float64) for key, rows in values.groupby(["fact", "world", "number"])}
    return [
        Result(fact, world, number, score(found.get((fact.id, world.name, number.name), []), number))
        for fact, worlds in scored
        for world in worlds
        for number in fact.numbers
    ]


def verdicts(results: Iterable[Result]) -> dict[str, Verdict]:
    """The verdict on each fact: met when all its numbers are, in all its worlds."""
    found: dict[str, list[Verdict]] = {}
    for result in results:
        found.setdefault(result.fact.id, []).append(result.score.verdict)
    return {name: combined(each) for name, each in found.items()}


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """Verdicts of facts, then every number, and what ran it: for machines."""
    return {"facts": verdicts(results), "numbers": [listed(result) for result in results], "versions": versions()}


def listed(result: Result) -> dict[str, Any]:
    """One number as plain values."""
    one, number = result.score, result.number
    return {
        "fact": result.fact.id, "world": result.world.name, "places": result.world.title, "number": number.name,
        "meaning": number.meaning, "unit": number.unit, "range": number.range, "value": _shown(one.median),
        "interval": [_shown(one.low), _shown(one.high)], "width": _shown(one.width), "inside": one.inside,
        "seeds": one.seed_count, "verdict": one.verdict, "provisional": one.provisional, "awaits": number.awaits,
    }  # fmt: skip


def _shown(value: float) -> float | None:
    return value if np.isfinite(value) else None
