"""The neighbourhood of an authority: the schools its families may choose beyond its border, and who lives there.

Three rules. "none" is the authority alone. "near" adds the schools that its families would look at first: for
at least 95% of its children in each phase, every one of the likeliest ten (`reach.likeliest`) is inside. "full"
adds the schools whose pupils move on to a kept secondary, so that its entrants have a school past too.

Children live in the authority, and in the small areas whose nearest school of the phase is kept. The outer edge
is closed: a family there chooses among the kept schools only. `border` says how many that cuts short.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd

from schoolsim.errors import InputError, nearest
from schoolsim.places.border import halo_facts
from schoolsim.places.frame import PHASES, YEAR_GROUP_COUNT, Place
from schoolsim.places.reach import LIST_LENGTH, likeliest, nearest_main
from schoolsim.vintages import HALOS

COVERAGE = 0.95
"""Share of the authority's children whose list is to be inside whole, in each phase. Assumption
(plausible 0.9-1): Salford's near world has 73,600 pupils at 0.9, 78,800 at 0.95, 87,600 at 1."""


class Country(Protocol):
    """Every school and every small area of the country, with the columns of a place."""

    @property
    def schools(self) -> pd.DataFrame: ...

    @property
    def areas(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Halo:
    """Who is in the world; masks over the rows of the country.

    Attributes:
        rule: One of `HALOS`.
        own_schools: Schools of the authority.
        schools: Schools in the world, the authority's own among them.
        own_areas: Small areas of the authority.
        homes: By phase, small areas where children of its ages live; the authority's own always.
    """

    rule: str
    own_schools: np.ndarray
    schools: np.ndarray
    own_areas: np.ndarray
    homes: dict[str, np.ndarray]

    @property
    def areas(self) -> np.ndarray:
        """Small areas where any child lives."""
        return np.logical_or.reduce([self.homes[phase] for phase in PHASES])


def add_halo(place: Place, country: Country, rule: str) -> Place:
    """The place with its neighbourhood: its own schools and areas first, then the halo's by URN and code.

    Args:
        place: An authority, or several, of the country.
        country: What the neighbours are taken from, in the columns of a place.
        rule: One of `HALOS`.

    Raises:
        InputError: Nobody knows the rule, or the place is not part of the country.
    """
    halo = choose_halo(place, country, rule)
    schools = country.schools[halo.schools & ~halo.own_schools].sort_values("urn").assign(in_halo=True)
    homes = {f"{phase}_homes": halo.homes[phase] for phase in PHASES}
    beyond = halo.areas & ~halo.own_areas
    areas = country.areas.assign(**homes)[beyond].sort_values("code").assign(in_halo=True)
    own = place.areas.assign(in_halo=False, **dict.fromkeys(homes, True))
    return replace(
        place,
        schools=_joined(place.schools.assign(in_halo=False), schools),
        areas=_joined(own, areas),
        facts={**place.facts, "halo": halo_facts(place.title, country, halo)},
    )


def choose_halo(place: Place, country: Country, rule: str) -> Halo:
    """Who belongs to the world of a place under a rule; the same whatever the order of the country's rows."""
    if rule not in HALOS:
        raise InputError("unknown halo", key="halo", found=rule, allowed=HALOS, guess=nearest(rule, HALOS))
    own, own_areas = _rows_of(place, country)
    kept = own.copy()
    if rule != "none":
        for phase in PHASES:
            kept |= _needed(country.areas[own_areas], country.schools, phase, own)
    if rule == "full":
        kept |= _feeders(country.schools, kept)
    homes = {phase: own_areas | _lived_in(country, phase, kept, rule) for phase in PHASES}
    return Halo(rule, own, kept, own_areas, homes)


def _rows_of(place: Place, country: Country) -> tuple[np.ndarray, np.ndarray]:
    """Which schools and which areas of the country are the place's own."""
    schools = country.schools.urn.isin(place.schools.urn).to_numpy()
    areas = country.areas.code.isin(place.areas.code).to_numpy()
    if schools.sum() != len(place.schools) or areas.sum() != len(place.areas):
        raise InputError(
            "only an authority of England has neighbours in the data", key="halo", found=place.title, allowed="none"
        )
    return schools, areas


def _needed(areas: pd.DataFrame, schools: pd.DataFrame, phase: str, own: np.ndarray) -> np.ndarray:
    """Schools beyond the border (mask) that leave enough families with a list that is inside whole.

    Starts from every school on a list and drops, one by one, the school whose loss cuts short the fewest
    families that are still whole (of several the lowest URN), until the next would cut too many.
    """
    lists = likeliest(areas, schools, phase, LIST_LENGTH)
    outside = np.setdiff1d(lists[lists >= 0], np.flatnonzero(own))
    outside = outside[np.argsort(schools.urn.to_numpy()[outside])]
    listed = (lists[:, :, None] == outside).any(axis=1)
    whole = areas.children.to_numpy(dtype=float)
    spare = (1 - COVERAGE) * whole.sum()
    while len(outside):
        cut = whole @ listed
        least = int(cut.argmin())
        if cut[least] > spare:
            break
        spare -= cut[least]
        whole = np.where(listed[:, least], 0.0, whole)
        outside, listed = np.delete(outside, least), np.delete(listed, least, axis=1)
    return np.isin(np.arange(len(schools)), outside)


def _feeders(schools: pd.DataFrame, kept: np.ndarray) -> np.ndarray:
    """Schools (mask) that end before year 11 and whose nearest secondary is kept: primary and middle schools."""
    following = nearest_main(schools, schools, "secondary")
    moves_on = schools.last_year.to_numpy() < YEAR_GROUP_COUNT - 1
    return moves_on & (following >= 0) & kept[following]


def _lived_in(country: Country, phase: str, kept: np.ndarray, rule: str) -> np.ndarray:
    """Areas (mask) whose nearest school of the phase is kept; none where there is no neighbourhood."""
    if rule == "none":
        return np.zeros(len(country.areas), dtype=bool)
    closest = nearest_main(country.areas, country.schools, phase)
    return (closest >= 0) & kept[closest]


def _joined(own: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Own rows, then the others, in the own columns and types."""
    return pd.concat([own, others[list(own)].astype(own.dtypes.to_dict())], ignore_index=True)
