"""M37, a process: places are limited; without it the schools asked for overflow, and staff follow the pupils."""

import numpy as np
import pytest

from schoolsim.people.rolls import roll_by_year_group
from tests.mechanisms.on_and_off import at_end, each, settings, sure

OFF = ("M37",)
YEARS, SEEDS = 6, tuple(range(1, 13))
CORNERS = {
    "modes": None,
    "families tied to the street": at_end(0, "choice", turned=("distance_factor",)),
    "families free to roam": at_end(1, "choice", turned=("distance_factor",)),
}
"""How far demand strays from places is decided by choice; covert selection bears on who gets in, not on how many."""


def both(measure, parameters=None):
    on, off = settings(parameters=parameters), settings(*OFF, parameters=parameters)
    return each(measure, on, YEARS, SEEDS), each(measure, off, YEARS, SEEDS)


def fullest(session):
    """The largest roll over places of any year group of any school."""
    system = session.system
    roll = roll_by_year_group(system.pupils.school, system.pupils.year_group, len(system.schools))
    return (roll / np.maximum(system.schools.places, 1)).max()


def spread_of(people):
    """SD between secondaries of how many teachers, or classes, they have a place: two processes downstream."""

    def measure(session):
        system = session.system
        schools = np.flatnonzero(system.schools.phase == 1)
        count = np.bincount(system.tables[people].school, minlength=schools[-1] + 1)[schools]
        return (count / system.schools.places[schools].sum(axis=1)).std()

    return measure


@pytest.mark.parametrize("corner", CORNERS)
def test_schools_overflow_without_it_and_classes_and_teachers_follow_the_pupils(corner):
    on, off = both(fullest, CORNERS[corner])
    assert (on <= 1).all()
    assert (off > 1.1).all()
    for people in ("classes", "teachers"):
        on, off = both(spread_of(people), CORNERS[corner])
        assert sure(off - on) > 2, people


def test_with_it_some_families_are_refused_and_without_it_none():
    def first(session):
        return session.system.admissions_summary[7]["first_preference_share"]

    on, off = both(first)
    assert sure(1 - on) > 2
    assert (off == 1).all()


def test_children_travel_further_where_lots_are_drawn_and_less_far_where_each_school_has_its_catchment():
    def travel(session):
        return session.system.admissions_summary[7]["distance_km"]

    usual, ballot, catchment = (
        each(travel, settings(levers={"admissions.priority": rule}), YEARS, SEEDS)
        for rule in ("distance", "ballot", "catchment")
    )
    assert sure(ballot - usual) > 2
    assert sure(usual - catchment) > 2
