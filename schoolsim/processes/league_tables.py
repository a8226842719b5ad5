"""What a school's results are, what is printed of them, and what the neighbourhood makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.choice import standing
from schoolsim.rules.publication import school_results

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


LOWEST, HIGHEST = -1, 1
MENTIONED_FROM = 3
"""Schools of a phase with printed results from which on papers have ends to name."""


def league_tables(
    system: SchoolSystem, draws: Draws, *, reputation_lag: float, named_share: float, attention: float
) -> Flows:
    """Results come out; tables print them if they are published; papers name the ends; reputation follows with delay.

    What happens: Each school with pupils at the end of its stage has a result on the metric that counts. Where tables
        are printed, papers name the lowest and the highest schools of each phase. People talk about results whether or
        not they are printed, and reputation moves part of the way each year: further for schools that are named, of
        which everybody has read.
    Evidence: P58; U1 and U6 for what naming does to schools.
    Leaves out: what families know of a school beside results, several metrics at once, inspectors' reports (M51).
    """
    schools = system.schools
    _know_results(system)
    schools.published_result[:] = schools.actual_result if system.levers["league_tables.published"] else np.nan
    for phase in (0, 1):
        mine = np.flatnonzero(schools.phase == phase)
        schools.named[mine] = named_in_papers(schools.published_result[mine], named_share)
        place = standing(schools.actual_result, mine)[mine]
        known = np.isfinite(place)
        years = reputation_lag / np.where(schools.named[mine] != 0, attention, 1.0)
        moved = 1.0 - np.exp(-1.0 / years)
        schools.reputation[mine[known]] += (moved * (place - schools.reputation[mine]))[known]
    return NOTHING


def results_without_news(system: SchoolSystem, draws: Draws, **unread: float) -> Flows:
    """What happens while M39 is off: schools know their results, nothing is printed, and nobody talks about them."""
    _know_results(system)
    return NOTHING


def named_in_papers(result: np.ndarray, share: float) -> np.ndarray:
    """-1 for the share of schools with the lowest printed results, 1 for that with the highest, else 0 [n].

    At least one school at each end is named where three or more have printed results.
    """
    known = np.flatnonzero(np.isfinite(result))
    named = np.zeros(len(result), np.int8)
    if len(known) > MENTIONED_FROM - 1:
        count = max(int(share * len(known)), 1)
        order = known[np.argsort(result[known], kind="stable")]
        named[order[:count]], named[order[len(order) - count :]] = LOWEST, HIGHEST
    return named


def _know_results(system: SchoolSystem) -> None:
    metric = str(system.levers["league_tables.metric"])
    system.schools.actual_result[:] = school_results(metric, system.pupils, len(system.schools), system.norms)
