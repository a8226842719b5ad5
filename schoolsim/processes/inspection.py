"""Visits of inspectors: whom they see, what they see of a school, and what they make of it (M46)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.policy.levers import Setting
from schoolsim.process import AUTUMN, SUMMER, Flows
from schoolsim.rules import grouping
from schoolsim.rules.inspection import INADEQUATE, due, grade_of, nearness, weighted_score
from schoolsim.rules.publication import school_results
from schoolsim.rules.scale import sigma

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

TERMS_A_YEAR = 3


def inspection(
    system: SchoolSystem, draws: Draws, *, lessons_weight: float, results_sd: list[float], added_sd: list[float],
    lessons_sd: list[float], usual_participation: list[float], participation_sd: list[float], direction_sd: float,
    noise_sd: float, cuts: list[float], interval_ratio: list[float], calendar_spread: float, dressed_lift: float,
    capacity_credit: float, horizon: float, visit_pressure: float, usual_nearness: float, visit_days: float,
    monitoring_days: float, head_days: float, day_costs: list[float], hour_cost: float,
) -> Flows:  # fmt: skip
    """Inspectors come by a calendar, see a few days of a school, and give it one of four grades.

    What happens: A visit is due some years after the last, sooner where the last grade was low; when it comes within
        a year of that nobody at the school knows. A school in special measures is seen in full when its monitors ask.
        Inspectors weigh lessons seen on the day, with the disorder in them, last summer's results against the national
        norm, progress, breadth and the area's schools together, as the framework says. They see it with an error, and
        what a school has put up for them too. Falling cuts turn the score into a grade. The nearer a visit, the more
        pressure a school feels, and the longer it is off, the less.
    Evidence: E181 to E188, E192, E214, P60, P62; improving urban schools, chapter 1.
    Leaves out: categories between the grades, who inspects, complaints, visits that follow a bad summer.
    """
    schools, levers = system.schools, system.levers
    if system.term == SUMMER:
        know_results(system, results_sd, added_sd)
    if system.term == AUTUMN:
        for name in ("inspector_days", "head_days", "oversight_cost"):
            schools.get(name)[:] = 0.0
    now = system.elapsed + system.term / TERMS_A_YEAR
    set_due(system, interval_ratio)
    visits = np.arange(len(schools)) * 1024 + np.round(schools.inspected * TERMS_A_YEAR).astype(np.int64)
    comes = schools.visit_due + calendar_spread * (draws.lasting().uniform(visits, "when") - 0.5)
    visited = np.where(schools.in_measures, schools.ready_to_leave, comes <= now + 1e-3) & (_rolls(system) > 0)
    seen = what_is_seen(system, lessons_sd, usual_participation, participation_sd, direction_sd, dressed_lift)
    score = judged(seen, levers, lessons_weight) + capacity_credit * schools.capacity
    score += noise_sd * draws.normal(schools.id, "error of the visit")
    grade = grade_of(score, cuts, float(levers["inspection.bar"]))
    schools.inspection_grade[:] = np.where(visited, grade, schools.inspection_grade)
    schools.inspected[:] = np.where(visited, now, schools.inspected)
    set_due(system, interval_ratio)
    schools.visit_pressure[:] = visit_pressure * (nearness(schools.visit_due - now, horizon) - usual_nearness)
    _count_costs(system, visited, visit_days, monitoring_days, head_days, day_costs, hour_cost)
    return {"inspected": schools.id[visited], "found inadequate": schools.id[visited & (grade == INADEQUATE)]}


def judged(seen: Mapping[str, np.ndarray], levers: Mapping[str, Setting], lessons_weight: float) -> np.ndarray:
    """The score of each school without error [J], by the weights of the framework in force."""
    weights = {"raw": float(levers["inspection.weight_raw"]),
               "value_added": float(levers["inspection.weight_value_added"]),
               "breadth": float(levers["inspection.weight_breadth"]),
               "system": float(levers["inspection.weight_system"]), "lessons": lessons_weight}  # fmt: skip
    return weighted_score(seen, weights)


def what_is_seen(
    system: SchoolSystem, lessons_sd: list[float], usual_participation: list[float], participation_sd: list[float],
    direction_sd: float, dressed_lift: float,
) -> dict[str, np.ndarray]:  # fmt: skip
    """What there is to see of each school [J], in SD between schools, by kind of evidence."""
    schools, pupils, classes = system.schools, system.pupils, system.classes
    usual, spread, of_lessons = (np.asarray(one)[schools.phase] for one in
                                 (usual_participation, participation_sd, lessons_sd))  # fmt: skip
    takes_part, alone = (grouping.means(pupils.get(name), pupils.school, len(schools))
                         for name in ("participation", "self_direction"))  # fmt: skip
    taught = classes.teaching_effect + classes.behaviour_effect + classes.cover_effect
    lessons = grouping.means(taught, classes.school, len(schools)) + schools.school_effect
    both = np.stack([schools.standards_known, schools.progress_known])
    return {
        "raw": schools.standards_known,
        "value_added": schools.progress_known,
        "breadth": 0.5 * (takes_part - usual) / spread + 0.5 * alone / direction_sd,
        "system": np.full(len(schools), np.nanmean(both) if np.isfinite(both).any() else np.nan),
        "lessons": lessons / of_lessons + dressed_lift * schools.dressing,
    }


def know_results(system: SchoolSystem, results_sd: list[float], added_sd: list[float]) -> None:
    """Last summer's results of each school against the national norm, and the progress in them, in SD of schools."""
    schools, pupils = system.schools, system.pupils
    added = school_results("value_added", pupils, len(schools), system.norms)
    total = np.full(len(schools), np.nan)
    for stage, year in ((11, 6), (16, 11)):
        months = pupils.get(f"measured_{stage}").astype(float).mean(axis=1) / sigma(stage)
        rows = (pupils.year_group == year) & (pupils.school >= 0) & np.isfinite(months)
        mean = grouping.means(months[rows], pupils.school[rows], len(schools))
        total = np.where(np.isfinite(mean), mean, total)
    age = np.where(schools.phase == 1, sigma(16), sigma(11))
    schools.standards_known[:] = total / np.asarray(results_sd)[schools.phase]
    schools.progress_known[:] = added / age / np.asarray(added_sd)[schools.phase]


def set_due(system: SchoolSystem, ratio: list[float]) -> None:
    """When each school's next visit is due, by its last grade and the interval in force."""
    schools, interval = system.schools, float(system.levers["inspection.interval"])
    schools.visit_due[:] = due(schools.inspection_grade, schools.inspected, interval, ratio)


def _rolls(system: SchoolSystem) -> np.ndarray:
    return grouping.counts(system.pupils.school, len(system.schools))


def _count_costs(
    system: SchoolSystem, visited: np.ndarray, visit_days: float, monitoring_days: float, head_days: float,
    day_costs: list[float], hour_cost: float,
) -> None:  # fmt: skip
    """Days of inspectors and heads that the term took of each school, and what all of it cost, in pounds."""
    schools, term = system.schools, 1.0 / TERMS_A_YEAR
    monitored = schools.in_measures & ~visited
    inspectors = visit_days * visited + monitoring_days * monitored
    heads = head_days * inspectors + float(system.levers["inspection.review_days"]) * term
    hours = term * (schools.support_hours + schools.dressing_hours)
    staff = grouping.counts(system.teachers.school, len(schools))
    schools.inspector_days[:] += inspectors
    schools.head_days[:] += heads
    schools.oversight_cost[:] += day_costs[0] * inspectors + day_costs[1] * heads + hour_cost * hours * staff
