"""M05, a process: unmet needs keep children from school, and with it from learning; services let them back in."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure, worlds

OFF = settings("M05")
MET = {"services.needs_met": 0.8}


def ends(end):
    return at_end(end, "barriers") | {
        path: value
        for path, value in at_end(end, "attendance", "participation").items()
        if path in ("attendance.need_strength", "participation.need_cost")
    }


PARAMETERS = {"modes": None, "all low": ends(0), "all high": ends(1)}


def both(measure, parameters, years=1):
    """A measure with the mechanism and without, on the same draws [seeds each]."""
    on, off = settings(parameters=parameters), settings("M05", parameters=parameters)
    return each(measure, on, years), each(measure, off, years)


def gap(stage):
    """The gap of poor pupils: needs bear on attendance and participation, these on learning."""
    return lambda session: outcome(session, "gap_sd", group="fsm6", stage=stage, basis="true")


def poor_attainment(session):
    """Mean attainment of poor pupils in the primary years, months."""
    pupils = session.system.pupils
    return pupils.attainment[(pupils.year_group < 7) & pupils.fsm6, :3].mean()


@pytest.mark.parametrize("end", PARAMETERS)
def test_it_carries_part_of_the_gap_of_poor_pupils(end):
    on, off = both(gap(16), PARAMETERS[end])
    assert sure(on - off) > 2
    assert 0.005 < (on - off).mean() < 0.25


@pytest.mark.parametrize("end", PARAMETERS)
def test_services_that_meet_needs_raise_what_poor_pupils_learn(end):
    years, usual = 4, settings(parameters=PARAMETERS[end])
    helped = settings(parameters=PARAMETERS[end], levers=MET)
    assert sure(each(poor_attainment, helped, years) - each(poor_attainment, usual, years)) > 2


def test_they_raise_attendance_of_the_poor_by_more_than_that_of_others():
    missed = lambda session: outcome(session, "gap_attendance", group="fsm6", phase="primary")  # noqa: E731
    assert sure(each(missed, years=4) - each(missed, settings(levers=MET), 4)) > 2


def test_those_in_need_fall_behind_the_poor_who_are_not():
    def behind(session):
        pupils = session.system.pupils
        rows = pupils.fsm6 & (pupils.sen == 0) & (pupils.year_group == 11)
        count = np.bitwise_count(pupils.needs[rows] & ~pupils.needs_met[rows] & 7)
        return np.polyfit(count, pupils.presence_effect[rows], 1)[0]

    assert sure(-each(behind)) > 2


def test_without_it_nobody_is_in_need():
    for session in worlds(OFF):
        assert not session.system.pupils.needs.any()
        assert outcome(session, "unmet_needs", group="fsm6", phase="primary") == 0
    assert each(lambda session: outcome(session, "unmet_needs", group="fsm6", phase="primary")).mean() > 0.4
