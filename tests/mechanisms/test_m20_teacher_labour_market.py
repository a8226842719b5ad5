"""M20, a process: schools look different to those who might teach there, and get different people."""

from functools import cache

import numpy as np
import pytest

from schoolsim.people.rolls import share_by_school
from tests.little import Little
from tests.mechanisms.on_and_off import AS_SHIPPED, at_end, each, settings, sure, worlds

OFF = settings("M20")
SEEDS = (1, 2, 3, 4, 5, 6)
MARKETS = tuple(range(1, 25))
"""More of them, since a market costs little and the low end of all its parameters shows little."""
NAMES = ("labour_market", "workforce", "experience")


def poverty(system):
    """Share of disadvantaged pupils where each teacher works, and who teaches in a secondary school."""
    shares = share_by_school(system.pupils.school, system.pupils.fsm6, len(system.schools))
    return shares[system.teachers.school], system.teachers.subject >= 0


def by_poverty(measure):
    """The slope on poverty, between secondary schools, of what a system's teachers have."""

    def slope(system):
        poor, secondary = poverty(system)
        return np.polyfit(poor[secondary], measure(system)[secondary], 1)[0]

    return slope


quality = by_poverty(lambda system: system.teachers.quality)
early = by_poverty(lambda system: system.teachers.experience < 5)
lessons = by_poverty(lambda system: system.classes.teaching_effect)

SCHOOLS, AUTUMNS, PUPILS = 240, 12, 20
ROLL = np.tile(np.where(np.arange(12) >= 7, 140, 0), (SCHOOLS, 1))


@cache
def market(seed, off=(), parameters=()):
    """A nation of secondary schools after some autumns of the market and nothing else, each teacher with one class.

    None to two thirds of a school's pupils are poor; the poorer it is, the lower its reputation, but for luck.
    """
    rank = np.arange(SCHOOLS) / SCHOOLS
    school, seat = np.divmod(np.arange(SCHOOLS * PUPILS), PUPILS)
    luck = np.sqrt(2) * np.sin(7.0 * np.arange(SCHOOLS) ** 1.5)
    system = Little(
        seed=seed, off=off, elapsed=0,
        pupils={"id": np.arange(len(school)), "school": school, "year_group": 8 + 0 * school,
                "fsm6": seat < PUPILS * rank[school] * 2 / 3},
        schools={"id": np.arange(SCHOOLS), "phase": np.ones(SCHOOLS), "reputation": 1.7 * (0.5 - rank) + 0.8 * luck},
    )  # fmt: skip
    system.state.staffed_for = ROLL
    for path, value in parameters:
        process, name = path.split(".")
        system.values[process][name] = value
    for year in range(AUTUMNS):
        system.state.elapsed = system.elapsed = year
        system.lives("labour_market", "workforce", "experience")
    teachers = system.teachers
    of_each = {"school": teachers.school, "subject": teachers.subject, "teacher": np.arange(len(teachers))}
    system.classes.append({"id": teachers.id} | of_each)
    return system.lives("teaching")


def difference(measure, parameters=()):
    """On against off, on the same draws [seeds]."""
    return np.array([measure(market(seed, (), parameters)) - measure(market(seed, OFF[0])) for seed in MARKETS])


def test_teachers_of_poor_schools_are_of_lower_quality_with_it():
    found = difference(quality)
    assert -0.8 < found.mean() < -0.2
    assert sure(found) < -2


def test_more_of_them_are_in_their_first_years():
    found = difference(early)
    assert 0.05 < found.mean() < 0.4
    assert sure(found) > 2


def test_their_lessons_add_less():
    found = difference(lessons)
    assert -0.08 < found.mean() < -0.02
    assert sure(found) < -2


@pytest.mark.parametrize("measure", [quality, lessons], ids=["quality", "lessons"])
@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_it_does_so_at_both_ends_of_its_parameters(end, measure):
    found = difference(measure, settings(parameters=at_end(end, *NAMES))[1])
    assert found.mean() < 0
    assert sure(found) < -2


def test_it_does_so_in_whole_worlds_too():
    on, off = (each(lambda session: quality(session.system), asked, seeds=SEEDS) for asked in (AS_SHIPPED, OFF))
    assert (on - off).mean() < -0.1


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
