"""M38, a process: schools that lose pupils, or money, save by larger classes; fewer teach, and pupils learn less."""

import numpy as np
import pytest

from schoolsim.processes.learning import SIGMA
from tests.little import by_id
from tests.mechanisms.on_and_off import at_end, each, settings, sure, worlds

OFF = ("M38",)
YEARS = 5
LESS = {"funding.per_pupil": 0.93}
CORNERS = {
    "modes": None,
    "all low": at_end(0, "budgets"),
    "all high": at_end(1, "budgets", turned=("usual_reserves", "largest_rise")),
}


def teachers(session):
    return float(len(session.system.teachers))


def both(measure, parameters=None, levers=None):
    on = settings(parameters=parameters, levers=levers)
    off = settings(*OFF, parameters=parameters, levers=levers)
    return each(measure, on, YEARS), each(measure, off, YEARS)


@pytest.mark.parametrize("corner", CORNERS)
def test_where_money_is_short_fewer_teach(corner):
    """One process downstream: workforce."""
    on, off = both(teachers, CORNERS[corner], LESS)
    assert (on < off).all()
    assert sure(off - on) > 2


def test_where_money_is_short_pupils_learn_less():
    """Two processes downstream, and only with the mechanism."""

    def level(session):
        pupils = session.system.pupils
        rows = np.flatnonzero(pupils.year_group >= YEARS)
        return (by_id(pupils, "attainment")[rows, :3].mean(axis=1) / SIGMA[by_id(pupils, "year_group")[rows]]).mean()

    usual, short = (each(level, settings(levers=levers), YEARS) for levers in (None, LESS))
    assert sure(usual - short) > 2
    usual, short = (each(level, settings(*OFF, levers=levers), YEARS) for levers in (None, LESS))
    assert np.allclose(usual, short)


def test_schools_that_lose_pupils_are_those_that_save():
    def tie(session):
        schools, pupils = session.system.schools, session.system.pupils
        roll = np.bincount(pupils.school, minlength=len(schools))
        return np.corrcoef(roll / schools.start_roll, schools.reserves)[0, 1]

    assert sure(each(tie, settings(), 8)) > 2


def test_without_it_every_school_can_pay_for_the_classes_it_needs():
    for session in worlds(settings(*OFF, levers=LESS), YEARS):
        schools = session.system.schools
        assert (schools.class_rise == 0).all() and (schools.crowding_effect == 0).all()
        assert not schools.may_close.any() and np.allclose(schools.reserves, 0.6)
