"""M34, a process: where staff have stopped believing, nothing that a head does takes hold until something is won."""

import numpy as np
import pytest

from schoolsim.rules.leading import ACCEPTANCE, AREA_FOCUS
from tests.mechanisms.heads import able_heads, apart, learnt, only, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

EVERY_SECOND = slice(None, None, 2)
NO_STEPS, FIRST_STEPS = (other(slice(None), energy=only(activity)) for activity in (AREA_FOCUS, ACCEPTANCE))
LOST = -6.0


def helpless(world):
    """Able heads everywhere, and every second school without belief."""
    schools = able_heads(world).system.schools
    with schools.opened_for("staff_belief"):
        schools.staff_belief[EVERY_SECOND] = LOST
        schools.moving[EVERY_SECOND] = 0.1
    return world


def found(**more):
    return np.array([apart(learnt(*pair)) for pair in pairs("M34", prepare=helpless, **more)])


def test_pupils_of_helpless_schools_have_nothing_of_a_strong_head():
    assert sure(found()) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_so_it_is_at_both_ends_of_its_parameters(end):
    assert sure(found(parameters=at_end(end, "staff_belief", turned=("keeps",)))) < -2


def test_a_head_who_works_for_a_first_win_gets_the_school_moving():
    still, moving = (np.array([apart(on.system.schools.moving) for on, _ in pairs("M34", rule, prepare=helpless)])
                     for rule in (NO_STEPS, FIRST_STEPS))  # fmt: skip
    assert sure(moving - still) > 2


def test_without_it_every_school_moves():
    for _, off in pairs("M34", prepare=helpless):
        assert (off.system.schools.moving == 1).all()
