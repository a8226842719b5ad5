"""M03, a process: where home and school expect different things pupils take less part, and work with parents helps."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import STILL, at_end, each, outcome, settings, sure, worlds

OFF = settings("M03")
HOURS = {"parental_engagement.hours": 30}
COST = "participation.distance_cost"


def ends(end):
    return at_end(end, "alignment") | {COST: at_end(end, "participation")[COST]}


PARAMETERS = {"modes": None, "all low": ends(0), "all high": ends(1)}


def both(measure, parameters=None):
    """A measure with the mechanism and without, on the same draws [seeds each]."""
    on, off = settings(parameters=parameters), settings("M03", parameters=parameters)
    return each(measure, on), each(measure, off)


def gap(session):
    """The gap of poor pupils at 16: distance bears on participation, that on learning."""
    return outcome(session, "gap_sd", group="fsm6", stage=16, basis="true")


def learnt(session):
    """Mean attainment of pupils in the primary years, months."""
    pupils = session.system.pupils
    return pupils.attainment[(pupils.year_group < 7) & (pupils.year_group > 2), :3].mean()


@pytest.mark.parametrize("end", PARAMETERS)
def test_it_carries_part_of_the_gap_of_poor_pupils(end):
    on, off = both(gap, PARAMETERS[end])
    assert sure(on - off) > 2
    assert 0 < (on - off).mean() < 0.15


@pytest.mark.parametrize("end", PARAMETERS)
def test_hours_with_parents_raise_what_pupils_learn(end):
    years, usual = 4, settings(*STILL, parameters=PARAMETERS[end])
    worked = settings(*STILL, parameters=PARAMETERS[end], levers=HOURS)
    more = each(learnt, worked, years) - each(learnt, usual, years)
    assert sure(more) > 2
    assert more.mean() < 1.0  # months, in four years


def test_ambition_of_pupils_brings_home_and_school_together():
    def tie(session):
        pupils = session.system.pupils
        rows = pupils.year_group > 6
        return np.polyfit(pupils.measured_11[rows].mean(axis=1) - pupils.ses[rows], pupils.home_distance[rows], 1)[0]

    assert sure(each(tie, settings("M04")) - each(tie)) > 2


def test_without_it_home_and_school_lie_as_far_apart_for_everybody():
    for session in worlds(OFF):
        assert (session.system.pupils.home_distance == 1).all()


def test_the_distance_is_reported_by_group():
    apart = lambda session: outcome(session, "home_distance", group="fsm6", phase="primary")  # noqa: E731
    assert 1.05 < each(apart).mean() < 1.4
