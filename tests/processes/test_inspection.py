"""Visits of inspectors: whom they see, what they make of a school, and what it takes."""

import numpy as np
import pytest

from schoolsim.rules.inspection import due, grade_of, nearness, weighted_score
from tests.little import Little

CUTS = [0.85, -0.85, -1.60]
COUNT = 400


def schools(levers=None, term=1, elapsed=3, **columns):
    """Schools of one class each, all alike but for what is given."""
    of_each = {"id": np.arange(COUNT), "inspection_grade": np.full(COUNT, 2), "inspected": np.full(COUNT, 2.9),
               "standards_known": np.zeros(COUNT), "progress_known": np.zeros(COUNT)} | columns  # fmt: skip
    return Little(
        term=term, elapsed=elapsed, levers=levers, schools=of_each,
        classes={"id": np.arange(COUNT), "school": np.arange(COUNT)},
        pupils={"id": np.arange(COUNT), "school": np.arange(COUNT), "participation": np.full(COUNT, 0.748)},
    )  # fmt: skip


def fall_due(**given):
    return schools(inspected=np.full(COUNT, -9.0), **given).lives("inspection")


def test_a_score_is_the_weighted_mean_of_what_is_known():
    seen = {"raw": np.array([2.0, np.nan]), "lessons": np.array([0.0, 1.0])}
    assert weighted_score(seen, {"raw": 1.0, "lessons": 1.0}).tolist() == [1.0, 1.0]
    assert weighted_score(seen, {"raw": 0.0, "lessons": 1.0}).tolist() == [0.0, 1.0]


def test_cuts_make_grades_and_a_higher_bar_makes_them_worse():
    score = np.array([1.0, 0.0, -1.0, -2.0])
    assert grade_of(score, CUTS).tolist() == [1, 2, 3, 4]
    assert (grade_of(score, CUTS, 1.0) >= grade_of(score, CUTS)).all()
    assert grade_of(score, CUTS, 1.0).sum() > grade_of(score, CUTS).sum()


def test_weaker_schools_are_seen_sooner_and_who_was_never_seen_counts_as_good():
    when = due(np.array([0, 1, 2, 3, 4]), np.zeros(5), 4.0, [1.6, 1.0, 0.6, 0.5])
    assert when.tolist() == pytest.approx([4.0, 6.4, 4.0, 2.4, 2.0])


def test_a_visit_is_felt_as_it_comes_near():
    assert nearness(np.array([3.0, 1.0, 0.5, -1.0]), 1.0).tolist() == [0.0, 0.0, 0.5, 1.0]


def test_only_schools_that_are_due_are_seen():
    system = schools(inspected=np.where(np.arange(COUNT) < 100, -9.0, 2.9)).lives("inspection")
    assert system.flows["inspected"] == 100
    assert (system.schools.inspected[:100] > 3).all() and (system.schools.inspected[100:] < 3).all()
    assert (system.schools.visit_pressure[100:] < 0).all()


def test_an_empty_school_is_not_seen():
    system = schools(inspected=np.full(COUNT, -9.0))
    system.put("pupils", school=np.zeros(COUNT))
    assert system.lives("inspection").flows["inspected"] == 1


def test_lower_results_are_graded_worse_the_more_so_the_more_they_count():
    low = {"standards_known": np.full(COUNT, -1.5)}
    usual = fall_due().schools.inspection_grade.mean()
    poor = fall_due(**low).schools.inspection_grade.mean()
    raw = fall_due(levers={"inspection.weight_raw": 1.5}, **low).schools.inspection_grade.mean()
    assert usual < poor < raw


def test_an_area_judged_together_spares_its_weakest_and_its_strongest():
    spread = {"standards_known": np.linspace(-2, 2, COUNT), "progress_known": np.linspace(-2, 2, COUNT)}
    alone = {f"inspection.weight_{kind}": 0 for kind in ("raw", "value_added", "breadth")}
    by_itself = fall_due(**spread).schools.inspection_grade
    together = fall_due(levers=alone | {"inspection.weight_system": 1.0}, **spread).schools.inspection_grade
    assert together.std() < by_itself.std()


def test_a_school_in_special_measures_is_seen_when_its_monitors_ask():
    asks = np.arange(COUNT) < 50
    system = schools(in_measures=np.ones(COUNT, bool), ready_to_leave=asks, inspected=np.full(COUNT, -9.0))
    system.lives("inspection")
    assert system.flows["inspected"] == 50


def test_days_and_pounds_are_counted_over_the_year():
    system = fall_due()
    days = system.schools.inspector_days.copy()
    assert (days > 0).all() and (system.schools.oversight_cost > 0).all()
    system.lives("inspection")
    assert (system.schools.inspector_days == days).all()  # not seen a second time
    system.state.term = system.term = 0
    system.lives("inspection")
    assert (system.schools.inspector_days == 0).all()


def test_reviews_by_peers_take_days_of_heads():
    system = schools(levers={"inspection.review_days": 6}).lives("inspection")
    assert system.schools.head_days == pytest.approx(np.full(COUNT, 2.0))
    assert (system.schools.inspector_days == 0).all()
