"""Who moves in mid-year, and which homes and schools change hands: shared by the years to come and the years past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import by_group_and_score


@dataclass(frozen=True)
class Moving:
    """How likely moves are; see `parameters/mobility.yaml` for the units."""

    moving_chance: float
    poverty_ratio: float
    care_ratio: float
    deprivation_slope: float
    deprivation_at_mean: float
    apt_sd: float
    apt_by_position: float
    highest_chance: float


def moving_of(values: Mapping[str, Any]) -> Moving:
    """The part of the sheet of `mobility` that says who moves."""
    return Moving(**{name: values[name] for name in Moving.__dataclass_fields__})


def leavers(
    pupils: Any, deprivation: np.ndarray, national: Mapping[str, Any], how: Moving, draws: Draws
) -> np.ndarray:
    """Rows of those who leave their school as this term ends; `deprivation` is by area [A]."""
    if how.moving_chance == 0:
        return np.empty(0, np.int64)
    luck = draws.uniform(pupils.id, "moves")
    rows = np.flatnonzero(luck < how.highest_chance)  # nobody's chance is higher
    chance = chances(pupils, rows, deprivation, national, how, draws)
    return np.asarray(rows[luck[rows] < chance])


def chances(
    pupils: Any, rows: np.ndarray, deprivation: np.ndarray, national: Mapping[str, Any], how: Moving, draws: Draws
) -> np.ndarray:
    """Chance a year [n] of some rows of pupils; its national mean is `moving_chance`, but for the few at the most."""
    apt = how.apt_by_position * _want(pupils.ses[rows], pupils.fsm6[rows], national)
    apt += (1.0 - how.apt_by_position**2) ** 0.5 * draws.lasting().normal(pupils.id[rows], "apt to move")
    log = how.apt_sd * apt - how.apt_sd**2 / 2
    log += how.deprivation_slope * (deprivation[pupils.home_area[rows]] - how.deprivation_at_mean)
    chance = group_chance(pupils.fsm6[rows], pupils.in_care[rows], national, how) * np.exp(log)
    return np.minimum(chance, how.highest_chance)


def _want(position: np.ndarray, poor: np.ndarray, national: Mapping[str, Any]) -> np.ndarray:
    """How much lower than that of families as poor the position of some families is [n], in the SD of these."""
    gap, share = national["position_gap"], national["fsm6"]
    return np.asarray(-(position + gap * (poor - share)) / (1.0 - gap**2 * share * (1.0 - share)) ** 0.5)


def group_chance(poor: np.ndarray, in_care: np.ndarray, national: Mapping[str, float], how: Moving) -> np.ndarray:
    """Chance a year [n] by poverty and care, where streets and families are as they are on average."""
    ratio = np.where(poor, how.poverty_ratio, 1.0) / (1 + (how.poverty_ratio - 1) * national["fsm6"])
    ratio *= np.where(in_care, how.care_ratio, 1.0) / (1 + (how.care_ratio - 1) * national["in_care"])
    return how.moving_chance * ratio


def from_whom(alike: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """For each row [n] another of those `alike`, each one's once: what is theirs becomes its own.

    Whoever has no match keeps its own.
    """
    order = by_group_and_score(alike, luck)
    group = alike[order]
    ends = np.append(group[1:] != group[:-1], True)[: len(group)]
    last = np.flatnonzero(ends)
    following = np.arange(1, len(group) + 1)
    following[last] = np.append(0, last[:-1] + 1)[: len(last)]  # the last of a group takes after its first
    taken = np.empty(len(group), np.int64)
    taken[order] = order[following]
    return taken


def neighbourhood(east: np.ndarray, north: np.ndarray, kilometres: float, shift: tuple[float, float]) -> np.ndarray:
    """A code [n] of the square of so many kilometres that homes (m) lie in; the grid ends at a drawn `shift`."""
    side = 1000.0 * kilometres
    column, row = (np.floor(axis / side + by).astype(np.int64) for axis, by in zip((east, north), shift, strict=True))
    return column * 2**20 + row
