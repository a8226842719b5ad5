"""M21, a process: what comes on top thins out what teachers learn, unless something is given up, and pupils show it."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import AS_SHIPPED, STILL, at_end, each, outcome, settings, sure, worlds

NEW, GIVEN_UP = "priorities.new_initiatives", "priorities.abandoned_share"
YEARS, SEEDS = 2, (1, 2, 3)
MUCH = {NEW: 4}


def level(session):
    return outcome(session, "attainment", stage=16, group="all", basis="true")


def run(*off, levers=None, parameters=None):
    return each(level, settings(*off, levers=levers, parameters=parameters), YEARS, SEEDS)


def test_pupils_know_less_where_schools_have_taken_on_much():
    assert sure(run(levers=MUCH) - run()) < -2


def test_they_know_less_with_it_than_where_everything_gets_its_hours():
    assert sure(run() - run("M21")) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "priorities", turned=("ending",))
    with_it, without = (run(*STILL, *off, levers=MUCH, parameters=ends) for off in ((), ("M21",)))
    assert sure(with_it - without) < -2


def test_giving_things_up_gives_part_of_it_back():
    assert sure(run(levers=MUCH | {GIVEN_UP: 0.7}) - run(levers=MUCH)) > 2


def test_what_is_taken_on_costs_nothing_without_it():
    assert (run("M21", levers=MUCH) == run("M21")).all()


def test_under_the_status_quo_as_much_ends_as_begins():
    running = np.mean([world.system.schools.initiatives.mean() for world in worlds(AS_SHIPPED, YEARS, SEEDS)])
    assert running == pytest.approx(1 / 0.33, rel=0.15)
