"""Evaluations spread over processes and kept as they finish, so that an interrupted calibration goes on from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from schoolsim.lab.calibration.search import Numbers
from schoolsim.lab.calibration.worlds import Task, World, carry_out, figures_of, task_of
from schoolsim.lab.facts.pooled import Figures
from schoolsim.lab.pool import Progress, finished


class Evaluations:
    """Figures at numbers tried, from files where they were worked out before.

    Args:
        seeds: luck that every set of numbers is tried with.
        folder: where figures are kept; it is made when the first are.
        expected: evaluations that there will be at most, for the progress.
    """

    def __init__(
        self, seeds: Sequence[int], folder: Path, workers: int, progress: Progress | None, expected: int
    ) -> None:
        self.seeds, self.folder, self._workers = tuple(seeds), folder, workers
        self._progress, self._expected, self._done = progress, expected, set[Path]()

    def by_seed(self, world: World, batch: Sequence[Numbers]) -> list[list[Figures]]:
        """Figures at each set of numbers, for each seed."""
        tasks = [[task_of(world, numbers, seed, self.folder) for seed in self.seeds] for numbers in batch]
        self._run(list({task.file: task for row in tasks for task in row}.values()))
        return [[figures_of(task) for task in row] for row in tasks]

    def means(self, world: World, batch: Sequence[Numbers]) -> list[Figures]:
        """Figures at each set of numbers, means over the seeds that can show them."""
        return [mean_figures(figures) for figures in self.by_seed(world, batch)]

    def _run(self, tasks: Sequence[Task]) -> None:
        open_ = [task for task in tasks if not task.done]
        self._done |= {task.file for task in tasks if task.done}
        if open_:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._tell("evaluating" if self._done else "starting")
        names = {task.file.stem: task.file for task in open_}
        for told in finished(carry_out, open_, self._workers):
            stem, _, message = told.partition(" ")
            self._done.add(names[stem])
            self._tell(message)

    def _tell(self, message: str) -> None:
        if self._progress:
            self._progress(len(self._done), max(self._expected, len(self._done)), message)


def mean_figures(figures: Sequence[Figures]) -> Figures:
    """Means over seeds by name, of what is known."""
    return {name: _mean([one[name] for one in figures]) for name in figures[0]}


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else np.nan
