"""One evaluation: the same places and the same luck with other numbers, and the figures they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from schoolsim.lab.calibration.figures import SUMMERS, figures
from schoolsim.lab.facts import looks
from schoolsim.lab.facts.pooled import Figures
from schoolsim.lab.facts.runs import status_quo, told_apart
from schoolsim.lab.store import identity, read_json, write_json
from schoolsim.places.place import content_of
from schoolsim.session import Session


@dataclass(frozen=True)
class World:
    """Where and when figures are taken: everything of an evaluation but its numbers and its luck.

    Attributes:
        places: authorities taken together.
        years: years of the status quo after settling at whose end the figures are taken.
    """

    places: tuple[str, ...]
    halo: str
    vintage: str
    years: int = 0


@dataclass(frozen=True)
class Task:
    """Numbers by path to try in a world, and the luck to try them with."""

    world: World
    values: tuple[tuple[str, float], ...]
    seed: int
    file: Path

    @property
    def done(self) -> bool:
        """Whether it was finished before."""
        return self.file.exists()


def task_of(world: World, values: Mapping[str, float], seed: int, folder: Path) -> Task:
    """The task whose file says by its name what was tried, where, and by which code."""
    contents = [content_of(place) for place in world.places]
    asked = {"world": asdict(world), "contents": contents, "values": dict(values), "seed": seed}
    return Task(world, tuple(values.items()), seed, folder / f"{identity(asked)}.json")


def carry_out(task: Task) -> str:
    """Settle every place, write the figures, and return the file's stem and what was done in words."""
    seen = [_seen(task, place) for place in task.world.places]
    material = {
        look: pd.concat([told_apart(frames[look], code) for code, frames in enumerate(seen)], ignore_index=True)
        for look in seen[0]
    }
    found = {name: value if np.isfinite(value) else None for name, value in figures(material).items()}
    write_json(task.file, {"seed": task.seed, "values": dict(task.values), "figures": found})
    return f"{task.file.stem} {', '.join(task.world.places)}, seed {task.seed}"


def figures_of(task: Task) -> Figures:
    """What a finished task found; NaN for what its places cannot show."""
    return {name: np.nan if value is None else float(value) for name, value in read_json(task.file)["figures"].items()}


def _seen(task: Task, place: str) -> dict[str, pd.DataFrame]:
    """The last three summers of one place, with years counted back from the last."""
    world = task.world
    plan = replace(status_quo(place, world.vintage), halo=world.halo)
    session = Session(plan, seed=task.seed, drawn=dict(task.values))
    frames: dict[str, list[pd.DataFrame]] = {"pupils": [], "classes": [], "schools": []}
    for year in SUMMERS:
        session.run_to(world.years + year)
        for look, kept in frames.items():
            kept.append(looks.LOOKS[look](session).assign(year=year))
    return {look: pd.concat(kept) for look, kept in frames.items()}
