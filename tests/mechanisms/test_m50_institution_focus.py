"""M50, a process: teachers of schools judged alone learn less from others, those reviewed by peers more."""

import pytest

from tests.mechanisms.on_and_off import STILL, at_end, each, settings, sure

PRESSED = {"accountability.pressure": 2.0}
REVIEWED = {"inspection.review_days": 6}
YEARS, SEEDS = 3, (1, 2, 3)
TOGETHER = {"inspection.weight_raw": 0, "inspection.weight_value_added": 0, "inspection.weight_breadth": 0,
            "inspection.weight_system": 1.0}  # fmt: skip


def practice(session):
    """What teachers have learnt: one process on from how much is shared."""
    return session.system.teachers.practice.mean()


def lessons(session):
    """What classes gain: two processes on."""
    return session.system.classes.teaching_effect.mean()


def difference(measure, levers, parameters=None):
    on, off = (settings(*STILL, *less, levers=levers, parameters=parameters) for less in ((), ("M50",)))
    return each(measure, on, YEARS, SEEDS) - each(measure, off, YEARS, SEEDS)


@pytest.mark.parametrize("measure", [practice, lessons])
def test_pressed_schools_judged_one_by_one_learn_less(measure):
    assert sure(difference(measure, PRESSED)) < -2


@pytest.mark.parametrize("measure", [practice, lessons])
def test_schools_reviewed_by_peers_learn_more(measure):
    assert sure(difference(measure, REVIEWED)) > 2


def test_and_so_do_schools_judged_together_whatever_the_pressure():
    assert sure(difference(practice, PRESSED | TOGETHER)) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_both_hold_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "insularity")
    assert sure(difference(practice, PRESSED, ends)) < -2
    assert sure(difference(practice, REVIEWED, ends)) > 2
