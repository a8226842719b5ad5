"""A world run once while every summer, and everything that happens to anybody, is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schoolsim.lab.cache import NO_CACHE, usual_cache
from schoolsim.lab.pool import Progress
from schoolsim.lab.summers import summer
from schoolsim.lab.timelines.staff import staff
from schoolsim.lab.worlds import FIXED, begun
from schoolsim.process import TERM_NAMES
from schoolsim.scenario import Scenario
from schoolsim.session import Session

FIRST_REPLICATE = 1


@dataclass(frozen=True)
class Event:
    """What happened in a term, and to whom (ids [n])."""

    year: int
    term: int
    what: str
    ids: np.ndarray

    @property
    def when(self) -> str:
        """The term in a word."""
        return TERM_NAMES[self.term]


@dataclass
class Followed:
    """What was kept of a world.

    Attributes:
        title: of the place.
        scenario: in force.
        pupils: one row a pupil of the place and summer, as `summers.summer` gives it, with `pupil`: a number from 1 in
            order of ids, the one by which comparisons call the same child.
        teachers: one row a teacher of the place's schools and summer, as `staff.staff` gives it, with `teacher`.
        schools: one row a school and summer, as sessions record it.
        events: what happened to people, in order.
    """

    title: str
    scenario: Scenario
    pupils: pd.DataFrame
    teachers: pd.DataFrame
    schools: pd.DataFrame
    events: list[Event] = field(default_factory=list)

    def happened_to(self, person: int) -> Iterator[Event]:
        """The events of one person, by id."""
        return (event for event in self.events if person in event.ids)


def follow(scenario: Scenario, *, progress: Progress | None = None, cache: bool = True) -> Followed:
    """Run the world that `compare` calls its first replicate with fixed parameters, and keep all of it.

    Args:
        scenario: the plan.
        progress: told years done, years in all, and what was just done.
        cache: take the settled world from the cache, and keep it there.
    """
    (session,) = begun((scenario,), FIXED, FIRST_REPLICATE, scenario.seed, usual_cache() if cache else NO_CACHE)
    events: list[Event] = []
    session.system.witnesses.append(lambda what, ids: _note(session, events, what, ids))
    summers, staffs = [], []
    for year in range(scenario.years + 1):
        session.run_to(year)
        summers.append(summer(session, 0, [scenario.name]))
        staffs.append(staff(session))
        if progress:
            progress(year, scenario.years, f"year {year}")
    return Followed(
        session.system.place.title, scenario, _numbered(summers, "pupil"), _numbered(staffs, "teacher"),
        session.observe().schools, events,
    )  # fmt: skip


def _note(session: Session, events: list[Event], what: str, ids: np.ndarray) -> None:
    events.append(Event(session.year, session.system.term, what, np.asarray(ids)))


def _numbered(summers: list[pd.DataFrame], name: str) -> pd.DataFrame:
    """All summers with a number from 1 for each person, in order of ids."""
    every = pd.concat(summers, ignore_index=True)
    return every.assign(**{name: np.unique(every["id"].to_numpy(), return_inverse=True)[1] + 1})
