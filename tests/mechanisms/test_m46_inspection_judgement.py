"""M46, a process: what inspectors find reaches teachers, by way of what follows from it."""

import numpy as np
import pytest

from tests.mechanisms.inspected import SEEDS, STRICT, YEARS, apart_in_failed, morale
from tests.mechanisms.on_and_off import at_end, each, settings, sure

OFF = "M46"
MANY = tuple(range(1, 31))


def test_teachers_of_schools_that_inspectors_fail_lose_heart():
    """Two processes downstream: grades, special measures, morale."""
    found = apart_in_failed(morale, OFF)
    assert found.mean() < -0.02
    assert sure(found) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    found = apart_in_failed(morale, OFF, parameters=at_end(end, "inspection"))
    assert sure(found) < -2


def grade(session):
    return session.system.schools.inspection_grade.mean()


def poverty_slope(session):
    """How much worse the grade of a primary school is for more poor pupils."""
    system = session.system
    rows = np.flatnonzero(system.schools.phase == 0)
    return np.polyfit(system.place.schools["fsm6_share"].to_numpy()[rows], system.schools.inspection_grade[rows], 1)[0]


def test_raw_results_find_failure_where_the_intake_is_poor():
    framework = {"inspection.weight_raw": 2, "inspection.weight_value_added": 0}
    assert sure(each(poverty_slope, settings(levers=STRICT | framework), YEARS, MANY)) > 2


def test_pressure_comes_before_the_visit_and_goes_after_it():
    def strained(session):
        schools = session.system.schools
        return np.corrcoef(schools.visit_pressure, schools.visit_due)[0, 1]

    assert (each(strained, settings(), 1, SEEDS) < -0.3).all()


def test_without_it_nobody_is_visited_and_nobody_fails():
    for session_grade in each(grade, settings(OFF, levers=STRICT), YEARS, SEEDS):
        assert session_grade == 0


def test_the_nations_pressure_is_what_it_is_used_to_be():
    def visits(session):
        return session.system.schools.visit_pressure.mean()

    assert each(visits, settings(), YEARS, SEEDS).mean() == pytest.approx(0, abs=0.03)
