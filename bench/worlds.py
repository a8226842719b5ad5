"""The worlds that are measured: shipped stand-still in a place, from the start or settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from unittest.mock import patch

from schoolsim import schedule
from schoolsim.process import AUTUMN
from schoolsim.scenario import Scenario, load_scenario
from schoolsim.session import Session
from schoolsim.system import SchoolSystem

AUTHORITY = "salford"
YEARS = 10


@cache
def plan(place: str = AUTHORITY, settling_years: int = 1) -> Scenario:
    """Stand-still in a place without its halo; bars count the years after settling, so one year of that will do."""
    stand_still = load_scenario("stand-still")
    return replace(stand_still, place=place, halo="none", years=YEARS, settling_years=settling_years)


@cache
def settled(place: str = AUTHORITY) -> Session:
    """A session at the end of year 0. Never step it: fork it."""
    return Session(plan(place)).run_to(0)


def begin_year(system: SchoolSystem, until: str) -> SchoolSystem:
    """Let the autumn of a new year begin, up to but without the process `until`."""
    system.state.term, system.state.elapsed = AUTUMN, system.elapsed + 1
    for process in schedule.SCHEDULE:
        if process.name == until:
            break
        schedule.carry_out(system, process)
    return system


@contextmanager
def around_each_process(wrap: Callable[..., None]) -> Iterator[None]:
    """Let `wrap(carry_out, system, process)` stand in for `carry_out` while the schedule is walked."""
    with patch.object(schedule, "carry_out", partial(wrap, schedule.carry_out)):
        yield
