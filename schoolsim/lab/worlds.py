"""One replicate: one world, settled once, then every regime from the same moment with the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from schoolsim.lab.cache import NO_CACHE, Cache
from schoolsim.lab.settled import settled
from schoolsim.lab.store import write_frame
from schoolsim.parameters import load_sheets
from schoolsim.scenario import Scenario
from schoolsim.session import Session, world_of

DRAWN, FIXED = "drawn", "fixed"
SEED_STEP = 1_000_003
METRICS_END, SCHOOLS_END = ".metrics.parquet", ".schools.parquet"


@dataclass(frozen=True)
class Task:
    """One replicate of one parameter set under all scenarios; its settled world may be in the cache.

    `label` tells it from tasks of the same replicate that run other scenarios.
    """

    scenarios: tuple[Scenario, ...]
    parameter_set: str
    replicate: int
    seed: int
    folder: Path
    cache: Cache = NO_CACHE
    label: str = ""

    @property
    def stem(self) -> str:
        """The name of its files."""
        return f"{self.parameter_set}-{self.replicate:05d}"

    @property
    def files(self) -> tuple[Path, Path]:
        """Where its metrics and its schools go."""
        return self.folder / f"{self.stem}{METRICS_END}", self.folder / f"{self.stem}{SCHOOLS_END}"

    @property
    def done(self) -> bool:
        """Whether it was finished before; the file of schools is written last."""
        return self.files[1].exists()


def carry_out(task: Task) -> str:
    """Run one replicate under every scenario and write its frames; returns its label and stem."""
    metrics, schools = simulate(task.scenarios, task.parameter_set, task.replicate, task.seed, task.cache)
    write_frame(task.files[0], metrics)
    write_frame(task.files[1], schools)
    return f"{task.label} {task.stem}".strip()


def begun(
    scenarios: Sequence[Scenario], parameter_set: str, replicate: int, seed: int, cache: Cache = NO_CACHE
) -> Iterator[Session]:
    """The world of one replicate at the end of year 0, under one scenario after the other, ready to be run on."""
    drawn = load_sheets().draw(seed, replicate) if parameter_set == DRAWN else {}
    shared: dict[tuple[object, ...], Session] = {}
    for scenario in scenarios:
        world = world_of(scenario)
        if world not in shared:
            shared[world] = settled(scenario, seed * SEED_STEP + replicate, drawn, cache)
        yield shared[world].fork(scenario)


def simulate(
    scenarios: Sequence[Scenario], parameter_set: str, replicate: int, seed: int, cache: Cache = NO_CACHE
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Metrics and schools of one replicate under every scenario, long, with the keys of the run."""
    frames = [
        _keyed(session.run(), session.scenario.name, parameter_set, replicate)
        for session in begun(scenarios, parameter_set, replicate, seed, cache)
    ]
    metrics, schools = (pd.concat(parts, ignore_index=True) for parts in zip(*frames, strict=True))
    return metrics, schools


def _keyed(session: Session, regime: str, parameter_set: str, replicate: int) -> tuple[pd.DataFrame, ...]:
    seen = session.observe()
    keys = {"regime": regime, "replicate": replicate, "parameter_set": parameter_set}
    return tuple(pd.DataFrame({**keys, **frame.to_dict("series")}) for frame in (seen.metrics, seen.schools))
