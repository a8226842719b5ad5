"""M43, a pattern: choice and places part the poor from others more than streets do, and stop with their processes."""

import numpy as np
import pytest

from schoolsim.mechanisms import mechanisms
from schoolsim.rules import grouping
from schoolsim.schedule import SCHEDULE
from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.on_and_off import each, outcome, settings, sure

YEARS, SEEDS, MORE_SEEDS = 6, tuple(range(1, 9)), tuple(range(1, 13))
PHASES = ("primary", "secondary")


def segregation(phase):
    return lambda session: outcome(session, "dissimilarity", phase=phase)


def further_behind(session):
    """How much larger the share of poor pupils is in the third of primary schools whose pupils know least than in
    the third where they know most: that comes of learning, terms after the places were given."""
    system = session.system
    rows = np.flatnonzero(system.schools.phase == 0)
    level, poor = (
        grouping.means(values.astype(float), system.pupils.school, len(system.schools))[rows]
        for values in (system.pupils.attainment[:, :3].mean(axis=1), system.pupils.fsm6)
    )
    third = np.argsort(np.argsort(level)) * 3 // len(rows)
    return poor[third == 0].mean() - poor[third == 2].mean()


def lasting(measure, *off, seeds=SEEDS):
    return each(measure, settings(*off), YEARS, seeds)


def test_it_has_no_process_of_its_own_and_names_two_mechanisms():
    assert mechanisms()["M43"].kind == "pattern"
    assert not [process for process in SCHEDULE if "M43" in process.mechanisms]
    assert plan(mechanisms={"M43": False}).off == {"M43", "M36", "M37"}


@pytest.mark.parametrize("phase", PHASES)
def test_schools_are_more_segregated_than_the_nearest_schools_would_be(phase):
    """Read without moves in mid-year (M07), which carry children to places left empty, in either world."""
    assert sure(lasting(segregation(phase), "M07") - lasting(segregation(phase), "M07", "M43")) > 2


def test_the_lowest_schools_have_more_of_the_poor_with_it():
    with_it, without = (lasting(further_behind, *off, seeds=MORE_SEEDS) for off in ((), ("M43",)))
    assert sure(with_it - without) > 2


def test_what_is_left_without_it_is_how_homes_lie_apart():
    for phase in PHASES:
        assert lasting(segregation(phase), "M43").mean() > 0.1


def test_to_switch_it_off_is_to_switch_off_what_it_names():
    switches = {"M43": False}, {"M36": False, "M37": False}
    one, other = (Session(plan(years=1, mechanisms=off)).run().observe().metrics for off in switches)
    assert one.equals(other)
