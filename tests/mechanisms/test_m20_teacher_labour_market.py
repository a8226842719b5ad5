"""M20, a process: schools look different to those who might teach there, and get different people."""

import numpy as np
import pytest

from schoolsim.people.rolls import share_by_school
from tests.mechanisms.on_and_off import AS_SHIPPED, at_end, each, settings, sure, worlds

OFF = settings("M20")
SEEDS = (1, 2, 3, 4, 5, 6)


def ends(end):
    return settings(parameters=at_end(end, "labour_market", "workforce", "experience"))


def poverty(system):
    """Share of disadvantaged pupils where each teacher works, and who teaches in a secondary school."""
    shares = share_by_school(system.pupils.school, system.pupils.fsm6, len(system.schools))
    return shares[system.teachers.school], system.teachers.subject >= 0


def by_poverty(measure):
    """The slope on poverty, between secondary schools, of what a system's teachers have."""

    def slope(session):
        poor, secondary = poverty(session.system)
        return np.polyfit(poor[secondary], measure(session.system)[secondary], 1)[0]

    return slope


quality = by_poverty(lambda system: system.teachers.quality)
early = by_poverty(lambda system: system.teachers.experience < 5)


def lesson_gap(session):
    """How much less the lessons of disadvantaged secondary pupils add in a year: two processes downstream."""
    pupils, effect = session.system.pupils, np.append(session.system.classes.teaching_effect, np.nan)
    older = pupils.year_group >= 7
    lessons = np.nanmean(effect[pupils.class_group[older]], axis=1)
    poor = pupils.fsm6[older]
    return lessons[~poor].mean() - lessons[poor].mean()


def difference(measure, on=AS_SHIPPED):
    return each(measure, on, seeds=SEEDS) - each(measure, OFF, seeds=SEEDS)


def test_teachers_of_poor_schools_are_of_lower_quality_with_it():
    found = difference(quality)
    assert found.mean() < -0.4
    assert sure(found) < -2


def test_more_of_them_are_in_their_first_years():
    found = difference(early)
    assert found.mean() > 0.05
    assert sure(found) > 2


def test_it_costs_disadvantaged_pupils_part_of_what_lessons_add():
    found = difference(lesson_gap)
    assert 0.001 < found.mean() < 0.02
    assert sure(found) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_it_does_so_at_both_ends_of_its_parameters(end):
    found = difference(quality, ends(end))
    assert found.mean() < 0
    assert sure(found) < -2


def test_without_it_all_schools_look_alike_and_years_say_nothing():
    for session in worlds(OFF, seeds=SEEDS):
        assert (session.system.schools.appeal == 0).all()
        assert (session.system.teachers.leaving_factor == 1).all()
        assert (session.system.teachers.experience_effect == 0).all()


@pytest.mark.parametrize("asked", [AS_SHIPPED, OFF], ids=["on", "off"])
def test_the_nations_teachers_stay_as_good_and_as_different_as_they_were(asked):
    good = [session.system.teachers.quality for session in worlds(asked, seeds=SEEDS)]
    assert np.mean([own.mean() for own in good]) == pytest.approx(0, abs=0.06)
    assert np.mean([own.std() for own in good]) == pytest.approx(1, abs=0.03)
