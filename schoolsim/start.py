"""The starting state: schools as the place has them, pupils with a past, people in post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.fitting import PAST_YEARS, effects_of_the_past, positions_of_families
from schoolsim.parameters.sheets import Number
from schoolsim.people.population import synthesise
from schoolsim.people.selection import moved_by_test
from schoolsim.places.place import Place, load_place
from schoolsim.process import AUTUMN, EVERY_TERM, SUMMER
from schoolsim.processes.attendance import expected_absence
from schoolsim.processes.choice import standing
from schoolsim.processes.cohorts import lasting_traits, models_of
from schoolsim.processes.entry import entry_attainment
from schoolsim.processes.school_climate import department_luck
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS
from schoolsim.scenario import Scenario
from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.schooling import school_history
from schoolsim.state import State
from schoolsim.system import SchoolSystem

HOMES = ("primary_homes", "secondary_homes")
SEN_CODES = 3
GENDERS = {"mixed": 0, "girls": 1, "boys": 2}
PAST_AUTUMN = ("home", "school_climate", "workforce", "classes", "teaching")
PAST_TERM = ("attendance", "participation", "learning")


def start_system(plan: Scenario, seed: int, drawn: Mapping[str, Number] | None = None) -> SchoolSystem:
    """A world of the plan's place at the end of the summer before the first simulated year.

    Every pupil has lived the past through: the same processes that will run ran over the years since the
    pupil's reception, in the schools the pupil went to. So the start is the equation's own steady state, with
    stage correlations, gaps by age and value added that hold in every cohort.
    """
    place = place_of(plan)
    system = SchoolSystem(plan, place, seed, drawn or {}, State())
    draws = Draws(seed, "start", 0)
    system.schools.append(_schools(system, draws))
    people = synthesise(place, system.values["population"], Draws(seed, "population", 0))
    people |= lasting_traits(people["id"], draws)
    _set_attendance_climate(system, people)
    effects = effects_of_the_past(system, draws)
    people["ses"] = positions_of_families(system, people, effects, draws)
    _live_the_past(system, people, effects, draws)
    _open_the_books(system)
    return system


def place_of(plan: Scenario) -> Place:
    """The place of a plan, with as much of its neighbourhood as the plan asks for."""
    return load_place(plan.place, plan.halo, plan.vintage)


def _schools(system: SchoolSystem, draws: Draws) -> dict[str, np.ndarray]:
    """The schools table from the place's frame, with first effects drawn given the intake."""
    frame, climate = system.place.schools, system.values["school_climate"]
    ids = np.arange(len(frame), dtype=np.int64)
    phase = (frame["phase"] == "secondary").to_numpy().astype(np.int8)
    rows: dict[str, Any] = {name: frame[name].to_numpy() for name in ("first_year", "last_year", "easting", "northing")}
    rows |= {"id": ids, "phase": phase}
    rows["in_halo"] = frame["in_halo"].to_numpy()
    rows["selective"] = frame["selective"].to_numpy()
    rows["gender"] = frame["gender"].map(GENDERS).fillna(0).to_numpy()
    rows["places"] = _places(system.place, phase, system.values["start"]["places_per_pupil"], draws)
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


def _live_the_past(system: SchoolSystem, people: dict[str, np.ndarray], effects: np.ndarray, draws: Draws) -> None:
    """Run the years since today's year 11 entered reception, each cohort joining in its turn."""
    system.state.target_roll = np.bincount(people["year_group"], minlength=YEAR_GROUPS)
    history = school_history(people, system.schools, system.in_view, system.values["choice"], draws)
    entry = system.values["cohorts"]
    people = people | {"attainment": entry_attainment(people, system.national["primary"], draws, **entry)}
    schooling = np.empty((0, YEAR_GROUPS), np.int32)
    for year, effect in zip(PAST_YEARS.tolist(), effects.T, strict=True):
        system.state.elapsed = year
        entering = people["year_group"] == -year
        with system.pupils.opened_for("cohorts"):
            system.pupils.year_group[:] += 1
        rows = {name: column[entering] for name, column in people.items()}
        system.pupils.append(rows | {"year_group": np.zeros(entering.sum()), "school": history[entering, 0]})
        schooling = _sorted_by_test(system, np.concatenate([schooling, history[entering]]), draws)
        _move(system, schooling)
        _past_year(system, effect)
        if year == -1:
            system.state.arrivals = _arrivals(system)


def _sorted_by_test(system: SchoolSystem, schooling: np.ndarray, draws: Draws) -> np.ndarray:
    """School histories [N, 12] in which the selective schools took the best of those who might have gone to them."""
    pupils, selective, year = system.pupils, system.schools.selective, FIRST_SECONDARY_YEAR
    rows = np.flatnonzero(pupils.year_group == year)
    if not (selective.any() and len(rows)):
        return schooling
    teaching = system.in_view.teaching(year)
    near = system.in_view.of_areas(year, pupils.home_area[rows])
    there = np.broadcast_to(teaching, (len(rows), len(teaching))) if near is None else teaching[near]
    nearest = np.where(selective[there].any(axis=1), there[np.arange(len(rows)), selective[there].argmax(axis=1)], -1)
    alike = SEN_CODES * nearest.astype(np.int64) + pupils.sen[rows]
    for name in ("female", "fsm", "fsm6", "eal"):
        alike = 2 * alike + pupils.get(name)[rows]
    score = pupils.measured_11[rows].mean(axis=1)
    luck = draws.uniform(pupils.id[rows], "sorted by test")
    moved = schooling.copy()
    moved[rows] = moved_by_test(schooling[rows], score, alike, selective, luck, year)
    return moved


def _move(system: SchoolSystem, schooling: np.ndarray) -> None:
    """Pupils go to the school their history says for this year group [N, 12]."""
    pupils = system.pupils
    now = schooling[np.arange(len(pupils)), pupils.year_group]
    with pupils.opened_for("admissions"):
        pupils.school[:] = now


def _past_year(system: SchoolSystem, effect: np.ndarray) -> None:
    """A year of the past, with the school effects [J] that it is known to have had."""
    for term in EVERY_TERM:
        system.state.term = term
        for name in (PAST_AUTUMN if term == AUTUMN else ()) + PAST_TERM:
            carry_out(system, BY_NAME[name])
            if name == "school_climate":
                with system.schools.opened_for(name):
                    system.schools.school_effect[:] = effect
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


def _eligible(system: SchoolSystem) -> dict[str, float]:
    """Shares of secondary pupils eligible for free meals; of everybody where there is no secondary school."""
    pupils = system.pupils
    older = pupils.year_group >= FIRST_SECONDARY_YEAR
    rows = older if older.any() else np.ones(len(pupils), bool)
    return {name: float(pupils.get(name)[rows].mean()) for name in ("fsm", "fsm6")}


def _open_the_books(system: SchoolSystem) -> None:
    """Last summer's tables, reputations that have settled, and what the coming years are made after."""
    carry_out(system, BY_NAME["league_tables"])
    _let_reputations_settle(system)
    system.state.flows.clear()
    system.state.eligible_at_transfer = _eligible(system)
    system.state.templates = models_of(system, "templates", np.arange(len(system.pupils)))


def _arrivals(system: SchoolSystem) -> dict[str, np.ndarray]:
    """A summer before the start: those after whom pupils will be made who arrive later than in reception.

    These are the pupils whose homes lie where no younger children are simulated (`outer`), and all of the year
    groups that hold more than the one before them. Year groups are those that they are about to enter.
    """
    pupils = system.pupils
    entering = pupils.year_group.astype(np.int64) + 1
    growing = np.append(np.diff(system.target_roll, prepend=system.target_roll[0]) > 0, False)
    outer = (entering == FIRST_SECONDARY_YEAR) & _outer_areas(system.place)[pupils.home_area]
    rows = np.flatnonzero((entering < YEAR_GROUPS) & (outer | growing[entering]))
    return models_of(system, "arrivals", rows) | {"outer": outer[rows], "year_group": entering[rows].astype(np.int8)}


def _outer_areas(place: Place) -> np.ndarray:
    """Areas that are home to pupils of secondary age only [A]."""
    homes = (np.broadcast_to(place.areas.get(name, True), len(place.areas)) for name in HOMES)
    primary, secondary = homes
    return np.asarray(secondary & ~primary)


def _let_reputations_settle(system: SchoolSystem) -> None:
    """A reputation that has followed the same standing for long is that standing."""
    schools = system.schools
    with schools.opened_for("league_tables"):
        for phase in (0, 1):
            mine = np.flatnonzero(schools.phase == phase)
            schools.reputation[mine] = np.nan_to_num(standing(schools.actual_result, mine)[mine])
