"""Classes and those who teach them: sizes, sets, experience."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from schoolsim.metrics.registry import Measure, metric
from schoolsim.metrics.system_measures import by_phase, mean_of_schools, of_theme
from schoolsim.metrics.view import PHASES, YearView
from schoolsim.rules import grouping
from schoolsim.rules.scale import LAST_PRIMARY_YEAR


def _mean_of_teachers(column: Callable[[Any], np.ndarray]) -> Measure:
    """The mean over the teachers of a phase of a value by teacher [t]."""

    def value(view: YearView, phase: str) -> float:
        of_phase = np.isin(view.teachers.school, view.schools_of_phase[phase])
        return float(np.mean(column(view.teachers)[of_phase])) if of_phase.any() else np.nan

    return by_phase(of_theme(value, column))


def _classes_of(view: YearView, phase: str) -> np.ndarray:
    secondary = np.asarray(view.classes.year_group) > LAST_PRIMARY_YEAR
    return np.flatnonzero((secondary == (phase == PHASES[1])) & view.own_schools[view.classes.school])


def _class_size(view: YearView, phase: str) -> float:
    """Seats over classes; a primary class fills three seats a pupil, one for each subject, of which one counts."""
    pupils = view.pupils
    if phase == PHASES[0]:
        seats = pupils.class_group[:, 0]
    else:
        seats = pupils.class_group[np.flatnonzero(pupils.year_group > LAST_PRIMARY_YEAR)].ravel()
    sizes = grouping.counts(seats, len(view.classes.year_group))
    mine = sizes[_classes_of(view, phase)]
    return float(mine[mine > 0].mean()) if (mine > 0).any() else np.nan


metric(
    name="class_size",
    title="Class size",
    unit="pupils",
    meaning="mean pupils in a class (secondary: in a class of one subject)",
)(by_phase(_class_size))


def _taught_in_sets(view: YearView, phase: str) -> float:
    mine = np.asarray(view.classes.set_rank)[_classes_of(view, phase)]
    return float((mine > 0).mean()) if len(mine) else np.nan


metric(
    name="taught_in_sets",
    title="Classes that are sets",
    unit="share",
    meaning="share of classes formed by prior attainment",
)(by_phase(_taught_in_sets))


metric(
    name="deficit_belief",
    title="Low expectations of poor pupils",
    unit="SD",
    better="lower",
    meaning="how far teachers of the phase believe on average that poor pupils fall short of what these in fact reach",
)(_mean_of_teachers(lambda teachers: teachers.deficit_belief))


def _low_set_teaching(view: YearView, phase: str) -> float:
    mine = _classes_of(view, phase)
    rank, gain = np.asarray(view.classes.set_rank)[mine], np.asarray(view.classes.teaching_effect)[mine]
    low, top = gain[rank > 1], gain[rank == 1]
    return float(low.mean() - top.mean()) if len(low) and len(top) else np.nan


metric(
    name="low_set_teaching",
    kind="gap",
    title="Teaching of low sets",
    unit="SD a year",
    better="higher",
    meaning="what sets below the top gain in a year by department and teacher, less what top sets gain",
)(by_phase(_low_set_teaching))


metric(
    name="teacher_experience",
    title="Teachers' experience",
    unit="years",
    meaning="mean years that teachers of the phase have taught",
)(_mean_of_teachers(lambda teachers: teachers.experience))


metric(
    name="teacher_practice",
    title="Teachers' practice",
    unit="SD of teachers",
    better="higher",
    meaning="mean of what teachers of the phase have learnt of teaching, against the nation's teachers of 2019, in SD "
    "of teachers' effects",
)(_mean_of_teachers(lambda teachers: teachers.practice))


metric(
    name="learnt_together",
    title="Practice learnt by working together",
    unit="SD of teachers",
    meaning="mean of what teachers of the phase learnt this year by working with colleagues, in SD of teachers",
)(_mean_of_teachers(lambda teachers: np.nan_to_num(teachers.learnt_together)))


metric(
    name="practice_agreed",
    title="Practice agreed on",
    unit="share",
    meaning="mean over schools of the share of practice on which staff have agreed since 2019, and which they follow",
)(mean_of_schools(lambda schools: schools.agreed_share))


def _practice_spread(view: YearView, phase: str) -> float:
    """Root of the mean square from the mean of the department, on as many degrees of freedom as it has."""
    teachers = view.teachers
    mine = np.flatnonzero(np.isin(teachers.school, view.schools_of_phase[phase]))
    department, count = grouping.nest(teachers.school[mine], teachers.subject[mine] + 1)
    seen = (teachers.practice + teachers.standard_effect)[mine].astype(float)
    apart = seen - grouping.means(seen, department, count)[department]
    return float(np.sqrt((apart**2).sum() / (len(mine) - count))) if len(mine) > count else np.nan


metric(
    name="practice_spread",
    kind="variation",
    title="Spread of practice inside departments",
    unit="SD of teachers",
    meaning="SD of practice, with what is agreed on, between teachers of a department (primary: of a school), in SD of "
    "teachers' effects",
)(by_phase(_practice_spread))


metric(
    name="initiatives",
    title="Initiatives that run in a school",
    unit="initiatives",
    meaning="mean over schools of the initiatives that run beside teaching and training",
)(mean_of_schools(lambda schools: schools.initiatives))


metric(
    name="effective_hours",
    title="Hours that things really get",
    unit="share",
    meaning="mean over schools of the share of the hours meant for training, working together and initiatives that "
    "they really get",
)(mean_of_schools(lambda schools: schools.effective_share))
