"""Needs of health, housing and income that stand between a child and school, and the services that meet them (M05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.people.needs import ANY, KNOWN, NEEDS
from schoolsim.process import Flows
from schoolsim.rules.leading import AREA_FOCUS
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

LOADED = ("fsm6", "sen", "in_care", "young_carer")
"""Columns that make needs likelier."""
BARRIERS, ONE_OF_THREE = 1, 1.0 / 3.0


def barriers(
    system: SchoolSystem, draws: Draws, *, prevalence: list[float], poverty_extra: list[float],
    special_needs_extra: list[float], care_extra: list[float], carer_extra: list[float], lasting: float,
    usual_met: float, met_by_head: float, met_by_view: float,
) -> Flows:  # fmt: skip
    """Needs come into children's lives and go again; services on the school site meet some of them.

    What happens: Every autumn a need of last year lasts or is over, and new ones begin, likelier for children who are
        poor, have special needs, are in care or care for somebody. A service on the site meets as many as it has room
        for, more where the head works with the neighbourhood (area focus) and the school is there to take barriers
        away. Whoever has a need that nobody meets misses more school and takes less part, until it ends or is met.
    Evidence: surveys named in the sheet for how many have them; E296, E298 for absence and poverty in all.
    Leaves out: which service meets which need, waiting and uptake (M69, M70), and needs of a neighbourhood as such.
    """
    pupils = system.pupils
    extra = (poverty_extra, special_needs_extra, care_extra, carer_extra)
    chance = _chance_by_code(system, prevalence, extra)
    code = _code(pupils.year_group, {name: pupils.get(name) for name in LOADED})
    room = _room(system, met_by_head, met_by_view)
    before, needs = pupils.needs, np.full(len(pupils), KNOWN, np.uint8)
    met = np.zeros(len(pupils), np.uint8)
    for bit, name in enumerate(NEEDS):
        begins = chance[:, bit]  # by state: a child not yet seen, one without the need last year, one with it
        by_state = np.concatenate([begins, (1.0 - lasting) * begins, lasting + (1.0 - lasting) * begins])
        state = (before >> 7) + ((before >> bit) & 1)
        has = draws.event(pupils.id, by_state[code + len(chance) * state], f"need of {name}")
        needs |= has.astype(np.uint8) << bit
        rows = np.flatnonzero(has)
        here = room.take(pupils.school[rows], mode="wrap")
        met[rows] |= draws.event(pupils.id[rows], here, f"service for {name}").astype(np.uint8) << bit
    began = (needs & ~before & ANY) > 0
    pupils.needs[:], pupils.needs_met[:] = needs, met
    return {"new need": pupils.id[began], "need met": pupils.id[met > 0]}


def _room(system: SchoolSystem, by_head: float, by_view: float) -> np.ndarray:
    """Share of needs that services of each school have room for [J + 1]; the last is that of no school, -1."""
    more = by_head * led(system, AREA_FOCUS) + by_view * (system.schools.view_held[:, BARRIERS] - ONE_OF_THREE)
    return float(system.levers["services.needs_met"]) * np.append(np.maximum(1.0 + more, 0.0), 1.0)


def chance_of_needs(system: SchoolSystem, year_group: np.ndarray, people: Mapping[str, np.ndarray]) -> np.ndarray:
    """Share of such pupils who have each need, met or not [3, n]."""
    sheet = system.values["barriers"]
    extra = tuple(sheet[f"{name}_extra"] for name in ("poverty", "special_needs", "care", "carer"))
    return _chance(year_group, people, system, sheet["prevalence"], extra)


def usual_unmet(system: SchoolSystem, year_group: np.ndarray, fsm6: np.ndarray) -> np.ndarray:
    """Share of poor pupils, or of others, with each need that nobody meets under the status quo [3, n].

    In everything but poverty they are taken to be like the nation.
    """
    sheet = system.values["barriers"]
    share = np.array([system.national[phase]["fsm6"] for phase in ("primary", "secondary")])
    apart = fsm6 - share[(year_group >= FIRST_SECONDARY_YEAR).astype(int)]
    has = np.asarray(sheet["prevalence"])[:, None] + np.asarray(sheet["poverty_extra"])[:, None] * apart
    return (1.0 - sheet["usual_met"]) * np.clip(has, 0.0, 1.0)


def usual_unmet_count(system: SchoolSystem) -> float:
    """Needs of a pupil that nobody meets under the status quo, on average over the country."""
    sheet = system.values["barriers"]
    return float((1.0 - sheet["usual_met"]) * np.sum(sheet["prevalence"]))


def _chance(
    year_group: np.ndarray, people: Mapping[str, np.ndarray], system: SchoolSystem, prevalence: list[float],
    extra: tuple[list[float], ...],
) -> np.ndarray:  # fmt: skip
    """Share of such pupils who have each need [3, n]; over the country it averages to `prevalence`."""
    return np.asarray(_chance_by_code(system, prevalence, extra).T.take(_code(year_group, people), axis=1))


def _code(year_group: np.ndarray, people: Mapping[str, np.ndarray]) -> np.ndarray:
    """Which groups that make needs likelier a pupil is in, and the phase, as one number [n], 0 to 31."""
    code = np.where(np.asarray(year_group) >= FIRST_SECONDARY_YEAR, np.uint8(16), np.uint8(0))
    for bit, name in enumerate(LOADED):
        code |= (people[name] > 0).astype(np.uint8) << bit
    return code


def _chance_by_code(system: SchoolSystem, prevalence: list[float], extra: tuple[list[float], ...]) -> np.ndarray:
    """Share who have each need, by the code of their groups and phase [32, 3]."""
    shares = [system.national[phase] for phase in ("primary", "secondary")]
    carers = float(system.values["population"]["young_carer_share"])
    usual = [[row["fsm6"], row["sen_support"] + row["ehcp"], row["in_care"], carers] for row in shares]
    combined = (np.arange(2 ** len(LOADED))[:, None] >> np.arange(len(LOADED))) & 1
    by_code = [np.asarray(prevalence) + (combined - np.asarray(row)) @ np.asarray(extra, float) for row in usual]
    return np.asarray(np.clip(np.concatenate(by_code), 0.0, 1.0))
