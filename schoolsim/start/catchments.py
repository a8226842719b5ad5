"""Families of one street send children to both phases: what parts secondary schools by where they lie parts primaries.

How far the families of a school lie from the position that poverty makes expected is the sum of what the streets
bring, from which its pupils come, and of what is the school's own: who chooses it among those streets. Streets get it
from *catchments*: each secondary school has one, and a street lies in those of the schools that its older children
attend, by their shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import LinearOperator, cg

from schoolsim.rules.scale import FIRST_SECONDARY_YEAR
from schoolsim.system import SchoolSystem

TOLERANCE = 1e-10


class Catchments(NamedTuple):
    """Who lives where, as shares that add up to one in a row, or to nought where nobody is.

    Attributes:
        of_area: by area and secondary school [A, J].
        of_school: by school of either phase and secondary school [J, J]: what catchments its pupils live in.
        scattered: variance of what streets bring between pupils of one school, by phase, for catchments of variance
            1 [2].
    """

    of_area: csr_array
    of_school: csr_array
    scattered: np.ndarray


class Told(NamedTuple):
    """What is published of schools: rows [t], how far their families lie [t] (position), and its variance [t]."""

    rows: np.ndarray
    found: np.ndarray
    noise: np.ndarray


def catchments_of(system: SchoolSystem, people: Mapping[str, np.ndarray]) -> Catchments:
    """The catchments that the homes of the pupils of a place make; schools that admit by test have none."""
    schools, home, school = len(system.schools), people["home_area"], people["school"]
    areas = int(home.max(initial=-1)) + 1
    old = (people["year_group"] >= FIRST_SECONDARY_YEAR) & ~np.asarray(system.schools.selective)[school]
    of_area = _shares(home[old], school[old], (areas, schools))
    lives = _shares(school, home, (schools, areas))
    of_school = csr_array(lives @ of_area)
    size, phase = np.bincount(school, minlength=schools), np.asarray(system.schools.phase)
    brought = (of_area.multiply(of_area)).sum(axis=1)
    apart = lives @ brought - of_school.multiply(of_school).sum(axis=1)
    scattered = [np.average(apart[phase == code], weights=size[phase == code]) if size[phase == code].any() else 0.0
                 for code in (0, 1)]  # fmt: skip
    return Catchments(of_area, of_school, np.maximum(scattered, 0.0))


def _shares(row: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> csr_array:
    number = csr_array((np.ones(len(row)), (row, column)), shape=shape)
    total = np.asarray(number.sum(axis=1))
    return csr_array(diags_array(1.0 / np.maximum(total, 1.0)) @ number)


def own_spread(links: Catchments, between: float, share: float) -> np.ndarray:
    """SD of what is each school's own [J], such that schools spread by `between`, `share` of it by catchments."""
    mixed = np.asarray(links.of_school.multiply(links.of_school).sum(axis=1))
    return np.asarray(between * np.sqrt(1.0 - share * np.minimum(mixed, 1.0)))


def given(
    links: Catchments, field: np.ndarray, own: np.ndarray, spread: tuple[float, np.ndarray], told: Told
) -> tuple[np.ndarray, np.ndarray]:
    """Catchments and schools' own [J, J] that were drawn, moved so that they are draws given what is published.

    Args:
        field, own: draws from the prior, in SD of position [J].
        spread: SD of catchments, and of schools' own [J].
        told: what is published, with its luck drawn already: `found` is what is told beyond what was drawn.
    """
    if not len(told.rows):
        return field, own
    sd, own_sd = spread
    seen = links.of_school[told.rows]
    alone = own_sd[told.rows] ** 2 + told.noise

    def variance(v: np.ndarray) -> np.ndarray:
        return np.asarray(sd**2 * (seen @ (seen.T @ v)) + alone * v)

    count = len(told.rows)
    solved, _ = cg(LinearOperator((count, count), matvec=variance, dtype=float), told.found, rtol=TOLERANCE, atol=0.0)
    moved = own.copy()
    np.add.at(moved, told.rows, own_sd[told.rows] ** 2 * solved)
    return field + sd**2 * (seen.T @ solved), moved
