"""The one door to a running system: step, act, observe, fork, save, load."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tokenize import TokenError
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from schoolsim.errors import InputError, RunError
from schoolsim.files import write_atomically
from schoolsim.metrics.recorder import COLUMNS as METRIC_COLUMNS
from schoolsim.metrics.recorder import Recorder
from schoolsim.parameters.sheets import Number
from schoolsim.places.place import Place
from schoolsim.policy.changes import Change
from schoolsim.policy.levers import Setting
from schoolsim.process import SUMMER
from schoolsim.rules.leading import Decide
from schoolsim.scenario import Scenario, scenario_from_resolved
from schoolsim.scenario.acts import checked_act
from schoolsim.start import place_of, start_system
from schoolsim.state import state_from
from schoolsim.system import TERMS_A_YEAR, SchoolSystem

SAVED_AS = 3
RECORDS = ("metrics", "schools")
FIRST_YEAR = 1


@dataclass(frozen=True)
class Observation:
    """What can be seen of a run so far: the year, the term, and the frames recorded."""

    year: int
    term: int
    metrics: pd.DataFrame
    schools: pd.DataFrame


class Session:
    """A running system with its records.

    Args:
        scenario: what to run.
        seed: luck of the world; the scenario's own unless given.
        drawn: parameters drawn for this world, by path.
    """

    def __init__(
        self, scenario: Scenario, *, seed: int | None = None, drawn: Mapping[str, Number] | None = None
    ) -> None:
        self._adopt(start_system(scenario, scenario.seed if seed is None else seed, drawn))

    def _adopt(self, system: SchoolSystem) -> None:
        self.system = system
        self.recorder = Recorder(system.norms, list(system.place.schools["label"]))
        self._recorded = 0
        self._earlier: tuple[pd.DataFrame, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """The plan in force, acts included."""
        return self.system.plan

    @property
    def year(self) -> int:
        """The scenario's year; 0 is the last of settling."""
        return self.system.year

    def step(self, terms: int = 1) -> Session:
        """Let terms pass; every summer from year 0 on is recorded."""
        for _ in range(terms):
            self.system.step()
            if self.system.term == SUMMER and self.year >= 0:
                self.recorder.record(self.system)
                self._recorded += 1
        return self

    def run_to(self, year: int) -> Session:
        """Run to the end of a year of the scenario."""
        while (self.year, self.system.term) < (year, SUMMER):
            self.step()
        return self

    def run(self) -> Session:
        """Run to the scenario's last year."""
        return self.run_to(self.scenario.years)

    def act(self, path: str, value: Setting) -> Session:
        """Set a lever or a parameter from the next school year on (year 1 while the world still settles).

        Raises:
            InputError: the path is unknown or the value not allowed.
        """
        change = Change(path, checked_act(path, value), max(self.year + 1, FIRST_YEAR), replaces=True)
        self.system.plan = replace(self.scenario, changes=(*self.scenario.changes, change))
        return self

    def decide(self, rule: Decide) -> Session:
        """Let heads decide by a rule of a program or a person from next autumn on; `save` does not keep it."""
        self.system.decide = rule
        return self

    def observe(self) -> Observation:
        """The frames recorded so far, and when it is."""
        metrics, schools = self._frames()
        return Observation(self.year, self.system.term, metrics, schools)

    def _frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Metrics and schools recorded since the start, those of before a load included."""
        now = (self.recorder.frame(), self.recorder.schools()) if self._recorded else ()
        parts = [frames for frames in (self._earlier, now) if frames]
        if not parts:
            return pd.DataFrame(columns=METRIC_COLUMNS), pd.DataFrame(columns=["year", "school"])
        metrics, schools = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
        return metrics, schools

    def fork(self, plan: Scenario | None = None) -> Session:
        """An independent session from the same moment, with the same luck to come, under `plan` if given.

        Raises:
            RunError: the plan describes another world, or the records would mix two plans.
        """
        plan = plan or self.scenario
        if world_of(plan) != world_of(self.scenario):
            raise RunError(f"scenario '{plan.name}' starts from another world and cannot be forked from this one")
        twin = object.__new__(Session)
        old = self.system
        twin._adopt(SchoolSystem(plan, old.place, old.seed, old.drawn, old.state.copy()))
        twin.system.in_view, twin.system.decide = old.in_view, old.decide
        twin.recorder, twin._recorded, twin._earlier = self.recorder.copy(), self._recorded, self._earlier
        return twin

    def save(self, path: str | Path) -> Path:
        """Write everything needed to go on into one file, whole or not at all."""
        return write_atomically(path, self.to_bytes())

    def to_bytes(self, *, compress: bool = True) -> bytes:
        """Everything needed to go on, as `load` reads it; not compressed it is made far faster, and larger."""
        system = self.system
        meta = {"saved_as": SAVED_AS, "scenario": self.scenario.to_dict(), "seed": system.seed,
                "drawn": system.drawn, "figures": system.state.figures()}  # fmt: skip
        records = zip(RECORDS, (frame.to_parquet(index=False) for frame in self._frames()), strict=True)
        frames = {f"records/{name}": np.frombuffer(record, np.uint8) for name, record in records}
        buffer = io.BytesIO()
        text = np.frombuffer(json.dumps(meta).encode(), np.uint8)
        write = np.savez_compressed if compress else np.savez
        write(buffer, meta=text, **system.state.arrays(), **frames)  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def load(cls, source: str | Path | bytes, place: Place | None = None) -> Session:
        """The session that `save` wrote, or `to_bytes` made; it goes on exactly as the saved one would have.

        Args:
            source: the file, or its content.
            place: where it is, if the caller has loaded the place already.

        Raises:
            InputError: the file is missing, damaged or not a saved session.
        """
        path = None if isinstance(source, bytes) else source
        try:
            content = source if isinstance(source, bytes) else Path(source).read_bytes()
            with np.load(io.BytesIO(content), allow_pickle=False) as archive:
                arrays = dict(archive)
            meta = json.loads(arrays.pop("meta").tobytes())
        except (OSError, EOFError, ValueError, KeyError, RuntimeError, BadZipFile, TokenError, zlib.error) as error:
            raise InputError("not a saved session, or damaged", file=path) from error
        if meta.get("saved_as") != SAVED_AS:
            raise InputError("saved by another version", file=path, found=meta.get("saved_as"), allowed=SAVED_AS)
        plan = scenario_from_resolved(meta["scenario"])
        session = object.__new__(cls)
        try:
            state = state_from(arrays, meta["figures"])
        except (KeyError, ValueError, TypeError) as error:
            raise InputError("not a saved session, or damaged", file=path) from error
        session._adopt(SchoolSystem(plan, place or place_of(plan), meta["seed"], meta["drawn"], state))
        frames = tuple(pd.read_parquet(io.BytesIO(arrays[f"records/{name}"].tobytes())) for name in RECORDS)
        session._earlier = frames if len(frames[0]) else ()
        return session


def world_of(plan: Scenario) -> tuple[object, ...]:
    """What decides a world before year 1: plans that agree in it can share the settled start."""
    off = tuple(sorted(plan.off))
    return plan.place, plan.halo, plan.vintage, plan.settling_years, off, tuple(sorted(plan.parameters.items()))


__all__ = ["TERMS_A_YEAR", "Observation", "Session", "world_of"]
