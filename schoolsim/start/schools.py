"""The schools of the start: where they are, whom they take, how many places they have, how much is missed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.faith import faith_code
from schoolsim.people.ids import rank_within
from schoolsim.places.place import Place
from schoolsim.processes.attendance import expected_absence
from schoolsim.processes.barriers import chance_of_needs
from schoolsim.processes.choice import standing
from schoolsim.processes.school_climate import department_luck
from schoolsim.rules.scale import YEAR_GROUPS
from schoolsim.system import SchoolSystem

if TYPE_CHECKING:
    import pandas as pd

GENDERS = {"mixed": 0, "girls": 1, "boys": 2}


def schools_of_the_place(system: SchoolSystem, draws: Draws) -> dict[str, np.ndarray]:
    """The schools table from the place's frame, with first effects drawn given the intake."""
    frame, climate = system.place.schools, system.values["school_climate"]
    ids = np.arange(len(frame), dtype=np.int64)
    phase = (frame["phase"] == "secondary").to_numpy().astype(np.int8)
    rows: dict[str, Any] = {name: frame[name].to_numpy() for name in ("first_year", "last_year", "easting", "northing")}
    rows |= {"id": ids, "phase": phase}
    rows["in_halo"] = frame["in_halo"].to_numpy()
    rows |= {name: frame[name].to_numpy() for name in ("selective", "own_admissions")}
    rows["faith"] = faith_code(frame["religion"].to_numpy())
    rows["gender"] = frame["gender"].map(GENDERS).fillna(0).to_numpy()
    start, wished = system.values["start"], appeal(frame, system.values["choice"])
    full_first = _order(wished, phase, start["unwished_emptier"], draws.normal(ids, "places"))
    rows["places"] = _places(system.place, phase, start["full_share"], full_first)
    trust, differs = system.values["start"]["staff_trust"]
    rows["staff_trust"] = np.clip(trust + differs * draws.normal(ids, "staff trust"), 0.0, 1.0)
    departments = climate["department_sd"] * department_luck(ids, draws)
    rows["department_effect"] = departments * (phase == 1)[:, None]
    return rows


def appeal(frame: pd.DataFrame, weights: Mapping[str, Any]) -> np.ndarray:
    """How far families wish for schools by published results and few poor pupils, in logits [J]; 0 where unknown."""
    by_result = weights["result_weight"] * 10 * weights["result_spread"]
    by_peers = weights["peer_weight"] * 10
    wished = np.zeros(len(frame))
    for phase in np.unique(frame["phase"]):
        mine = (frame["phase"] == phase).to_numpy()
        result = standing(frame["attainment_published"].to_numpy(float), np.flatnonzero(mine))[mine]
        wished[mine] = by_result * np.nan_to_num(result) - by_peers * frame["fsm_share"].to_numpy(float)[mine]
    return wished


def _order(wished: np.ndarray, phase: np.ndarray, correlation: float, luck: np.ndarray) -> np.ndarray:
    """Where each school stands among those of its phase by how full it is, 0-1 [J]: the more wished for, the fuller."""
    place = np.empty(len(wished))
    for code in np.unique(phase):
        mine = np.flatnonzero(phase == code)
        spread = wished[mine].std() or 1.0
        score = np.sqrt(1.0 - correlation**2) * luck[mine] - correlation * (wished[mine] - wished[mine].mean()) / spread
        place[mine] = (rank_within(np.zeros(len(mine), np.int64), score) + 0.5) / len(mine)
    return place


def _places(place: Place, phase: np.ndarray, full: list[float], full_first: np.ndarray) -> np.ndarray:
    """Places by school and year group [J, 12]: the cohort, and the authority's empty places where it is not full."""
    frame = place.schools
    years = np.arange(YEAR_GROUPS)
    first, last = frame["first_year"].to_numpy()[:, None], frame["last_year"].to_numpy()[:, None]
    teaches = (years >= first) & (years <= last)
    cohort = frame["roll"].to_numpy() / teaches.sum(axis=1)
    empty = np.maximum(full_first - np.asarray(full)[phase], 0.0) * cohort
    empty[frame["selective"].to_numpy(bool)] = 0.0  # those that admit by test are full
    for code, name in enumerate(("primary", "secondary")):
        mine = phase == code
        in_all = max(place.facts["slack"][name] - 1.0, 0.0) * cohort[mine].sum()
        empty[mine] *= in_all / max(empty[mine].sum(), 1e-9)
    places = np.ceil(cohort + np.maximum(empty, np.ceil(cohort) - cohort)).astype(np.int32)
    return places[:, None] * teaches


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
