"""M47, a process: results of schools that failed rise fast, weak lessons get better, and teachers lose heart."""

import numpy as np
import pytest

from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.inspected import SEEDS, STRICT, YEARS, apart_in_failed, by_school, morale
from tests.mechanisms.on_and_off import STILL, TOWN, at_end, settings, sure, worlds

OFF = "M47"
ENDS = ("special_measures",)


def shown(session):
    """Months that tests at 11 show beyond what pupils know, by primary school: two processes on from prescription."""
    def beyond(pupils):
        year = pupils.year_group == 6
        return np.where(year, pupils.measured_11.mean(axis=1) - pupils.attainment[:, :3].mean(axis=1), 0.0)

    return by_school(session, "pupils", beyond)


def weakest(session):
    """What classes of the weaker half of a school's teachers gain: one process on from prescribed practice."""
    teachers = session.system.teachers
    return by_school(session, "teachers", lambda people: np.where(people.practice < 0, teachers.standard_effect, 0.0))


def test_teachers_lose_heart():
    found = apart_in_failed(morale, OFF)
    assert -0.5 < found.mean() < -0.02
    assert sure(found) < -2


def test_and_tests_soon_show_more_than_pupils_know():
    found = apart_in_failed(shown, OFF, still=STILL)
    assert found.mean() > 0
    assert sure(found) > 2


def test_and_weak_lessons_get_better():
    found = apart_in_failed(weakest, OFF, still=STILL)
    assert sure(found) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
@pytest.mark.parametrize(("measure", "sign"), [(morale, -1), (shown, 1)], ids=["morale", "shown"])
def test_both_hold_at_both_ends_of_its_parameters(end, measure, sign):
    found = apart_in_failed(measure, OFF, parameters=at_end(end, *ENDS), still=STILL)
    assert sign * sure(found) > 2


def still_in(hours, seed):
    """Share of the schools that failed under a high bar which are in the category two years on, under a low one."""
    bar = [{"path": "inspection.bar", "value": 1.0, "from": 1, "until": 2},
           {"path": "inspection.bar", "value": -1.0, "from": 3}]  # fmt: skip
    levers = {"inspection.support_hours": hours, "inspection.interval": 1}
    session = Session(plan(place=TOWN, years=4, settling_years=0, levers=levers, changes=bar), seed=seed).run_to(2)
    failed = session.system.schools.in_measures.copy()
    return session.run().system.schools.in_measures[failed].mean()


def test_support_brings_schools_out_sooner():
    none, much = (np.array([still_in(hours, seed) for seed in SEEDS]) for hours in (0, 40))
    assert sure(none - much) > 2


def test_without_it_no_school_is_in_a_category_and_no_trust_is_lost():
    for session in worlds(settings(OFF, levers=STRICT), YEARS, SEEDS):
        schools = session.system.schools
        assert not schools.in_measures.any()
        assert (schools.trust_lost == 0).all() and (schools.prescribed == 0).all()
