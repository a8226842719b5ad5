"""The starting state: schools as the place has them, pupils with a past, people in post."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from schoolsim.draws import Draws
from schoolsim.parameters.sheets import Number
from schoolsim.people.population import synthesise
from schoolsim.places.place import Place, load_place
from schoolsim.processes.cohorts import lasting_traits
from schoolsim.scenario import Scenario
from schoolsim.schedule import BY_NAME
from schoolsim.start.books import open_the_books
from schoolsim.start.fitting import effects_of_the_past, positions_of_families
from schoolsim.start.inspections import inspected_before
from schoolsim.start.past import live_the_past
from schoolsim.start.schools import schools_of_the_place, set_attendance_climate
from schoolsim.start.wishes import wishes_of_the_past
from schoolsim.state import State
from schoolsim.system import SchoolSystem

__all__ = ["place_of", "start_system"]


def start_system(plan: Scenario, seed: int, drawn: Mapping[str, Number] | None = None) -> SchoolSystem:
    """A world of the plan's place at the end of the summer before the first simulated year.

    Every pupil has lived the past through: the same processes that will run ran over the years since the
    pupil's reception, in the schools the pupil went to. So the start is the equation's own steady state, with
    stage correlations, gaps by age and value added that hold in every cohort.
    """
    place = place_of(plan)
    system = SchoolSystem(plan, place, seed, drawn or {}, State())
    draws = Draws(seed, "start", 0)
    system.schools.append(schools_of_the_place(system, draws))
    system.heads.append({"id": np.zeros(len(system.schools))})
    people = synthesise(place, system.values["population"], Draws(seed, "population", 0))
    people |= lasting_traits(people["id"], draws)
    set_attendance_climate(system, people)
    effects = effects_of_the_past(system, people, draws)
    people["ses"] = positions_of_families(system, people, effects, draws)
    live_the_past(system, people, effects, draws)
    del people  # the table has them now; of a country they are half a gigabyte
    open_the_books(system)
    inspected_before(system, draws)
    if BY_NAME["choice"].runs(plan.off):
        wishes_of_the_past(system, draws)
    return system


def place_of(plan: Scenario) -> Place:
    """The place of a plan, with as much of its neighbourhood as the plan asks for."""
    return load_place(plan.place, plan.halo, plan.vintage)
