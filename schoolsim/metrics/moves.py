"""Moves between schools in mid-year: who moves, how often, and how close schools are to their families."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from schoolsim.metrics.group_means import ALL, Row
from schoolsim.metrics.registry import metric
from schoolsim.metrics.system_measures import by_phase
from schoolsim.metrics.view import PHASES, YearView
from schoolsim.rules import grouping
from schoolsim.rules.scale import LAST_PRIMARY_YEAR, LAST_YEAR_GROUP

OFTEN = 3
"""Moves from which on a pupil has moved often."""


@metric(
    name="moved_in_mid_year",
    title="Came in mid-year",
    unit="share",
    better="lower",
    meaning="share of pupils on roll in summer who came to their school in this school year outside the normal times",
)
def moved_in_mid_year(view: YearView) -> Iterator[Row]:
    """By phase and group."""
    came = {("came", ""): view.pupils.joined > 0}
    parts = view.membership.means_apart(PHASES, view.pupils.year_group > LAST_PRIMARY_YEAR, came)
    for phase in PHASES:
        yield from view.membership.rows(phase, 0, parts[phase].members["came", ""])


@metric(
    name="moved_often",
    title="Moved three times or more by 16",
    unit="share",
    better="lower",
    meaning="share of pupils at the end of year 11 who have changed school in mid-year three times or more",
)
def moved_often(view: YearView) -> Iterator[Row]:
    """By group."""
    oldest = np.flatnonzero(view.pupils.year_group == LAST_YEAR_GROUP)
    if len(oldest):
        means = view.membership.means(oldest, {("often", ""): view.pupils.move_count[oldest] >= OFTEN})
        yield from view.membership.rows("secondary", 16, means.members["often", ""])


def _ties_of_the_most_mobile(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    count, roll = view.school_year.count, view.school_year.roll
    came = grouping.counts(view.pupils.school[view.pupils.joined > 0], count)
    turnover = np.where(roll > 0, came / np.maximum(roll, 1), np.nan)[schools]
    most = schools[grouping.fifths(turnover) == grouping.fifths(turnover).max(initial=0)]
    return float(np.mean(view.schools.community_ties[most])) if len(most) else np.nan


metric(
    name="ties_most_mobile",
    title="Ties with families in the schools with most movement",
    unit="share",
    better="higher",
    meaning="how far families are at home in the school, in the fifth of schools with most pupils who came in mid-year",
)(by_phase(_ties_of_the_most_mobile, ALL))
