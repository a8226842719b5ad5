"""M24, a process: the gap that heads look for narrows, and the one that nobody analyses does not."""

import numpy as np
import pytest

from schoolsim.rules.leading import NOBODY, TARGETS
from tests.mechanisms.heads import apart, led_worlds, only, other, pairs
from tests.mechanisms.on_and_off import AS_SHIPPED, at_end, gained, sure

LOOKED_FOR, NOT = other(target=TARGETS.index("disadvantaged pupils")), other(target=NOBODY)


def narrowed(on, off):
    """Months by which poor pupils of each school gain on the others with the mechanism against without [J]."""
    gain, pupils = gained(on, off), on.system.pupils
    rows = [(pupils.school == school) for school in range(len(on.system.schools))]
    return np.array([gain[mine & pupils.fsm6].mean() - gain[mine & ~pupils.fsm6].mean() for mine in rows])


def test_the_gap_that_heads_look_for_narrows():
    found = np.array([apart(narrowed(*pair)) for pair in pairs("M24", LOOKED_FOR)])
    assert sure(found) > 2
    assert found.mean() < 1.5


def test_a_gap_that_nobody_looks_for_is_left():
    looked, left = (np.array([apart(narrowed(*pair)) for pair in pairs("M24", rule)]) for rule in (LOOKED_FOR, NOT))
    assert sure(looked - left) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["low", "high"])
def test_it_narrows_at_both_ends_of_its_parameter(end):
    found = pairs("M24", LOOKED_FOR, parameters=at_end(end, "targets"))
    assert sure(np.array([apart(narrowed(*pair)) for pair in found])) > 2


def test_heads_who_analyse_nothing_find_no_gap():
    worlds = led_worlds(AS_SHIPPED, other(slice(None), energy=only(1, 2, 7)), years=2)
    assert all((world.system.heads.target == NOBODY).all() for world in worlds)


def test_others_in_the_school_pay_for_it():
    for on, off in pairs("M24", LOOKED_FOR):
        gain, pupils = gained(on, off), on.system.pupils
        assert gain[~pupils.fsm6 & (pupils.school % 2 == 0)].mean() < 0
