"""M25, a process: being told pays early in a crisis; sharing leadership pays where staff have learnt to lead."""

import numpy as np
import pytest

from tests.little import write
from tests.mechanisms.heads import apart, learnt, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

MANY = tuple(range(1, 9))
DIRECTIVE, DISTRIBUTED = other(style=0.0), other(style=1.0)


def crisis(world):
    """Staff who cannot lead themselves, in all schools."""
    write(world.system.schools, "staff_capacity", 0.05)
    return world


def found(rule, **more):
    """Months that pupils of schools led by a rule know more by it, against the others' [seeds]."""
    return np.array([apart(learnt(*pair)) for pair in pairs("M25", rule, **more)])


def test_in_a_crisis_a_directive_head_brings_more_about_within_two_years():
    assert sure(found(DIRECTIVE, years=2, prepare=crisis) - found(DISTRIBUTED, years=2, prepare=crisis)) > 2


def test_kept_up_for_long_sharing_pays_more():
    assert sure(found(DISTRIBUTED, years=7) - found(DIRECTIVE, years=7)) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_both_hold_at_both_ends_of_its_parameters(end):
    parameters = at_end(end, "staff_capacity")
    early = [found(rule, years=3, prepare=crisis, parameters=parameters) for rule in (DIRECTIVE, DISTRIBUTED)]
    late = [found(rule, years=9, seeds=MANY, parameters=parameters) for rule in (DISTRIBUTED, DIRECTIVE)]
    assert sure(early[0] - early[1]) > 2
    assert sure(late[0] - late[1]) > 2


def test_staff_told_what_to_do_for_long_come_to_wait_for_the_head():
    for rule, more in ((DIRECTIVE, -1), (DISTRIBUTED, 1)):
        for on, _ in pairs("M25", rule, years=7):
            assert more * apart(on.system.schools.staff_capacity) > 0.2
