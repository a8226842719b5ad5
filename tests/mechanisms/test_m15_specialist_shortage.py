"""M15, a process: for some posts no specialist applies; their classes are covered, or taught by others, and lose."""

import numpy as np
import pytest

from schoolsim.people.rolls import share_by_school
from tests.mechanisms.on_and_off import AS_SHIPPED, at_end, each, settings, sure, worlds

OFF = settings("M15")
SEEDS = (1, 2, 3, 4, 5, 6)
FREE = ("workforce.short_factor", "cover.cover_loss", "cover.outside_loss")


def ends(end):
    both = at_end(end, "workforce", "cover")
    return settings(parameters={name: both[name] for name in FREE})


def older(session):
    """Seats [n, 8], subject by subject, of pupils of years 9 to 11: they have had their subjects for some years."""
    pupils = session.system.pupils
    rows = np.flatnonzero((pupils.year_group >= 9) & (pupils.class_group[:, 0] >= 0))
    return rows, pupils.class_group[rows]


def without_specialist(session):
    """Whether a class has no teacher trained for its subject [k]."""
    classes, teachers = session.system.classes, session.system.teachers
    return (classes.teacher < 0) | ~teachers.specialist[classes.teacher]


def learnt_less(session):
    """Months in which pupils with no specialist now lie behind their other subjects, two processes downstream.

    Departments keep their people for years, so today's shortage tells of yesterday's.
    """
    rows, seats = older(session)
    short = without_specialist(session)[seats]
    months = session.system.pupils.attainment[rows]
    own = months - months.mean(axis=1, keepdims=True)
    own -= own.mean(axis=0)
    return own[~short].mean() - own[short].mean() if short.any() else 0.0


def lost_by_poverty(session):
    """What lessons lose in a year for want of specialists, by the poverty of the school (a slope)."""
    system = session.system
    poor = share_by_school(system.pupils.school, system.pupils.fsm6, len(system.schools))[system.classes.school]
    taught = system.classes.subject >= 0
    return -np.polyfit(poor[taught], system.classes.cover_effect[taught], 1)[0]


def difference(measure, on=AS_SHIPPED):
    return each(measure, on, seeds=SEEDS) - each(measure, OFF, seeds=SEEDS)


def test_pupils_learn_less_in_the_subjects_in_which_they_have_no_specialist():
    found = difference(learnt_less)
    assert 0.1 < found.mean() < 3
    assert sure(found) > 2


def test_it_is_worst_where_pupils_are_poor():
    found = difference(lost_by_poverty)
    assert found.mean() > 0.002
    assert sure(found) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_it_does_so_at_both_ends_of_its_parameters(end):
    found = difference(lost_by_poverty, ends(end))
    assert found.mean() > 0
    assert sure(found) > 2


def test_about_one_post_in_a_hundred_is_vacant():
    def vacant(session):
        posts = session.system.schools.vacant_posts.sum()
        return posts / (posts + len(session.system.teachers))

    assert each(vacant, seeds=SEEDS).mean() == pytest.approx(0.0085, abs=0.004)


def test_schools_of_the_lowest_standing_have_several_times_the_vacancies_of_the_highest():
    def vacant(lowest):
        def posts(session):
            schools = session.system.schools
            order = np.argsort(np.where(schools.phase == 1, schools.appeal, np.nan))[: (schools.phase == 1).sum()]
            chosen = order[: len(order) // 2] if lowest else order[len(order) // 2 :]
            return schools.vacant_posts[chosen].sum()

        return posts

    assert each(vacant(True), seeds=SEEDS).sum() > 1.5 * each(vacant(False), seeds=SEEDS).sum()


def test_without_it_every_post_has_its_specialist():
    for session in worlds(OFF, seeds=SEEDS):
        assert session.system.schools.vacant_posts.sum() == 0
        assert session.system.teachers.specialist.all()
        assert (session.system.classes.cover_effect == 0).all()
        assert (session.system.classes.teacher >= 0).all()


def test_the_nations_lessons_lose_nothing_on_the_whole():
    assert each(lambda session: session.system.classes.cover_effect.mean(), seeds=SEEDS).mean() == pytest.approx(
        0, abs=0.001
    )
