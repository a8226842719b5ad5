"""M49, a process: what is put up for a visit is graded better than what is there."""

import pytest

from tests.mechanisms.on_and_off import STILL, at_end, each, settings, sure

WARNED = {"inspection.notice": 10, "inspection.interval": 2}
YEARS, SEEDS = 3, (1, 2, 3, 4, 5, 6, 7, 8)


def grade(session):
    """Mean grade, the lower the better: one process on from what is put up."""
    return session.system.schools.inspection_grade.mean()


def practice(session):
    """What teachers have learnt: two processes on, by the hours that go."""
    return session.system.teachers.practice.mean()


def difference(measure, parameters=None):
    on, off = (settings(*STILL, *less, levers=WARNED, parameters=parameters) for less in ((), ("M49",)))
    return each(measure, on, YEARS, SEEDS) - each(measure, off, YEARS, SEEDS)


def test_grades_are_better():
    found = difference(grade)
    assert found.mean() < -0.02
    assert sure(found) < -2


def test_and_teachers_learn_less_since_the_hours_go_elsewhere():
    assert sure(difference(practice)) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_both_hold_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "window_dressing")
    assert sure(difference(grade, ends)) < -2
    assert sure(difference(practice, ends)) < -2


def test_notice_is_what_it_lives_on():
    told, not_told = (each(lambda session: session.system.schools.dressing.mean(),
                           settings(levers=WARNED | {"inspection.notice": weeks}), YEARS, SEEDS)
                      for weeks in (10, 0))  # fmt: skip
    assert (told > 1.5 * not_told).all()
