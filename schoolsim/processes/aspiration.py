"""What pupils hope for and what they come to expect of themselves, and what the distance does to effort (M04)."""

from __future__ import annotations

from collections.abc import Mapping
from math import erf, exp, pi, sqrt
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.population import by_ethnicity
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, SUBJECTS, YEAR_GROUPS, sigma

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

KNOWN_BY = {"measured_5": range(1, 3), "measured_7": range(3, 7), "measured_11": range(7, 10), "measured_14": (10, 11)}
"""Year groups whose latest test each is."""


def aspiration(
    system: SchoolSystem, draws: Draws, *, hope_level: float, hope_slope: float, hope_sd: float,
    learning_rate: float, set_label: float, heard_from_teachers: float, effort_slope: float,
    usual_spread: list[float], family_expects: Mapping[str, float],
) -> Flows:  # fmt: skip
    """Pupils hope for much, learn what to expect, and try less where the two come apart.

    What happens: Hope is high and differs little between homes. Expectation starts at the norm and moves, year by
        year, towards what the pupil's own results say, the set the pupil is put in, what last year's teachers let
        show that they expect, and what the family expects, more in some ethnic groups than in others. Whoever
        expects less than is hoped for takes less part, in proportion to what lies between.
    Evidence: pupils are generally optimistic whatever their background (DCSF 2008); P36 as a bound for sets.
    Leaves out: friends as models, school reports between tests.
    """
    pupils = system.pupils
    luck = draws.lasting().normal(pupils.id, "hope")
    hope = hope_level + hope_slope * pupils.ses + hope_sd * luck
    seen = own_results(system) + set_label * set_positions(system) - heard_from_teachers * pupils.expected_short
    of_family, mean = by_ethnicity(family_expects, system.national["all"]["ethnicity"])
    seen += (of_family - np.float32(mean)).take(pupils.ethnicity)
    expectation = pupils.expectation + learning_rate * (seen - pupils.expectation)
    primary, secondary = (mean_above_zero(hope_level, spread) for spread in usual_spread)
    usual = primary + (secondary - primary) * (pupils.year_group >= FIRST_SECONDARY_YEAR)
    pupils.expectation[:] = expectation
    pupils.ambition_effect[:] = -effort_slope * (np.maximum(hope - expectation, 0.0) - usual)
    return NOTHING


def mean_above_zero(mean: float, spread: float) -> float:
    """Mean of a normal quantity that counts as zero wherever it lies below."""
    z = mean / spread
    return mean * (1.0 + erf(z / sqrt(2.0))) / 2.0 + spread * exp(-0.5 * z**2) / sqrt(2.0 * pi)


def own_results(system: SchoolSystem) -> np.ndarray:
    """The latest test of each pupil, all subjects, in SD of the nation at that age [n]; 0 where there is none."""
    pupils = system.pupils
    seen = np.zeros(len(pupils), np.float32)
    for column, years in KNOWN_BY.items():
        rows = np.flatnonzero((pupils.year_group >= years[0]) & (pupils.year_group <= years[-1]))
        result = pupils.get(column)
        result = result if result.ndim > 1 else result[:, None]
        weights = np.full(result.shape[1], 1.0 / result.shape[1], np.float32)
        total = result.take(rows, axis=0) @ weights
        seen[rows] = np.nan_to_num(total) / sigma(int(column.removeprefix("measured_")))
    return seen


def set_positions(system: SchoolSystem) -> np.ndarray:
    """Where each pupil sits among the sets of the year [n]: 1 in the top sets, -1 in the bottom ones, 0 where mixed."""
    classes, pupils = system.classes, system.pupils
    position = np.zeros(len(pupils), np.float32)
    sets = np.flatnonzero(classes.set_rank)
    if not len(sets):
        return position
    subject = classes.subject[sets]
    code = (classes.school[sets].astype(np.int64) * YEAR_GROUPS + classes.year_group[sets]) * len(SUBJECTS) + subject
    last = np.maximum(np.bincount(code)[code] - 1, 1)
    of_class = np.zeros(len(classes) + 1, np.float32)  # the last: no class
    of_class[sets] = 1.0 - 2.0 * (classes.set_rank[sets] - 1) / last
    taught = np.unique(subject).tolist()  # a subject is set in every school or in none
    for one in taught:
        position += of_class.take(pupils.class_group[:, one], mode="wrap")
    position /= len(taught)
    return position
