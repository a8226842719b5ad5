"""Where pupils live: home areas given school, poverty, distance and how many children an area has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from schoolsim.draws import Draws
from schoolsim.errors import InputError
from schoolsim.people.ids import rank_within
from schoolsim.people.reach import Reach, fit, reach

_HOMES_OF = {"primary": "primary_homes", "secondary": "secondary_homes"}
_NEAREST_AREAS = {"primary": 100, "secondary": 300}
"""Areas a school may draw on: they hold some 13,900 and 26,000 pupils of the age, 50 and 30 times the mean roll.
Over England the outermost tenth of them gets 0.1% of a school's pupils."""
_NEAREST_SCHOOLS = 4  # that draw on an area however far it lies, so that no marked area is left empty
_JITTER = 0.6  # radius of an area as a share of the distance to the nearest other area
_ALONE = 500.0  # radius (m) of an area without neighbours
_LEAST = 1e-200  # weight of an area hundreds of kilometres away: above 0, and no sum or ratio overflows


def draw_home_areas(
    schools: pd.DataFrame, areas: pd.DataFrame, pupils: Mapping[str, np.ndarray], luck: np.ndarray,
    parameters: Mapping[str, Any],
) -> np.ndarray:  # fmt: skip
    """The home area (row of `areas`, int32 [n]) of each pupil.

    Pupils of primary and of secondary age are spread apart from each other, whatever the school: a school's poor
    and other pupils over areas by distance, children and deprivation, such that the areas' totals are nearly in
    proportion to their children. Within a school's poor or other pupils the draw is stratified, so a group of any
    size follows its spread closely.

    Args:
        schools: The place's schools, in any order.
        areas: The place's areas.
        pupils: `row` of `schools`, whether of `secondary` age, whether `fsm6` [n].
        luck: One uniform for each pupil [n].
        parameters: `home_decay`, `home_poverty_slope`.
    """
    home = np.empty(len(luck), np.int32)
    for phase, decay in zip(_HOMES_OF, parameters["home_decay"], strict=True):
        rows = np.flatnonzero(pupils["secondary"] == (phase == "secondary"))
        if len(rows):
            row = homes_of(areas, phase)
            teaching, school = np.unique(pupils["row"][rows], return_inverse=True)
            of_phase = _Phase(phase, schools.iloc[teaching], areas.iloc[row], decay, parameters["home_poverty_slope"])
            home[rows] = row[of_phase.draw(2 * school + pupils["fsm6"][rows], luck[rows])]
    return home


def homes_of(areas: pd.DataFrame, phase: str) -> np.ndarray:
    """Rows of the areas where children of a phase are simulated: all, where the place does not say."""
    rows = np.flatnonzero(np.broadcast_to(areas.get(_HOMES_OF[phase], True), len(areas)))
    if not len(rows):
        raise InputError(f"no area has homes for the pupils of {phase} age", key=_HOMES_OF[phase])
    return rows


def draw_home_points(
    areas: pd.DataFrame, home_area: np.ndarray, ids: np.ndarray, draws: Draws
) -> tuple[np.ndarray, np.ndarray]:
    """Easting and northing (float32 [n], m) of homes, even over a disc round the area's centroid."""
    radius = area_radius(areas)[home_area] * np.sqrt(draws.uniform(ids, "home distance"))
    angle = 2 * np.pi * draws.uniform(ids, "home direction")
    easting = areas.easting.to_numpy()[home_area] + radius * np.cos(angle)
    northing = areas.northing.to_numpy()[home_area] + radius * np.sin(angle)
    return easting.astype(np.float32), northing.astype(np.float32)


def area_radius(areas: pd.DataFrame) -> np.ndarray:
    """Radius (m) of each area [n], from the distance to its nearest neighbour."""
    if len(areas) < 2:
        return np.full(len(areas), _ALONE)
    points = _points(areas)
    apart, _ = cKDTree(points).query(points, 2)
    return _JITTER * apart[:, 1]


@dataclass(frozen=True)
class _Phase:
    """Schools that teach pupils of one phase, and the areas these live in."""

    name: str
    schools: pd.DataFrame
    areas: pd.DataFrame
    decay: float
    slope: float

    def draw(self, kind: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """The area (row of `areas`) of each pupil [n] of a kind: 2 x row of the school + poor."""
        near = reach(_points(self.schools), _points(self.areas), _NEAREST_AREAS[self.name], _NEAREST_SCHOOLS)
        counts = np.bincount(kind, minlength=2 * len(self.schools))
        expected = fit(near, self._pull(near), counts.reshape(-1, 2), self.areas.children.to_numpy())
        home = np.empty(len(luck), np.int64)
        for poor in (0, 1):
            rows = np.flatnonzero(kind % 2 == poor)
            step = (rank_within(kind[rows], luck[rows]) + luck[rows]) / counts[kind[rows]]
            home[rows] = near.area[_climb(near, expected[:, poor], kind[rows] // 2, step)]
        return home

    def _pull(self, near: Reach) -> np.ndarray:
        """Weight of each pair for other and for poor pupils [m, 2] before totals are fitted.

        Distance counts from the school's nearest area on: that changes no share, and a school far from any area
        still draws on the nearest.
        """
        further = (near.distance - near.nearest()) / (1000 * self.decay)
        close = np.exp(-further).clip(_LEAST) * self.areas.children.to_numpy()[near.area]
        odds = self.areas.deprivation.to_numpy().clip(0.005, 0.995)[near.area]
        return close[:, None] * np.stack([1 - odds, odds], axis=1) ** self.slope


def _climb(near: Reach, expected: np.ndarray, school: np.ndarray, step: np.ndarray) -> np.ndarray:
    """The pair [n] each pupil of a school comes to at `step` (0-1) of the ladder of the school's expected pupils."""
    share = expected / np.maximum(near.by_school(expected), _LEAST)[near.school]
    summed = np.cumsum(share)
    below = (summed - share)[near.starts]
    # one ladder above the other, so that a single search serves all schools
    rungs = near.school + np.minimum(summed - below[near.school], 1.0)
    found = np.searchsorted(rungs, school + step, side="right")
    ends = np.append(near.starts[1:], len(near.school)) - 1
    return np.clip(found, near.starts[school], ends[school])


def _points(frame: pd.DataFrame) -> np.ndarray:
    """Easting and northing (m) [n, 2]."""
    return frame[["easting", "northing"]].to_numpy(float)
