"""M51, a process: families and applicants stay away from a school that was found inadequate."""

import numpy as np
import pytest

from tests.mechanisms.inspected import SEEDS, STRICT, YEARS, apart_in_failed, by_school
from tests.mechanisms.on_and_off import at_end, each, settings, sure, worlds

OFF = "M51"
MORE_SEEDS = tuple(range(1, 13))
ENDS = {"stigma.living_down", "choice.stigma_weight", "alignment.stigma_push", "labour_market.stigma_push"}


def ends(end):
    moved = at_end(end, "stigma", "choice", "alignment", "labour_market")
    return {path: value for path, value in moved.items() if path in ENDS}


def wanted(session):
    """First preferences for each place of the first year group, by school: one process on."""
    system = session.system
    asked = system.pupils.first_preference
    first = system.schools.first_year
    entrants = (asked >= 0) & (system.pupils.year_group == first[np.maximum(asked, 0)])
    places = system.schools.places[np.arange(len(first)), first]
    return np.bincount(asked[entrants], minlength=len(first)) / np.maximum(places, 1)


def taking_part(session):
    """Share of lesson time in which pupils take part: two processes on, by what parents think of the school."""
    return by_school(session, "pupils", lambda pupils: pupils.participation)


def test_fewer_families_ask_for_it():
    found = apart_in_failed(wanted, OFF)
    assert found.mean() < -0.005
    assert sure(found) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    assert sure(apart_in_failed(wanted, OFF, parameters=ends(end), seeds=MORE_SEEDS)) < -2


def test_pupils_whose_parents_lose_confidence_take_part_less():
    found = apart_in_failed(taking_part, OFF, still=("M20", "M36", "M38"))
    assert found.mean() < 0
    assert sure(found) < -2


def test_where_grades_are_not_published_nobody_stays_away():
    hidden = {"inspection.published": False}
    for session in worlds(settings(levers=STRICT | hidden), YEARS, SEEDS):
        assert (np.abs(session.system.schools.stigma) < 0.4).all()


def test_the_nation_is_spoken_of_as_usual():
    found = each(lambda session: session.system.schools.stigma.mean(), settings(), YEARS, SEEDS)
    assert found.mean() == pytest.approx(0, abs=0.06)
