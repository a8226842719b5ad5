"""A calibration from its design to its files: numbers found beside those shipped, and the figures that both make."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.calibration.design import Design, Tried
from schoolsim.lab.calibration.evaluations import Evaluations
from schoolsim.lab.calibration.search import Found, Numbers, search
from schoolsim.lab.pool import Progress
from schoolsim.lab.store import identity, sha256, versions, write_frame, write_json
from schoolsim.places.place import content_of

PARAMETERS, FIGURES, MANIFEST, EVALUATIONS = "parameters.json", "figures.parquet", "manifest.json", "evaluations"
CALIBRATED, REPORTED = "calibrated on", "reported on"
SHIPPED, FOUND = "shipped", "found"
STANDARD_ERRORS, SHARE_OF_RANGE = 2.0, 0.05
QUICK_ITERATIONS = 2
BARELY = 0.5  # share of the prior's variance that targets take away, below which a number rests on its prior


@dataclass(frozen=True)
class Answer:
    """A number found, beside the one that is shipped, both in the parameter's unit."""

    tried: Tried
    found: float
    standard_error: float
    from_targets: float

    @property
    def agrees(self) -> bool:
        """Whether the shipped number is the one found, as far as that can be told."""
        apart = abs(self.tried.number.shipped - self.found)
        return apart <= max(STANDARD_ERRORS * self.standard_error, SHARE_OF_RANGE * self.tried.width)

    @property
    def rests_on_prior(self) -> bool:
        """Whether the targets say little of it."""
        return self.from_targets < BARELY

    def to_dict(self) -> dict[str, Any]:
        """What files and lists show of it."""
        tried = self.tried
        return {
            "path": tried.path, "unit": tried.number.parameter.unit, "prior": tried.prior, "low": tried.low,
            "start": tried.start, "high": tried.high, "shipped": tried.number.shipped, "found": self.found,
            "standard_error": self.standard_error, "from_targets": self.from_targets, "agrees": self.agrees,
        }  # fmt: skip


@dataclass(frozen=True)
class Calibration:
    """A finished calibration: where it lies, what was asked and found.

    Attributes:
        figures: one row a world, set of numbers, seed and figure: `world`, `at`, `seed`, `figure`, `value`.
        unusable: targets that the authorities cannot show.
        converged: whether the search ended by itself.
        quick: whether it was cut short.
    """

    folder: Path
    design: Design
    answers: tuple[Answer, ...]
    figures: pd.DataFrame
    unusable: tuple[str, ...]
    converged: bool
    quick: bool

    @property
    def disagreeing(self) -> list[Answer]:
        """Numbers that the calibration does not reproduce."""
        return [answer for answer in self.answers if not answer.agrees]

    def figure(self, world: str, at: str, name: str) -> float:
        """Mean over seeds of a figure; NaN where there is none."""
        rows = self.figures.query("world == @world and at == @at and figure == @name")["value"].dropna()
        return float(rows.mean()) if len(rows) else np.nan

    def luck(self, name: str) -> float:
        """SD between seeds of a figure where calibrated, at the numbers found; NaN with one seed."""
        rows = self.figures.query("world == @CALIBRATED and at == @FOUND and figure == @name")["value"]
        return float(rows.std())

    def figure_rows(self) -> list[dict[str, Any]]:
        """Targets and then reported figures, with their values in both worlds at both sets of numbers."""
        wanted = {target.name: target for target in self.design.targets}
        return [
            {
                "figure": name, "wanted": wanted[name].value if name in wanted else None,
                "scale": wanted[name].scale if name in wanted else None,
                "source": wanted[name].source if name in wanted else "reported", "used": self._used(name),
                **{f"{at}, {world}": self.figure(world, at, name) for world in self._worlds for at in (SHIPPED, FOUND)},
                "SD of seeds": self.luck(name),
            }
            for name in (*wanted, *(name for name in self.design.reported if name not in wanted))
        ]  # fmt: skip

    def _used(self, name: str) -> bool:
        return name in {target.name for target in self.design.targets} and name not in self.unusable

    @property
    def _worlds(self) -> tuple[str, ...]:
        return (CALIBRATED, REPORTED) if self.design.report_on else (CALIBRATED,)

    def summary(self) -> dict[str, Any]:
        """Everything found, for machines."""
        return {
            "design": self.design.name, "reproduced": not self.disagreeing, "converged": self.converged,
            "quick": self.quick, "unusable": list(self.unusable),
            "parameters": [answer.to_dict() for answer in self.answers], "figures": self.figure_rows(),
        }  # fmt: skip


def calibrate(
    design: Design, *, quick: bool = False, place: str | None = None, workers: int = 1,
    out: Path | str = "results", progress: Progress | None = None,
) -> Calibration:  # fmt: skip
    """Find the numbers of a design and write `out/calibration/<id>/`.

    Every evaluation (numbers, authorities, seed) is kept below `out/calibration/evaluations/` as soon as it is
    finished; a call that was interrupted, or another design, takes from there what the same code has done.

    Args:
        quick: one seed and two steps, to see that it runs.
        place: another world in place of the design's, and nothing reported beside it.
        workers: processes; results do not depend on it.

    Raises:
        RunError: no target can be shown in these authorities.
    """
    begun = time.perf_counter()
    design = _cut_short(design, quick, place)
    root = Path(out) / "calibration"
    evaluations = Evaluations(design.seeds, root / EVALUATIONS, workers, progress, _most(design))
    world = design.world(design.places)
    found = search(design, lambda batch: evaluations.means(world, batch))
    figures = _figures(design, evaluations, found.values)
    contents = [content_of(name) for name in (*design.places, *design.report_on)]
    folder = root / identity({"calibrate": design.to_dict(), "contents": contents, "quick": quick})
    calibration = Calibration(
        folder, design, _answers(design, found), figures, found.unusable, found.converged, quick
    )  # fmt: skip
    _write(calibration, time.perf_counter() - begun)
    return calibration


def _cut_short(design: Design, quick: bool, place: str | None) -> Design:
    if place is not None:
        design = replace(design, places=(place,), report_on=())
    if quick:
        few = min(design.method.iterations, QUICK_ITERATIONS)
        design = replace(design, seeds=design.seeds[:1], method=replace(design.method, iterations=few))
    return design


def _most(design: Design) -> int:
    """Evaluations if every step of the search is taken."""
    each_step = len(design.parameters) + 1
    beside = 1 + 2 * bool(design.report_on)
    return len(design.seeds) * (each_step * (design.method.iterations + 1) + beside)


def _figures(design: Design, evaluations: Evaluations, found: Numbers) -> pd.DataFrame:
    """Figures at the shipped numbers and at those found, where calibrated and where only reported."""
    worlds = {CALIBRATED: design.world(design.places)}
    worlds |= {REPORTED: design.world(design.report_on)} if design.report_on else {}
    rows = [
        (name, at, seed, figure, value)
        for name, world in worlds.items()
        for at, by_seed in zip((SHIPPED, FOUND), evaluations.by_seed(world, [design.shipped, found]), strict=True)
        for seed, figures in zip(design.seeds, by_seed, strict=True)
        for figure, value in figures.items()
    ]
    return pd.DataFrame(rows, columns=["world", "at", "seed", "figure", "value"])


def _answers(design: Design, found: Found) -> tuple[Answer, ...]:
    return tuple(
        Answer(one, found.values[one.path], found.standard_errors[one.path], found.from_targets[one.path])
        for one in design.parameters
    )


def _write(calibration: Calibration, seconds: float) -> None:
    """The manifest last: a folder with one is complete."""
    folder = calibration.folder
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / PARAMETERS, _plain(calibration.summary()))
    write_frame(folder / FIGURES, calibration.figures)
    manifest = versions() | {
        "created": datetime.now(UTC).isoformat(timespec="seconds"), "design": calibration.design.to_dict(),
        "quick": calibration.quick, "seconds": round(seconds, 1),
        "sha256": {name: sha256(folder / name) for name in (PARAMETERS, FIGURES)},
    }  # fmt: skip
    write_json(folder / MANIFEST, manifest)


def _plain(content: Any) -> Any:
    """The same with null in place of numbers that do not exist."""
    match content:
        case Mapping():
            return {key: _plain(value) for key, value in content.items()}
        case list() | tuple():
            return [_plain(value) for value in content]
        case float() if not np.isfinite(content):
            return None
    return content
