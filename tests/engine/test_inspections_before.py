"""The inspections that schools begin with: their own where known, drawn where not, and a calendar without a rush."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.places.inspections import History, history_of
from schoolsim.rules.inspection import GOOD, INADEQUATE, OUTSTANDING, REQUIRES_IMPROVEMENT
from schoolsim.session import Session
from schoolsim.start.inspections import with_history
from tests.little import Little, plan

NOT = np.nan
DRAWN = (np.array([GOOD] * 6), np.full(6, -2.5), np.full(6, NOT))
HISTORY = History(
    grade=np.array([0, OUTSTANDING, GOOD, INADEQUATE, INADEQUATE, INADEQUATE]),
    years=np.array([NOT, 2.0, 8.0, 1.0, NOT, NOT]),
    seen_years=np.array([NOT, 2.0, 8.0, 1.0, 4.0, 2.0]),
    previous_grade=np.array([0, GOOD, GOOD, INADEQUATE, 0, 0]),
    previous_years=np.array([NOT, 6.0, 12.0, 2.5, NOT, NOT]),
)
"""Never seen; outstanding; good and long overdue; failed twice in a row; failed, but nobody knows what came of it."""


@pytest.fixture
def begun():
    system = Little(schools={"id": np.arange(6)})
    return with_history(system, HISTORY, *DRAWN, Draws(1, "start", 0))


def test_a_school_with_a_history_begins_with_it_and_any_other_as_drawn(begun):
    grade, visit, _ = begun
    assert grade.tolist()[:4] == [GOOD, OUTSTANDING, GOOD, INADEQUATE]
    assert visit[[0, 1, 3]].tolist() == [-2.5, -2.0, -1.0]


def test_a_school_that_would_be_overdue_has_its_place_in_the_calendar(begun):
    interval = 4.5
    assert -interval < begun[1][2] < 0


def test_a_stay_in_special_measures_began_with_the_first_failure_in_a_row(begun):
    since = begun[2]
    assert since[3] == -2.5
    assert np.isnan(since[:3]).all()


def test_who_failed_in_the_schools_file_only_is_still_there_when_that_is_recent(begun):
    grade, _, since = begun
    assert (grade[4], grade[5]) == (REQUIRES_IMPROVEMENT, INADEQUATE)
    assert np.isnan(since[4]) and since[5] == -2.0


@pytest.fixture(scope="module")
def salford():
    return Session(plan(place="salford", halo="none"), seed=1)


def test_salford_starts_from_what_inspectors_found_there(salford):
    schools, history = salford.system.schools, history_of(salford.system.place)
    known = (history.grade > 0) & np.isfinite(history.years)
    assert known.mean() > 0.7
    assert (schools.inspection_grade == history.grade)[known].all()
    assert (schools.in_measures == (schools.inspection_grade == INADEQUATE)).all()
    assert (np.isfinite(schools.measures_since) == schools.in_measures).all()


def test_the_first_year_sees_no_more_visits_than_a_year_of_the_calendar(salford):
    session, visits = salford.fork(), []
    session.system.witnesses.append(lambda what, ids: visits.extend(ids) if what == "inspected" else None)
    session.step(3)
    assert 0.08 < len(visits) / len(session.system.schools) < 0.40


def test_without_special_measures_nobody_is_in_them():
    session = Session(plan(place="salford", halo="none", mechanisms={"M47": False}), seed=1)
    assert not session.system.schools.in_measures.any()
    assert (session.system.schools.inspection_grade == INADEQUATE).any()
