"""M33, a process: leaders in the corridors calm a school at once, at the price of their time and of staff who wait."""

import numpy as np
import pytest

from tests.mechanisms.heads import apart, by_school, learnt, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

SEEN, UNSEEN = other(corridors=0.3), other(corridors=0.0)


def calmer(years, **more):
    """How many fewer pupils disrupt lessons by it where heads are in the corridors [seeds], as a share."""
    found = pairs("M33", SEEN, years=years, **more)
    return -np.array([apart(disrupting(on) - disrupting(off)) for on, off in found])


def disrupting(world):
    return by_school(world.system, world.system.pupils.disruptive)


def test_fewer_pupils_disrupt_lessons_in_the_first_year_already():
    assert sure(calmer(1)) > 2


def test_pupils_know_more_by_it():
    assert sure(np.array([apart(learnt(*pair)) for pair in pairs("M33", SEEN)])) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["low", "high"])
def test_both_hold_at_both_ends_of_its_parameter(end):
    parameters = at_end(end, "visibility")
    assert sure(calmer(1, parameters=parameters)) > 2
    assert sure(np.array([apart(learnt(*pair)) for pair in pairs("M33", SEEN, parameters=parameters)])) > 2


def test_it_costs_time_and_staff_who_lead_themselves():
    for (seen, _), (unseen, _) in zip(pairs("M33", SEEN), pairs("M33", UNSEEN), strict=True):
        assert apart(seen.system.heads.energy_on.sum(axis=1)) < apart(unseen.system.heads.energy_on.sum(axis=1))
        assert apart(seen.system.schools.staff_capacity) < apart(unseen.system.schools.staff_capacity)
