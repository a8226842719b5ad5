"""Variation: how much depends on the pupil, the class, the department and the school, raw and in value added.

Leavers of the primary phase (11) are split over schools and classes, a class having one teacher; leavers of the
secondary phase (16) over schools, departments and classes by subject. The authority's variance needs several
authorities and is NaN within one: it cannot be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from schoolsim.metrics.cohort import BASES
from schoolsim.metrics.decomposition import KINDS, RAW, VALUE_ADDED, Decomposition, Key
from schoolsim.metrics.group_means import Row
from schoolsim.metrics.registry import Measure, metric
from schoolsim.metrics.view import YearView
from schoolsim.rules import measures, variance
from schoolsim.rules.scale import PRIOR_STAGE, STAGES

LEAVING_STAGES = (11, 16)
ALL_STAGES = tuple(STAGES)
_OF = {RAW: "of results", VALUE_ADDED: "of value added"}

LEVELS = {
    "pupil": (
        "pupils",
        "pupils of the same class (at 16: of the same school, in what a pupil's subjects have in common)",
    ),
    "pupil_subject": ("a pupil's subjects", "subjects of one pupil, test error included when measured (16 only)"),
    "class": (
        "classes",
        "classes of the same department or primary school: teachers, luck and sorting by strength in the subject",
    ),
    "department": ("departments", "departments of a school, beside what is common to the school (16 only)"),
    "school": ("schools", "schools of the same authority"),
    "authority": ("authorities", "authorities"),
}
"""What the variance of each level is between: in short, and in full."""

Value = Callable[[Decomposition, Key], float]


def _each(value: Value, kind: str, stages: tuple[int, ...]) -> Measure:
    """A measure of one value a stage and basis."""

    def rows(view: YearView) -> Iterator[Row]:
        for stage in stages:
            split = view.decompositions[stage]
            for basis in BASES:
                yield split.cohort.row(value(split, (basis, kind)), basis)

    return rows


def _stages_of(level: str) -> tuple[int, ...]:
    return (16,) if level in ("pupil_subject", "department") else LEAVING_STAGES


def _variance(level: str) -> Value:
    return lambda split, key: split.by_level[key][level]


def _share(level: str) -> Value:
    return lambda split, key: split.by_level[key].share(level)


for _level, (_units, _between) in LEVELS.items():
    for _kind in KINDS:
        metric(
            name=f"variance_{_level}{_kind}",
            kind="variation",
            title=f"Variance {_OF[_kind]} between {_units}",
            unit="SD squared",
            meaning=f"variance {_OF[_kind]} between {_between}; unbiased, so it may fall below zero when near it",
        )(_each(_variance(_level), _kind, _stages_of(_level)))
        metric(
            name=f"share_{_level}{_kind}",
            kind="variation",
            title=f"Share of the variance {_OF[_kind]} between {_units}",
            unit="share",
            meaning=f"part of the variance {_OF[_kind]} that lies between {_between}; at 16 of results by subject",
        )(_each(_share(_level), _kind, _stages_of(_level)))

_RATIOS: tuple[tuple[str, str, str, Value, tuple[int, ...]], ...] = (
    (
        "ratio_within",
        "Within schools over between schools",
        "all variance of totals inside schools, most of it between pupils and families, over that between schools",
        lambda split, key: variance.within_to_between(split.of_totals[key]),
        LEAVING_STAGES,
    ),
    (
        "ratio_teaching",
        "Classes and departments over schools",
        "variance between classes and departments inside schools over that between schools: what teaching, not "
        "families, varies by (at 16, sets by strength in one subject raise it; sets by general level do not)",
        lambda split, key: variance.teaching_to_between(split.by_level[key]),
        LEAVING_STAGES,
    ),
    (
        "ratio_department",
        "Departments over schools",
        "variance between departments inside schools over that between schools",
        lambda split, key: variance.department_to_between(split.by_level[key]),
        (16,),
    ),
)

for _name, _title, _meaning, _value, _stages in _RATIOS:
    for _kind in KINDS:
        metric(
            name=f"{_name}{_kind}",
            kind="variation",
            title=f"{_title}, {_OF[_kind]}",
            unit="ratio",
            meaning=f"{_meaning}; {_OF[_kind]}. NaN when no variance between schools is found",
        )(_each(_value, _kind, _stages))

metric(
    name="total_school_share",
    kind="variation",
    title="School share of the variance of totals",
    unit="share",
    better="lower",
    meaning="part of the variance of pupils' totals that lies between schools",
)(_each(lambda split, key: split.of_totals[key].share("school"), RAW, ALL_STAGES))

metric(
    name="total_school_share_va",
    kind="variation",
    title="School share of the variance of value added",
    unit="share",
    better="lower",
    meaning="part of the variance of pupils' value added (totals) that lies between schools",
)(_each(lambda split, key: split.of_totals[key].share("school"), VALUE_ADDED, tuple(PRIOR_STAGE)))

metric(
    name="between_school_sd",
    kind="variation",
    title="Spread between schools",
    unit="SD",
    better="lower",
    meaning="SD between schools of mean total attainment, the luck of small cohorts taken off",
)(_each(lambda split, key: variance.between_school_sd(split.of_totals[key]), RAW, ALL_STAGES))

metric(
    name="school_va_sd",
    kind="variation",
    title="Spread between schools in value added",
    unit="SD",
    better="lower",
    meaning="SD between schools of mean value added, the luck of small cohorts taken off",
)(_each(lambda split, key: variance.between_school_sd(split.of_totals[key]), VALUE_ADDED, tuple(PRIOR_STAGE)))

metric(
    name="within_school_sd",
    kind="variation",
    title="Spread within schools",
    unit="SD",
    meaning="SD between pupils of the same school in total attainment",
)(_each(lambda split, key: variance.within_school_sd(split.of_totals[key]), RAW, ALL_STAGES))

metric(
    name="between_school_threshold_sd",
    kind="variation",
    title="Spread between schools in reaching the threshold",
    unit="share",
    better="lower",
    meaning="SD between schools of the share reaching the stage's usual threshold, the luck of small cohorts taken off",
)(_each(lambda split, key: variance.between_school_sd(split.of_threshold[key[0]]), RAW, ALL_STAGES))


def _department_correlation(split: Decomposition, key: Key) -> float:
    part = split.by_level[key].clipped()
    both = part["school"] + part["department"]
    return part["school"] / both if both > 0 else np.nan


metric(
    name="department_correlation",
    kind="variation",
    title="Correlation of departments within schools",
    unit="correlation",
    meaning="how far value added of one department of a school tells that of another",
)(_each(_department_correlation, VALUE_ADDED, (16,)))


metric(
    name="subject_correlation",
    kind="variation",
    title="Correlation of subjects within pupils",
    unit="correlation",
    meaning="mean correlation between two subjects of the same pupils",
)(_each(lambda split, key: measures.mean_correlation(split.cohort.by_subject[key[0]]), RAW, LEAVING_STAGES))


@metric(
    name="correlation_with_prior",
    kind="variation",
    title="Correlation with prior attainment",
    unit="correlation",
    meaning="correlation of the measured total with that of the stage before: at 11 with 7, at 14 and 16 with 11",
)
def _correlation_with_prior(view: YearView) -> Iterator[Row]:
    for stage in PRIOR_STAGE:
        cohort = view.cohorts[stage]
        yield cohort.row(measures.correlation(cohort.prior, cohort.total["measured"]), "measured")
