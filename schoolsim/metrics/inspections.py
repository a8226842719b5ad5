"""What inspectors make of the schools, and what it takes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schoolsim.metrics.registry import metric
from schoolsim.metrics.system_measures import by_phase, mean_of_schools
from schoolsim.metrics.view import YearView
from schoolsim.rules.inspection import GOOD, INADEQUATE, OUTSTANDING, REQUIRES_IMPROVEMENT


def _graded(grade: int) -> Callable[[YearView, str], float]:
    def share(view: YearView, phase: str) -> float:
        held = view.schools.inspection_grade[view.schools_of_phase[phase]]
        return float(np.mean(held[held > 0] == grade)) if (held > 0).any() else np.nan

    return share


for _code, _name, _better in (
    (OUTSTANDING, "outstanding", "higher"), (GOOD, "good", ""),
    (REQUIRES_IMPROVEMENT, "requires_improvement", "lower"), (INADEQUATE, "inadequate", "lower"),
):  # fmt: skip
    metric(
        name=f"graded_{_name}",
        title=f"Schools graded '{_name.replace('_', ' ')}'",
        unit="share",
        better=_better,
        meaning="share of inspected schools whose last full inspection found them so; 'requires improvement' was "
        "called satisfactory until 2012",
    )(by_phase(_graded(_code)))


def _in_measures(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    return float(np.mean(view.schools.in_measures[schools])) if len(schools) else np.nan


metric(
    name="in_special_measures",
    title="Schools in special measures",
    unit="share",
    better="lower",
    meaning="share of schools that are in special measures at the end of the year",
)(by_phase(_in_measures))

metric(
    name="inspector_days",
    title="Days of inspectors",
    unit="days a school",
    better="lower",
    meaning="days that inspectors spent this year on visits, monitoring and reports, mean of schools",
)(mean_of_schools(lambda schools: schools.inspector_days))

metric(
    name="head_days",
    title="Days of heads for inspection",
    unit="days a school",
    better="lower",
    meaning="days that heads spent this year on inspections of their school and on reviews by others, mean of schools",
)(mean_of_schools(lambda schools: schools.head_days))


def _cost(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    roll = view.school_year.roll[schools].sum()
    return float(view.schools.oversight_cost[schools].sum() / roll) if roll else np.nan


metric(
    name="oversight_cost",
    title="Cost of inspection",
    unit="pounds a pupil",
    better="lower",
    meaning="what inspection cost this year for each pupil: days of inspectors and heads, support in special measures, "
    "and hours of teachers beyond the usual for getting ready, at prices of 2019",
)(by_phase(_cost))

metric(
    name="sharing",
    title="Working with others",
    unit="factor",
    better="higher",
    meaning="how much of the time for working together goes into what others do well, against 2019, mean of schools",
)(mean_of_schools(lambda schools: schools.sharing))
