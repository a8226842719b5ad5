"""The schools of the start: where they are, whom they take, how many places they have, how much is missed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.places.place import Place
from schoolsim.processes.attendance import expected_absence
from schoolsim.processes.barriers import chance_of_needs
from schoolsim.processes.school_climate import department_luck
from schoolsim.rules.scale import YEAR_GROUPS
from schoolsim.system import SchoolSystem

GENDERS = {"mixed": 0, "girls": 1, "boys": 2}


def schools_of_the_place(system: SchoolSystem, draws: Draws) -> dict[str, np.ndarray]:
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
    trust, differs = system.values["start"]["staff_trust"]
    rows["staff_trust"] = np.clip(trust + differs * draws.normal(ids, "staff trust"), 0.0, 1.0)
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
    full = frame["selective"].to_numpy(bool)  # those that admit by test
    wanted[full] = 1.0
    for code, name in enumerate(("primary", "secondary")):
        all_, mine = phase == code, (phase == code) & ~full
        if mine.any():
            left = place.facts["slack"][name] * cohort[all_].sum() - cohort[all_ & full].sum()
            wanted[mine] *= left / (wanted * cohort)[mine].sum()
    places = np.ceil(np.maximum(cohort * wanted, np.ceil(cohort))).astype(np.int32)
    return places[:, None] * teaches


def _triangular(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of a triangular distribution [n]."""
    split = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    return np.where(u < split, rising, high - np.sqrt((1 - u) * (high - low) * (high - mode)))


def set_attendance_climate(system: SchoolSystem, people: Mapping[str, np.ndarray]) -> None:
    """Each school's lasting absence: its own published figure over what its pupils make expected, in logs."""
    years, usual_met = people["year_group"], system.values["barriers"]["usual_met"]
    unmet = (1.0 - usual_met) * chance_of_needs(system, years, people)
    usual = expected_absence(years, people["fsm6"], system, unmet)
    count = np.bincount(people["school"], minlength=len(system.schools))
    expected = np.bincount(people["school"], weights=usual, minlength=len(system.schools)) / np.maximum(count, 1)
    own = system.place.schools["absence_share"].to_numpy(dtype=float)
    known = np.isfinite(own) & (own > 0) & (expected > 0)
    with system.schools.opened_for("start"):
        ratio = np.where(known, own, 1.0) / np.where(known, expected, 1.0)
        largest = system.values["start"]["largest_attendance_climate"]
        system.schools.attendance_climate[:] = np.clip(np.log(ratio), -largest, largest)
