"""M39, a process: families ask for schools by the results that are printed and talked about."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import at_end, each, settings, sure, worlds

OFF = ("M39",)
YEARS = 4
CORNERS = {
    "modes": None,
    "all low": at_end(0, "league_tables"),
    "all high": at_end(1, "league_tables"),
}


def demand(session):
    """How first preferences for each place of secondaries go with their results [slope per SD]: what families want."""
    system = session.system
    rows = np.flatnonzero(system.schools.phase == 1)
    asked = system.pupils.first_preference[system.pupils.year_group == 7]
    wanted = np.bincount(asked[asked >= 0], minlength=len(system.schools))[rows] / system.schools.places[rows, 7]
    result = system.schools.actual_result[rows]
    return np.polyfit((result - result.mean()) / result.std(), wanted, 1)[0]


def both(measure, parameters=None):
    on, off = settings(parameters=parameters), settings(*OFF, parameters=parameters)
    return each(measure, on, YEARS), each(measure, off, YEARS)


@pytest.mark.parametrize("corner", CORNERS)
def test_with_it_families_want_the_schools_with_better_results(corner):
    on, off = both(demand, CORNERS[corner])
    assert (on - off).mean() > 0.01
    assert sure(on - off) > 2


def test_schools_that_papers_name_lowest_are_less_full_than_they_would_be():
    def fill(named):
        def measure(session):
            system = session.system
            return np.array([(system.pupils.school[system.pupils.year_group == 7] == row).mean() for row in named])

        return measure

    differences = []
    for on, off in zip(worlds(settings(), YEARS), worlds(settings(*OFF), YEARS), strict=True):
        schools = on.system.schools
        lowest = np.flatnonzero((schools.named < 0) & (schools.phase == 1))
        differences.append((fill(lowest)(on) - fill(lowest)(off)).mean())
    assert np.mean(differences) < 0


def test_what_is_printed_follows_the_policy_and_reputation_follows_it():
    def tie(metric):
        def measure(session):
            schools = session.system.schools
            rows = np.flatnonzero(schools.phase == 1)
            return np.corrcoef(schools.reputation[rows], session.system.place.schools["fsm6_share"][rows])[0, 1]

        return each(measure, settings(levers={"league_tables.metric": metric}), YEARS, tuple(range(1, 9)))

    assert sure(tie("value_added") - tie("points")) > 2  # progress goes with poverty less than raw results do


def test_without_it_no_school_has_a_name():
    for session in worlds(settings(*OFF), YEARS):
        schools = session.system.schools
        assert (schools.reputation == 0).all()
        assert np.isnan(schools.published_result).all()
