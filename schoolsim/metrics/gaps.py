"""Gaps between groups at the five stages, and the levels behind them: narrowing is not levelling down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np

from schoolsim.metrics.cohort import BASES, Cohort
from schoolsim.metrics.group_means import Row
from schoolsim.metrics.registry import Measure, metric
from schoolsim.metrics.view import YearView
from schoolsim.rules.grades import HEADLINES
from schoolsim.rules.scale import PRIOR_STAGE

ByGroup = Callable[[Cohort, str], np.ndarray]


def _each_cohort(values: ByGroup, stages: tuple[int, ...] | None = None, everybody: bool = True) -> Measure:
    """A measure that yields values by group [g] for every stage and basis."""

    def rows(view: YearView) -> Iterator[Row]:
        cohorts = [view.cohorts[stage] for stage in stages or tuple(view.cohorts)]
        return chain.from_iterable(
            view.membership.rows(cohort.phase, cohort.stage, values(cohort, basis), basis, everybody=everybody)
            for cohort in cohorts
            for basis in BASES
        )

    return rows


metric(
    name="attainment",
    title="Attainment",
    unit="SD",
    better="higher",
    meaning="mean attainment of the group at the end of the stage, in national pupil SD above the norm of the age",
)(_each_cohort(lambda cohort, basis: cohort.means.members["months", basis] / cohort.sd))

metric(
    name="attainment_reference",
    title="Attainment of those compared with",
    unit="SD",
    better="higher",
    meaning="mean attainment of those the group is compared with: with `attainment` it tells whether a gap closed "
    "because the group rose or because the others fell",
)(_each_cohort(lambda cohort, basis: cohort.means.others["months", basis] / cohort.sd, everybody=False))

metric(
    name="gap_sd",
    kind="gap",
    of="attainment",
    title="Gap",
    unit="SD",
    better="lower",
    meaning="how far the group's mean attainment lies behind that of those it is compared with, in national pupil SD "
    "of the age; negative when it is ahead",
)(_each_cohort(lambda cohort, basis: cohort.means.gap("months", basis) / cohort.sd, everybody=False))

metric(
    name="gap_months",
    kind="gap",
    of="attainment",
    title="Gap in months",
    unit="months",
    better="lower",
    meaning="the same in months of attainment (scale U07)",
)(_each_cohort(lambda cohort, basis: cohort.means.gap("months", basis), everybody=False))

metric(
    name="progress",
    title="Value added",
    unit="SD",
    better="higher",
    meaning="mean value added of the group since the stage before (at 7 since 5, at 11 since 7, at 14 and 16 since "
    "11), over the expectation for its measured prior attainment; the mean of everybody is zero in every year",
)(_each_cohort(lambda cohort, basis: cohort.means.members["value_added", basis] / cohort.sd, stages=tuple(PRIOR_STAGE)))

metric(
    name="threshold",
    title="Reaching the threshold",
    unit="share",
    better="higher",
    meaning="share reaching the stage's usual threshold: at 5 a good level of development, at 7 and 11 the expected "
    "standard in reading, writing and maths, at 14 level 5 in English and maths, at 16 five grades C (4) or above "
    "with English and maths",
)(_each_cohort(lambda cohort, basis: cohort.means.members[HEADLINES[cohort.stage], basis]))

metric(
    name="gap_threshold",
    kind="gap",
    of="threshold",
    title="Threshold gap",
    unit="share",
    better="lower",
    meaning="how much smaller the share reaching the stage's usual threshold is in the group",
)(_each_cohort(lambda cohort, basis: cohort.means.gap(HEADLINES[cohort.stage], basis), everybody=False))


def _level(name: str) -> ByGroup:
    return lambda cohort, basis: cohort.means.members[name, basis]


def _gap(name: str) -> ByGroup:
    return lambda cohort, basis: cohort.means.gap(name, basis)


_OTHER_OUTCOMES = (
    ("higher_11", 11, "High standard at 11", "share", "scaled scores of 110 and greater depth in writing at 11"),
    ("score_11", 11, "Scaled score at 11", "scaled score", "mean of the scaled scores in reading and maths at 11"),
    ("five_good", 16, "Five grades A*-C", "share", "five or more grades at C (4) or above"),
    ("five_any", 16, "Five grades A*-G", "share", "five or more grades at G (1) or above"),
    ("any_pass", 16, "Any pass", "share", "at least one grade at G (1) or above"),
    ("attainment8", 16, "Attainment 8", "points", "sum of grades in ten slots, English and maths counting twice"),
    ("points", 16, "Total points", "points", "sum of grades in eight subjects"),
)

for _name, _stage, _title, _unit, _meaning in _OTHER_OUTCOMES:
    metric(name=_name, title=_title, unit=_unit, better="higher", meaning=_meaning)(
        _each_cohort(_level(_name), stages=(_stage,))
    )
    metric(
        name=f"gap_{_name}",
        kind="gap",
        of=_name,
        title=f"{_title}: gap",
        unit=_unit,
        better="lower",
        meaning=f"how far the group lies behind those it is compared with in: {_meaning}",
    )(_each_cohort(_gap(_name), stages=(_stage,), everybody=False))


@metric(
    name="pupils",
    title="Pupils",
    unit="pupils",
    meaning="how many pupils of the group reach the stage this year; means of few pupils say little",
)
def _pupils(view: YearView) -> Iterator[Row]:
    for cohort in view.cohorts.values():
        yield from view.membership.rows(cohort.phase, cohort.stage, cohort.means.size)
