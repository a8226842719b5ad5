"""What the edge of a world cuts off: families whose schools lie outside, and places that fit nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from schoolsim.places.frame import PHASES
from schoolsim.places.reach import LIST_LENGTH, PHASE_YEARS, all_among, children_of, likeliest, pupils_of

if TYPE_CHECKING:
    from schoolsim.places.halo import Country, Halo

LISTS = (1, 3, LIST_LENGTH)
"""Lengths of the lists that leakage is told of (schools)."""

Shares = dict[str, float | None]


def halo_facts(title: str, country: Country, halo: Halo) -> dict[str, Any]:
    """What a place says of its neighbourhood; shares 0-1, counts of the halo alone.

    `coverage` is the lower of the two phases' shares of the authority's children whose ten likeliest schools
    are inside. `leakage` has the share of children, of the authority and of the halo's homes, with one of the
    nearest 1, 3 or 10 schools outside. `balance` has pupils in the schools for each child of the ages living
    in the homes. `pupil_ratio` is pupils of the world over pupils of the authority alone, `year_groups` the mean
    pupils in a year group: where the world has more secondary pupils for one primary pupil than England has,
    entrants come from nowhere; where fewer, pupils vanish.
    """
    added = country.schools[halo.schools & ~halo.own_schools]
    rolls = country.schools.roll.to_numpy()
    told: dict[str, Any] = {
        "rule": halo.rule,
        "schools": {phase: int((added.phase == phase).sum()) for phase in PHASES},
        "pupils": {phase: int(added.roll[added.phase == phase].sum()) for phase in PHASES},
        "areas": {phase: int((halo.homes[phase] & ~halo.own_areas).sum()) for phase in PHASES},
        "pupil_ratio": _rounded(rolls[halo.schools].sum(), rolls[halo.own_schools].sum()),
        "leakage": leakage(country, halo),
        "balance": balance(country, halo),
        "year_groups": {
            "world": year_groups(country.schools[halo.schools]),
            "england": year_groups(country.schools),
        },
    }
    cut = [told["leakage"]["authority"][phase][str(LIST_LENGTH)] or 0.0 for phase in PHASES]
    told["coverage"] = round(1 - max(cut), 4)
    return {**told, "sentences": sentences(title, told)}


def leakage(country: Country, halo: Halo) -> dict[str, dict[str, Shares]]:
    """Share of children with one of their nearest schools outside: by who, phase, and length of the list."""
    return {
        who: {phase: _cut_short(country, halo.schools, phase, mask & halo.homes[phase]) for phase in PHASES}
        for who, mask in (("authority", halo.own_areas), ("halo", ~halo.own_areas))
    }


def balance(country: Country, halo: Halo) -> dict[str, Shares]:
    """Pupils in the schools for each child of the ages living in the homes, by phase.

    For the authority alone, for the world, and for England, where it is below 1 because children in special
    and independent schools are in no school of the data.
    """
    schools, areas = np.ones_like(halo.schools), np.ones_like(halo.own_areas)
    parts = {
        "authority": (halo.own_schools, dict.fromkeys(PHASES, halo.own_areas)),
        "world": (halo.schools, halo.homes),
        "england": (schools, dict.fromkeys(PHASES, areas)),
    }
    return {
        part: {phase: _pupils_per_child(country, kept, homes[phase], phase) for phase in PHASES}
        for part, (kept, homes) in parts.items()
    }


def year_groups(schools: pd.DataFrame) -> dict[str, int]:
    """Mean pupils in a year group, by phase (count)."""
    counts = {phase: last - first + 1 for phase, (first, last) in PHASE_YEARS.items()}
    return {phase: round(pupils_of(schools, phase).sum() / years) for phase, years in counts.items()}


def sentences(title: str, told: dict[str, Any]) -> list[str]:
    """The facts of a neighbourhood in plain words."""
    inside = f"{told['coverage']:.0%} of the children of {title} have their ten likeliest schools in the world"
    if told["rule"] == "none":
        return [f"There is no neighbourhood. {inside}; the others lose some of their choice."]
    schools = told["schools"]
    if not any(schools.values()):
        return [f"Nothing lies within reach of {title}, or nobody needs it: the neighbourhood is empty."]
    return [
        f"{inside} (in the phase where they are fewer).",
        f"The neighbourhood has {schools['primary']} primary and {schools['secondary']} secondary schools; "
        f"the world has {told['pupil_ratio']:.1f} times the pupils of {title}.",
        *(_edge(phase, told["leakage"]["halo"][phase]) for phase in PHASES),
        *(_places(phase, told["balance"]) for phase in PHASES),
        _transfer(told["year_groups"]),
    ]


def _edge(phase: str, cut: Shares) -> str:
    if cut["1"] is None:
        return f"No child of {phase} age lives in the neighbourhood."
    return (
        f"The outer edge is closed: of the neighbourhood's children of {phase} age {cut['1']:.0%} have their "
        f"nearest school outside, {cut[str(LIST_LENGTH)]:.0%} one of the ten likeliest."
    )


def _places(phase: str, per_child: dict[str, Shares]) -> str:
    world, england = (per_child[part][phase] or 0.0 for part in ("world", "england"))
    return (
        f"For each child of {phase} age living in the world its schools have {world:.2f} pupils "
        f"(England {england:.2f})."
    )


def _transfer(sizes: dict[str, dict[str, int]]) -> str:
    world, england = sizes["world"], sizes["england"]
    told = f"A year group has {world['primary']:,} pupils at primary and {world['secondary']:,} at secondary age"
    if not (world["primary"] and england["primary"]):
        return f"{told}."
    ratios = [each["secondary"] / each["primary"] for each in (world, england)]
    comes = "entrants come from nowhere" if ratios[0] > ratios[1] else "pupils leave for nowhere"
    return (
        f"{told}: {ratios[0]:.2f} to one (England {ratios[1]:.2f}), so between the phases more {comes} than in England."
    )


def _cut_short(country: Country, kept: np.ndarray, phase: str, homes: np.ndarray) -> Shares:
    """Share of children of the homes whose nearest schools are not all kept, by length of the list."""
    areas = country.areas[homes]
    return {str(count): _share_outside(areas, country.schools, phase, count, kept) for count in LISTS}


def _share_outside(
    areas: pd.DataFrame, schools: pd.DataFrame, phase: str, count: int, kept: np.ndarray
) -> float | None:
    inside = all_among(likeliest(areas, schools, phase, count), kept)
    children = areas.children.to_numpy()
    return _rounded(children[~inside].sum(), children.sum())


def _pupils_per_child(country: Country, kept: np.ndarray, homes: np.ndarray, phase: str) -> float | None:
    pupils = pupils_of(country.schools, phase)[kept].sum()
    return _rounded(pupils, children_of(country.areas, phase)[homes].sum())


def _rounded(part: float, whole: float) -> float | None:
    """The share, None where there is nothing to share."""
    return round(float(part / whole), 4) if whole > 0 else None
