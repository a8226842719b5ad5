"""The starting state: schools as the place has them, pupils with a past, people in post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.parameters.sheets import Number
from schoolsim.people.population import synthesise
from schoolsim.places.place import Place, load_place
from schoolsim.process import AUTUMN, EVERY_TERM, SUMMER
from schoolsim.processes.attendance import expected_absence
from schoolsim.processes.choice import standing
from schoolsim.processes.cohorts import lasting_traits
from schoolsim.processes.entry import entry_attainment
from schoolsim.processes.school_climate import department_luck
from schoolsim.rules.scale import YEAR_GROUPS
from schoolsim.scenario import Scenario
from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.schooling import school_history
from schoolsim.state import State
from schoolsim.system import SchoolSystem

GENDERS = {"mixed": 0, "girls": 1, "boys": 2}
PAST_AUTUMN = ("home", "school_climate", "workforce", "classes", "teaching")
PAST_TERM = ("attendance", "participation", "learning")


def start_system(plan: Scenario, seed: int, drawn: Mapping[str, Number] | None = None) -> SchoolSystem:
    """A world of the plan's place at the end of the summer before the first simulated year.

    Every pupil has lived the past through: the same processes that will run ran over the years since the
    pupil's reception, in the schools the pupil went to. So the start is the equation's own steady state, with
    stage correlations, gaps by age and value added that hold in every cohort.
    """
    place = load_place(plan.place)
    system = SchoolSystem(plan, place, seed, drawn or {}, State())
    draws = Draws(seed, "start", 0)
    system.schools.append(_schools(system, draws))
    people = synthesise(place, system.values["population"], Draws(seed, "population", 0))
    people |= lasting_traits(people["id"], draws)
    _live_the_past(system, people, draws)
    _open_the_books(system)
    return system


def _schools(system: SchoolSystem, draws: Draws) -> dict[str, np.ndarray]:
    """The schools table from the place's frame, with first effects drawn given the intake."""
    frame, climate = system.place.schools, system.values["school_climate"]
    ids = np.arange(len(frame), dtype=np.int64)
    phase = (frame["phase"] == "secondary").to_numpy().astype(np.int8)
    rows: dict[str, Any] = {name: frame[name].to_numpy() for name in ("first_year", "last_year", "easting", "northing")}
    rows |= {"id": ids, "phase": phase}
    rows["gender"] = frame["gender"].map(GENDERS).fillna(0).to_numpy()
    rows["places"] = _places(system.place, phase, system.values["start"]["places_per_pupil"], draws)
    spread = np.asarray(climate["school_sd"])[phase] * climate["school_sd_factor"]
    link = float(climate["intake_correlation"])
    national = np.array([system.national[name]["fsm6"] for name in ("primary", "secondary")])[phase]
    intake = (national - frame["fsm6_share"].to_numpy()) / climate["intake_spread"]
    rows["climate_anchor"] = link * spread * intake
    rows["school_effect"] = rows["climate_anchor"] + spread * np.sqrt(1 - link**2) * draws.normal(ids, "school")
    departments = climate["department_sd"] * department_luck(ids, draws)
    rows["department_effect"] = departments * (phase == 1)[:, None]
    return rows


def _places(place: Place, phase: np.ndarray, ratio: Any, draws: Draws) -> np.ndarray:
    """Places by school and year group [J, 12]: cohort times a drawn ratio, scaled to the authority's slack."""
    frame = place.schools
    years = np.arange(YEAR_GROUPS)
    first, last = frame["first_year"].to_numpy()[:, None], frame["last_year"].to_numpy()[:, None]
    teaches = (years >= first) & (years <= last)
    cohort = frame["roll"].to_numpy() / teaches.sum(axis=1)
    wanted = _triangular(draws.uniform(np.arange(len(frame)), "places"), *ratio)
    for code, name in enumerate(("primary", "secondary")):
        mine = phase == code
        if mine.any():
            wanted[mine] *= place.facts["slack"][name] * cohort[mine].sum() / (wanted * cohort)[mine].sum()
    places = np.ceil(np.maximum(cohort * wanted, np.ceil(cohort))).astype(np.int32)
    return places[:, None] * teaches


def _triangular(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of a triangular distribution [n]."""
    split = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    return np.where(u < split, rising, high - np.sqrt((1 - u) * (high - low) * (high - mode)))


def _live_the_past(system: SchoolSystem, people: dict[str, np.ndarray], draws: Draws) -> None:
    """Run the years since today's year 11 entered reception, each cohort joining in its turn."""
    history = school_history(people, system.schools, system.values["choice"], draws)
    _set_attendance_climate(system, people)
    entry = system.values["cohorts"]
    people = people | {"attainment": entry_attainment(people, system.national["primary"], draws, **entry)}
    schooling = np.empty((0, YEAR_GROUPS), np.int32)
    for year in range(1 - YEAR_GROUPS, 1):
        system.state.elapsed = year
        entering = people["year_group"] == -year
        with system.pupils.opened_for("cohorts"):
            system.pupils.year_group[:] += 1
        rows = {name: column[entering] for name, column in people.items()}
        system.pupils.append(rows | {"year_group": np.zeros(entering.sum()), "school": history[entering, 0]})
        schooling = np.concatenate([schooling, history[entering]])
        _move(system, schooling)
        _past_year(system)


def _move(system: SchoolSystem, schooling: np.ndarray) -> None:
    """Pupils go to the school their history says for this year group [N, 12]."""
    pupils = system.pupils
    now = schooling[np.arange(len(pupils)), pupils.year_group]
    with pupils.opened_for("admissions"):
        pupils.school[:] = now


def _past_year(system: SchoolSystem) -> None:
    for term in EVERY_TERM:
        system.state.term = term
        for name in (PAST_AUTUMN if term == AUTUMN else ()) + PAST_TERM:
            carry_out(system, BY_NAME[name])
        if term == SUMMER:
            carry_out(system, BY_NAME["assessment"])


def _set_attendance_climate(system: SchoolSystem, people: dict[str, np.ndarray]) -> None:
    """Each school's lasting absence: its own published figure over what its pupils make expected, in logs."""
    settings = system.values["attendance"]
    usual = expected_absence(
        people["year_group"], people["fsm6"], system, settings["base_absence"], settings["poverty_log_ratio"]
    )
    count = np.bincount(people["school"], minlength=len(system.schools))
    expected = np.bincount(people["school"], weights=usual, minlength=len(system.schools)) / np.maximum(count, 1)
    own = system.place.schools["absence_share"].to_numpy(dtype=float)
    known = np.isfinite(own) & (own > 0) & (expected > 0)
    with system.schools.opened_for("start"):
        ratio = np.where(known, own, 1.0) / np.where(known, expected, 1.0)
        largest = system.values["start"]["largest_attendance_climate"]
        system.schools.attendance_climate[:] = np.clip(np.log(ratio), -largest, largest)


def _open_the_books(system: SchoolSystem) -> None:
    """Last summer's tables, reputations that have settled, and what the coming years are made after."""
    carry_out(system, BY_NAME["league_tables"])
    _let_reputations_settle(system)
    system.state.flows.clear()
    system.state.templates = {name: array.copy() for name, array in system.pupils.arrays().items()}
    system.state.target_roll = np.bincount(system.pupils.year_group, minlength=YEAR_GROUPS)


def _let_reputations_settle(system: SchoolSystem) -> None:
    """A reputation that has followed the same standing for long is that standing."""
    schools = system.schools
    with schools.opened_for("league_tables"):
        for phase in (0, 1):
            mine = np.flatnonzero(schools.phase == phase)
            schools.reputation[mine] = np.nan_to_num(standing(schools.actual_result, mine)[mine])
