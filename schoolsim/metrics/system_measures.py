"""The system as a whole: segregation, choice, rolls and who gets which teachers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from schoolsim.metrics.group_means import ALL, GroupMeans, Row
from schoolsim.metrics.registry import Measure, metric
from schoolsim.metrics.view import PHASES, YearView
from schoolsim.rules import grouping, measures
from schoolsim.rules.scale import phase_of_year

Segregation = Callable[[np.ndarray, np.ndarray], float]


def of_theme[F: Callable[..., Any]](built: F, asked: Callable[..., Any]) -> F:
    """`built`, said to come from the module of `asked`: by that the reference page of metrics sorts them."""
    built.__module__ = asked.__module__
    return built


def by_phase(value: Callable[[YearView, str], float], group: str = ALL) -> Measure:
    """A measure of one value a phase."""

    def rows(view: YearView) -> Iterator[Row]:
        for phase in PHASES:
            yield phase, 0, group, "", float(value(view, phase))

    return of_theme(rows, value)


def groups_by_phase(
    means: Callable[[YearView], Mapping[str, GroupMeans]], values: Callable[[GroupMeans], np.ndarray],
    everybody: bool = True,
) -> Measure:  # fmt: skip
    """A measure of values by group [g] in both phases, from the means by group of each."""

    def rows(view: YearView) -> Iterator[Row]:
        for phase in PHASES:
            yield from view.membership.rows(phase, 0, values(means(view)[phase]), everybody=everybody)

    return of_theme(rows, values)


def mean_of_schools(column: Callable[[Any], np.ndarray]) -> Measure:
    """The mean over the schools of a phase of a value by school [s]."""

    def value(view: YearView, phase: str) -> float:
        schools = view.schools_of_phase[phase]
        return float(np.mean(column(view.schools)[schools])) if len(schools) else np.nan

    return by_phase(of_theme(value, column))


def _sorted_by_poverty(index: Segregation) -> Callable[[YearView, str], float]:
    def value(view: YearView, phase: str) -> float:
        schools = view.schools_of_phase[phase]
        poor = view.school_year.poor_count[schools]
        return index(poor, view.school_year.roll[schools] - poor)

    return value


metric(
    name="dissimilarity",
    title="Segregation by poverty (dissimilarity)",
    unit="share",
    better="lower",
    meaning="share of disadvantaged pupils, or of the others, who would have to change school for every school of the "
    "phase to have the same mix",
)(by_phase(_sorted_by_poverty(measures.dissimilarity), "fsm6"))

metric(
    name="segregation",
    title="Segregation by poverty (Gorard)",
    unit="share",
    better="lower",
    meaning="share of disadvantaged pupils who would have to change school for every school of the phase to have "
    "its part of them, the others staying",
)(by_phase(_sorted_by_poverty(measures.segregation), "fsm6"))


def _roll_polarisation(view: YearView, phase: str) -> float:
    fill = view.school_year.fill[view.schools_of_phase[phase]]
    return float(np.nanstd(fill)) if np.isfinite(fill).any() else np.nan


metric(
    name="roll_polarisation",
    title="Polarisation of rolls",
    unit="share",
    better="lower",
    meaning="SD between schools of pupils over places: high when some schools are full and others empty",
)(by_phase(_roll_polarisation))


def _fill_of_lowest_fifth(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    results = view.school_year.leavers_mean("total", "measured")[schools]
    fill = view.school_year.fill[schools[grouping.fifths(results) == 0]]
    return float(np.nanmean(fill)) if np.isfinite(fill).any() else np.nan


metric(
    name="fill_lowest_fifth",
    title="Places filled in the lowest fifth of schools",
    unit="share",
    meaning="pupils over places in the fifth of schools whose leavers have the lowest measured results this year",
)(by_phase(_fill_of_lowest_fifth))


def _fill_of_named_lowest(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    fill = view.school_year.fill[schools[view.schools.named[schools] < 0]]
    return float(np.nanmean(fill)) if np.isfinite(fill).any() else np.nan


metric(
    name="fill_named_lowest",
    title="Places filled in schools named lowest",
    unit="share",
    meaning="pupils over places in the schools that papers name at the lower end of this summer's tables",
)(by_phase(_fill_of_named_lowest))


metric(
    name="schools_saving",
    title="Schools that save by larger classes",
    unit="share",
    better="lower",
    meaning="share of schools that let classes be larger by a pupil or more, since their reserves have run out",
)(mean_of_schools(lambda schools: schools.class_rise >= 1))


metric(
    name="reserves",
    title="Reserves of schools",
    unit="months of income",
    better="higher",
    meaning="mean money in hand of the schools of the phase; less than nothing is debt",
)(mean_of_schools(lambda schools: schools.reserves))


def _unfilled(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    places, roll = view.schools.places[schools], view.school_year.roll_by_year_group[schools]
    return np.maximum(places - roll, 0).sum() / places.sum() if places.sum() else np.nan


metric(
    name="unfilled_places",
    title="Unfilled places",
    unit="share",
    meaning="share of places without a pupil, year group by year group",
)(by_phase(_unfilled))


def _of_entrants(name: str) -> Measure:
    """What this year's admissions wrote down of a phase's entry years, each counting as many as it admitted."""

    def rows(view: YearView) -> Iterator[Row]:
        for phase in PHASES:
            rounds = [row for year, row in view.admissions.items() if phase_of_year(year) == phase]
            admitted = sum(row["admitted"] for row in rounds)
            if admitted > 0:
                yield phase, 0, ALL, "", sum(row["admitted"] * row[name] for row in rounds) / admitted

    return rows


metric(
    name="first_preference_share",
    title="Given their first preference",
    unit="share",
    better="higher",
    meaning="share of this year's entrants who were given the school their family named first",
)(_of_entrants("first_preference_share"))

metric(
    name="nearest_school_share",
    title="In the nearest school",
    unit="share",
    meaning="share of this year's entrants who go to the nearest school of the phase",
)(_of_entrants("nearest_school_share"))


def _teacher_quality_gap(view: YearView, phase: str) -> float:
    schools = view.schools_of_phase[phase]
    fifth = np.full(view.school_year.count, -1)
    fifth[schools] = grouping.fifths(view.school_year.poor_share[schools])
    placed = view.teachers.school >= 0
    of_teacher = np.where(placed, fifth[view.teachers.school], -1)
    quality = grouping.means(view.teachers.quality, of_teacher, 5)
    return quality[0] - quality[4]


metric(
    name="teacher_quality_gap",
    kind="gap",
    title="Teacher quality: least against most disadvantaged schools",
    unit="SD of teachers",
    better="lower",
    meaning="mean quality of teachers in the fifth of schools with fewest disadvantaged pupils less that in the fifth "
    "with most",
)(by_phase(_teacher_quality_gap))


metric(
    name="roll",
    title="Pupils on roll",
    unit="pupils",
    meaning="pupils in the schools of the phase",
)(by_phase(lambda view, phase: float(view.school_year.roll[view.schools_of_phase[phase]].sum())))
