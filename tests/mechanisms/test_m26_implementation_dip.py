"""M26, a process: heads who turn everything around cost their pupils, less so where staff are coached."""

import numpy as np
import pytest

from schoolsim.rules.leading import ACTIVITIES
from tests.mechanisms.heads import apart, learnt, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

COACHED = {"professional_learning.together_hours": 30}


def turning(picture):
    """Other things every year."""
    return np.roll(np.eye(len(ACTIVITIES))[np.zeros(len(picture), int)], 3 * int(picture.years[0]), axis=1) + 0.2


RULE = other(energy=turning)
AGREEING = {"standard_practice.share": 0.6}


def found(**more):
    """Months that pupils of such heads lose by it against others [seeds]."""
    return np.array([apart(learnt(*pair)) for pair in pairs("M26", RULE, **more)])


def test_pupils_of_heads_who_turn_everything_around_know_less():
    assert sure(found()) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    assert sure(found(parameters=at_end(end, "upheaval", turned=("settling", "coaching")))) < -2


def test_coaching_shortens_it():
    assert sure(found(levers=COACHED) - found()) > 2


def test_what_is_newly_agreed_on_costs_first():
    first = [learnt(*pair).mean() for pair in pairs("M26", levers=AGREEING, years=2)]
    before = [learnt(*pair).mean() for pair in pairs("M26", years=2)]
    assert sure(np.subtract(first, before)) < -2


def test_and_then_it_costs_less_and_less():
    def cost(years):
        return np.mean([on.system.schools.upheaval_cost.mean() for on, _ in pairs("M26", levers=AGREEING, years=years)])

    assert cost(2) > cost(7)
