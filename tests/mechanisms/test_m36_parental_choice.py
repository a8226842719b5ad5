"""M36, a process: families look further than the nearest school, and rolls follow what they believe."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure, worlds

OFF = ("M36",)
CORNERS = {  # every parameter at an end of its range: those that tie families to the nearest, and those that do not
    "tied to the street": at_end(0, "choice", turned=("distance_factor",)),
    "free to roam": at_end(1, "choice", turned=("distance_factor",)),
}


def secondary(metric):
    return lambda session: outcome(session, metric, phase="secondary", stage=0)


def travel(session):
    """Kilometres from home to the school entered in year 7."""
    return session.system.admissions_summary[7]["distance_km"]


def both(measure, parameters=None, years=1):
    """A measure with the mechanism and without, on the same draws [seeds each]."""
    on, off = settings(parameters=parameters), settings(*OFF, parameters=parameters)
    return each(measure, on, years), each(measure, off, years)


def test_fewer_children_go_to_the_nearest_school():
    on, off = both(secondary("nearest_school_share"))
    assert sure(off - on) > 2
    assert (off - on).mean() > 0.2


def test_children_travel_further():
    on, off = both(travel)
    assert sure(on - off) > 2


@pytest.mark.parametrize("corner", CORNERS)
def test_they_do_so_at_the_ends_of_its_parameters(corner):
    nearest, without = both(secondary("nearest_school_share"), CORNERS[corner])
    assert (nearest < without).all()
    assert sure(without - nearest) > 2
    on, off = both(travel, CORNERS[corner])
    assert (on > off).all()


def test_the_fuller_schools_are_those_thought_better():
    def follows(session):
        """Tie of the share of year 7 places taken and the reputation that families heard of."""
        system = session.system
        rows = np.flatnonzero(system.schools.phase == 1)
        entered = (system.pupils.year_group == 7) & (system.pupils.school >= 0)
        roll = np.bincount(system.pupils.school[entered], minlength=len(system.schools))
        return np.polyfit(system.schools.reputation[rows], roll[rows] / system.schools.places[rows, 7], 1)[0]

    on, off = both(follows, years=6)
    assert (on - off).mean() > 0.02
    assert sure(on - off) > 2


def test_without_it_families_are_taken_to_ask_for_the_nearest():
    for session in worlds(settings(*OFF)):
        assert (session.system.pupils.first_preference == -1).all()
        assert outcome(session, "nearest_school_share", phase="secondary", stage=0) > 0.85
