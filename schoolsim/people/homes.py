"""Where pupils live: home areas given school, poverty, distance and how many children an area has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.draws import Draws
from schoolsim.people.ids import rank_within

_ROUNDS = 12  # of proportional fitting; area totals are then within about a percent of their target
_JITTER = 0.6  # radius of an area as a share of the distance to the nearest other area


def draw_home_areas(
    schools: pd.DataFrame, areas: pd.DataFrame, school: np.ndarray, poor: np.ndarray, luck: np.ndarray,
    parameters: Mapping[str, Any],
) -> np.ndarray:  # fmt: skip
    """The home area (row of `areas`) of each pupil [n].

    A school's poor and other pupils are spread over areas by distance, children and deprivation, such that
    in each phase the areas' totals are in proportion to their children. Within a school's poor or other
    pupils the draw is stratified, so a group of any size follows its spread closely.

    Args:
        schools: The place's schools, in any order.
        areas: The place's areas.
        school: Row of `schools` of each pupil [n].
        poor: Whether a pupil counts as poor [n].
        luck: One uniform for each pupil [n].
        parameters: `home_decay`, `home_poverty_slope`.
    """
    group = school * 2 + poor
    counts = np.bincount(group, minlength=2 * len(schools))
    spread = _spread(schools, areas, counts, parameters)
    ladder = np.cumsum(spread, axis=1)
    ladder /= ladder[:, -1:]
    step = (rank_within(group, luck) + luck) / counts[group]
    # one ladder above the other, so that a single search serves all groups; the first rung above the step
    rungs = (ladder + np.arange(len(ladder))[:, None]).ravel()
    found = np.searchsorted(rungs, np.minimum(step, 1 - 1e-12) + group, side="right")
    return found - group * len(areas)


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
        return np.full(len(areas), 500.0)
    apart = _distance(areas, areas)
    np.fill_diagonal(apart, np.inf)
    return _JITTER * apart.min(axis=1)


def _spread(
    schools: pd.DataFrame, areas: pd.DataFrame, counts: np.ndarray, parameters: Mapping[str, Any]
) -> np.ndarray:
    """Expected pupils by group (two a school: other, poor) and area [2 schools, areas], phase by phase."""
    weights = _pull(schools, areas, parameters)
    children = areas.children.to_numpy()
    secondary = np.repeat(schools.phase.to_numpy() == "secondary", 2)
    for phase in (~secondary, secondary):
        weights[phase] = _fit(weights[phase], counts[phase], children)
    return weights


def _pull(schools: pd.DataFrame, areas: pd.DataFrame, parameters: Mapping[str, Any]) -> np.ndarray:
    """Weight of each area for each group [2 schools, areas] before totals are fitted."""
    decay = np.where(schools.phase == "secondary", parameters["home_decay"][1], parameters["home_decay"][0])
    near = np.exp(-_distance(schools, areas) / (1000 * decay[:, None])) * areas.children.to_numpy() + 1e-12
    odds = areas.deprivation.to_numpy().clip(0.005, 0.995)
    slope = parameters["home_poverty_slope"]
    return np.stack([near * (1 - odds) ** slope, near * odds**slope], axis=1).reshape(-1, len(areas))


def _fit(weights: np.ndarray, counts: np.ndarray, children: np.ndarray) -> np.ndarray:
    """Proportional fitting to group counts and to area totals in proportion to children (last, so exact)."""
    target = children * (counts.sum() / children.sum())
    for _ in range(_ROUNDS):
        weights = weights * (counts / weights.sum(axis=1))[:, None]
        weights = weights * (target / np.maximum(weights.sum(axis=0), 1e-12))
    return weights + 1e-12


def _distance(these: pd.DataFrame, those: pd.DataFrame) -> np.ndarray:
    """Distances (m) [these, those]."""
    return np.hypot(
        these.easting.to_numpy()[:, None] - those.easting.to_numpy(),
        these.northing.to_numpy()[:, None] - those.northing.to_numpy(),
    )
