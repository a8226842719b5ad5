"""M10, a process: schools that prepare more measure more than their pupils know, and their pupils learn less later."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from tests.mechanisms.on_and_off import STILL, at_end, each, settings, sure, worlds

OFF = settings("M10")
COSTS = ("learning.self_direction_gain", "assessment.coaching_gain")


def ends(end, *off):
    """Preparation and what follows from it at one end of their ranges, recovery at the other."""
    own = at_end(end, "preparation", turned=("recovery",))
    costs = at_end(end, "learning", "assessment")
    return settings(*off, parameters=own | {path: costs[path] for path in COSTS})


CORNERS = {"modes": settings(), "all low": ends(0), "all high": ends(1)}


def slope_on_habit(session, rows, outcome):
    """Months of an outcome [n] of some pupils for one SD of their school's habit of preparing."""
    system = session.system
    habit = Draws(system.seed, "preparation", 0).lasting().normal(system.schools.id, "habit")
    return np.polyfit(habit[system.pupils.school[rows]], outcome, 1)[0]


def shown_beyond(session):
    """What tests at 11 show of those who have just sat them beyond what they know: one process downstream."""
    pupils = session.system.pupils
    rows = np.flatnonzero((pupils.year_group == 6) & (pupils.school >= 0))
    return slope_on_habit(session, rows, (pupils.measured_11[rows] - pupils.attainment[rows, :3]).mean(axis=1))


def known_later(session):
    """What pupils of years 3 to 5 know, who were prepared in year 2: a year of learning or more downstream."""
    pupils = session.system.pupils
    rows = np.flatnonzero((pupils.year_group >= 3) & (pupils.year_group <= 5) & (pupils.school >= 0))
    return slope_on_habit(session, rows, pupils.attainment[rows, :3].mean(axis=1))


@pytest.mark.parametrize("corner", CORNERS)
def test_schools_that_prepare_more_measure_more_than_their_pupils_know(corner):
    assert sure(each(shown_beyond, CORNERS[corner]) - each(shown_beyond, OFF)) > 2


@pytest.mark.parametrize("asked", [settings(*STILL), ends(0, *STILL), ends(1, *STILL)], ids=CORNERS)
def test_their_pupils_learn_less_later(asked):
    assert sure(each(known_later, asked) - each(known_later, settings("M10", *STILL))) < -2


def test_where_all_prepare_more_results_rise_and_learning_falls():
    def at_11(column):
        def mean(session):
            pupils = session.system.pupils
            rows = pupils.year_group == 6
            return (pupils.measured_11 if column == "measured" else pupils.attainment[:, :3])[rows].mean()

        return mean

    much = settings(levers={"tests.preparation_share": 0.4})
    assert sure(each(at_11("measured"), much, years=5) - each(at_11("measured"), years=5)) > 2
    assert sure(each(at_11("true"), much, years=5) - each(at_11("true"), years=5)) < -2


def test_without_it_all_schools_prepare_as_is_usual():
    for session in worlds(OFF):
        assert (session.system.schools.preparation == 0).all()
        assert (session.system.pupils.self_direction == 0).all()
