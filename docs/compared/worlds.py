"""Worlds under the status quo, and what is kept of each summer: every school beside its published self."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from schoolsim.lab.facts import looks
from schoolsim.lab.facts.local import MADE, MOMENTS, SUMMERS
from schoolsim.lab.facts.runs import status_quo
from schoolsim.rules.scale import STAGES
from schoolsim.session import Session
from schoolsim.vintages import PRESENT

YEARS = (MADE, *sorted({moment - back for moment in MOMENTS for back in range(SUMMERS)}))
"""When schools are looked at: as made, and in the three summers up to each moment."""


@dataclass(frozen=True)
class World:
    """One seed of one place, and the folder for what is seen of it."""

    place: str
    seed: int
    folder: Path

    @property
    def file(self) -> Path:
        """Where the schools of all years go."""
        return self.folder / f"{self.place}-{self.seed}.parquet"


def live(world: World) -> str:
    """Run a world as far as wanted and keep its schools: one row a school and year."""
    session = Session(status_quo(world.place, PRESENT), seed=world.seed)
    seen = []
    for year in YEARS:
        if year != MADE:
            session.run_to(year)
        seen.append(_schools(session).assign(year=year))
    pd.concat(seen, ignore_index=True).assign(seed=world.seed).to_parquet(world.file)
    return f"{world.place}, seed {world.seed}"


def _schools(session: Session) -> pd.DataFrame:
    """What the facts see of schools, and their value added (SD of measured results) beside the published one."""
    seen, frame = looks.schools(session), session.system.place.schools
    rows = seen["school"].to_numpy()
    added = session.recorder.view(session.system).school_year.leavers_mean("value_added", "measured")[rows]
    return seen.assign(
        value_added=added * np.sqrt(_reliability(session, seen["stage"].to_numpy())),
        own_value_added=frame["value_added_published"].to_numpy()[rows],
        own_value_added_tested=frame["value_added_pupils"].to_numpy()[rows],
    )


def _reliability(session: Session, stage: np.ndarray) -> np.ndarray:
    """Reliability of the total at each stage [n]: it turns SD of true results into SD of measured ones."""
    by_stage = dict(zip(STAGES, session.system.values["assessment"]["total_reliability"], strict=True))
    return np.array([by_stage.get(age, np.nan) for age in stage.tolist()])
