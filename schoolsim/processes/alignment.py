"""How far the expectations of home and school lie apart, and what brings them together (M03)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.leading import ALIGNMENT
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

CLOSEST = 0.01
"""No home is nearer to its school; 0 is the distance of a child not yet met."""


def alignment(
    system: SchoolSystem, draws: Draws, *, position_slope: float, language_extra: float, family_sd: float,
    ambition_pull: float, attitude_push: float, drift: float, uptake: float, closed_per_hour: float, usual_hours: float,
    hours_by_head: float, stigma_push: float,
) -> Flows:  # fmt: skip
    """Homes and schools come to expect the same of a child, or drift apart.

    What happens: What home and school expect lies further apart for families of lower position, for those of another
        language, where teachers expect too little of the child, for pupils who expect little of themselves, and where a
        report has said that the school fails. Schools spend hours with families; those who come move nearer, and
        without such work the distance returns; heads who turn to it (alignment) make more of these hours. The further
        apart, the less pupils take part.
    Evidence: P16, P96 (what home adds, who comes); E289, E290; parental engagement helps on tenuous evidence.
    Leaves out: memories of failure and who comes least (M73), whose hours these are (M21).
    """
    pupils = system.pupils
    people = {name: pupils.get(name) for name in ("ses", "eal")}
    apart = _apart(system, pupils.year_group, people, position_slope, language_extra)
    apart += family_sd * draws.lasting().normal(pupils.id, "family")
    apart += attitude_push * pupils.expected_short - ambition_pull * pupils.expectation
    here = np.flatnonzero(pupils.school >= 0)
    apart[here] += stigma_push * system.schools.stigma[pupils.school[here]]
    usual, before = 1.0 + apart, pupils.home_distance
    distance = before + drift * (_pull(drift, uptake, closed_per_hour, usual_hours) * usual - before)
    made = np.append(np.maximum(1.0 + hours_by_head * led(system, ALIGNMENT), 0.0), 1.0)  # the last is no school, -1
    closed = 1.0 - (1.0 - closed_per_hour) ** (float(system.levers["parental_engagement.hours"]) * made)
    distance *= 1.0 - closed.take(pupils.school, mode="wrap") * draws.event(pupils.id, uptake, "family comes")
    unmet = np.flatnonzero(before == 0)
    distance[unmet] = usual[unmet]
    pupils.home_distance[:] = np.maximum(distance, CLOSEST)
    return NOTHING


def expected_distance(system: SchoolSystem, year_group: np.ndarray, people: Mapping[str, np.ndarray]) -> np.ndarray:
    """What lies, on average, between home and school of such pupils under the status quo [n]; 1 in the nation."""
    sheet = system.values["alignment"]
    return 1.0 + _apart(system, year_group, people, sheet["position_slope"], sheet["language_extra"])


def _apart(
    system: SchoolSystem, year_group: np.ndarray, people: Mapping[str, np.ndarray], position: float, language: float
) -> np.ndarray:
    """By how much the distance of such pupils [n] lies above the nation's."""
    share = np.array([system.national[phase]["eal"] for phase in ("primary", "secondary")])
    secondary = (np.asarray(year_group) >= FIRST_SECONDARY_YEAR).astype(int)
    return np.asarray(language * (people["eal"] - share[secondary]) - position * people["ses"])


def _pull(drift: float, uptake: float, closed_per_hour: float, usual_hours: float) -> float:
    """How far the distance returns to, over what it is once the usual hours are worked: then it stays on average."""
    stays = 1.0 - uptake * (1.0 - (1.0 - closed_per_hour) ** usual_hours)
    return float((1.0 - stays * (1.0 - drift)) / (stays * drift))
