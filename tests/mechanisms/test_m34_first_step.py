"""M34, a process: where staff have stopped believing, nothing that a head does takes hold until something is won."""

import numpy as np
import pytest

from schoolsim.rules.leading import ACCEPTANCE, ADVOCACY, APPLICATION
from tests.mechanisms.heads import apart, learnt, only, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

EVERY_SECOND = slice(None, None, 2)
STRONG = other(slice(None), energy=only(ADVOCACY, APPLICATION))
FIRST_STEPS = other(slice(None), energy=only(ACCEPTANCE, ADVOCACY, APPLICATION))
LOST = -6.0


def helpless(world):
    """Every second school starts without belief."""
    schools = world.system.schools
    with schools.opened_for("staff_belief"):
        schools.staff_belief[EVERY_SECOND] = LOST
        schools.moving[EVERY_SECOND] = 0.1
    return world


def found(rule=STRONG, **more):
    pairs_ = pairs("M34", rule, prepare=helpless, **more)
    return np.array([apart(learnt(*pair)) for pair in pairs_])


def test_pupils_of_helpless_schools_have_nothing_of_a_strong_head():
    assert sure(found()) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_so_it_is_at_both_ends_of_its_parameters(end):
    assert sure(found(parameters=at_end(end, "staff_belief", turned=("keeps",)))) < -2


def test_a_head_who_works_for_a_first_win_gets_the_school_moving():
    still, moving = (np.array([apart(on.system.schools.moving) for on, _ in pairs("M34", rule, prepare=helpless)])
                     for rule in (STRONG, FIRST_STEPS))  # fmt: skip
    assert sure(moving - still) > 2


def test_without_it_every_school_moves():
    for _, off in pairs("M34", STRONG, prepare=helpless):
        assert (off.system.schools.moving == 1).all()
