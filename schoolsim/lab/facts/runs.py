"""One run for the facts: one world under the status quo or an arm, with everything anybody wants of it kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pandas as pd

from schoolsim.lab.facts.arms import ARMS, taken, under
from schoolsim.lab.facts.experiments import Glance
from schoolsim.lab.facts.local import MADE
from schoolsim.lab.facts.looks import LOOKS
from schoolsim.lab.store import read_frame, write_frame
from schoolsim.scenario import Scenario, load_scenario
from schoolsim.session import Session

STATUS_QUO = "stand-still"
SCHOOLS_APART = 100_000  # Schools of two authorities never share a code.


@dataclass(frozen=True)
class Task:
    """One seed of one place, and what is to be seen of it when; `arm` is empty under the status quo."""

    place: str
    vintage: str
    seed: int
    glances: tuple[Glance, ...]
    folder: Path
    arm: str = ""

    @property
    def stem(self) -> str:
        """The name of the run, and how its files begin."""
        named = f"{quote(self.place, safe='')}-{self.vintage}-{self.seed}"
        return f"{named}-{self.arm}" if self.arm else named

    def file(self, glance: Glance) -> Path:
        """Where one look at one moment goes."""
        look, year = glance
        return self.folder / f"{self.stem}.{look}.{'made' if year == MADE else year}.parquet"

    @property
    def missing(self) -> tuple[Glance, ...]:
        """What was not kept by an earlier call."""
        return tuple(glance for glance in self.glances if not self.file(glance).exists())


def status_quo(place: str, vintage: str) -> Scenario:
    """The scenario that every run starts with: the shipped status quo in another place."""
    return replace(load_scenario(STATUS_QUO), place=place, vintage=vintage)


def carry_out(task: Task) -> str:
    """Run one world as far as needed, and keep each look as soon as it is taken; returns the run's name."""
    session = Session(status_quo(task.place, task.vintage), seed=task.seed)
    if task.arm and task.missing:
        session = taken(session.run_to(0), ARMS[task.arm])
    for look, year in sorted(task.missing, key=lambda glance: glance[1]):
        if year != MADE:
            session.run_to(year)
        seen = LOOKS[look](session)
        write_frame(task.file((look, year)), seen if "year" in seen else seen.assign(year=year))
    return task.stem


def material(tasks: Sequence[Task], wanted: Sequence[Glance]) -> dict[str, pd.DataFrame]:
    """What was kept of the runs of one seed and arm, by look (`arms.under` names it).

    `authority` counts the runs, schools have codes of their own.
    """
    frames: dict[str, list[pd.DataFrame]] = {}
    for authority, task in enumerate(tasks):
        for glance in wanted:
            seen = told_apart(read_frame(task.file(glance)), authority)
            frames.setdefault(under(glance[0], task.arm), []).append(seen)
    return {look: pd.concat(parts, ignore_index=True) for look, parts in frames.items()}


def told_apart(frame: pd.DataFrame, authority: int) -> pd.DataFrame:
    """A frame of one of several authorities, marked as its; its schools get codes that no other authority has."""
    apart = {"authority": np.full(len(frame), authority, np.int32)}
    if "school" in frame:
        apart["school"] = frame["school"].to_numpy(np.int64) + SCHOOLS_APART * authority
    return frame.assign(**apart)
