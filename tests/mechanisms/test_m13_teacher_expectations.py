"""M13, a process: too little expected of poor pupils costs them, less so where teachers talk of what they see."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import STILL, at_end, each, outcome, settings, sure, worlds

OFF = settings("M13")
UNMOVED = settings("M13", *STILL)
COST = ("learning.expectation_loss", "participation.expectation_slope")


def ends(end):
    """Beliefs and what they cost at one end of their ranges; what moves them at the other."""
    own = at_end(end, "expectations", turned=("moved_alone", "moved_by_dialogue"))
    cost = at_end(end, "learning", "participation")
    return settings(*STILL, parameters=own | {path: cost[path] for path in COST})


def gap(session):
    """The gap of disadvantaged pupils at 16, measured: participation, learning and tests lie between."""
    return outcome(session, "gap_sd", group="fsm6", stage=16, basis="measured")


def poor_less_others(session):
    """Months by which poor pupils of years 0 to 3 lie above others, given their families' position."""
    pupils = session.system.pupils
    rows = pupils.year_group <= 3
    table = np.stack([np.ones(rows.sum()), pupils.fsm6[rows], pupils.ses[rows]], axis=1)
    return np.linalg.lstsq(table, pupils.attainment[rows, :3].mean(axis=1), rcond=None)[0][1]


@pytest.mark.parametrize("end", [None, 0, 1], ids=["modes", "all low", "all high"])
def test_it_costs_poor_pupils(end):
    difference = each(gap, settings(*STILL) if end is None else ends(end)) - each(gap, UNMOVED)
    assert difference.mean() > 0
    assert sure(difference) > 2


def test_it_costs_more_at_the_high_end_than_at_the_low():
    assert sure(each(gap, ends(1)) - each(gap, ends(0))) > 2


def test_talk_about_evidence_moves_beliefs_and_poor_pupils_gain():
    talk, silence = (settings(levers={"expectations.dialogue_hours": hours}) for hours in (40, 0))
    assert sure(each(poor_less_others, talk, years=4) - each(poor_less_others, silence, years=4)) > 2

    def belief(session):
        return session.system.teachers.deficit_belief.mean()

    assert sure(each(belief, silence, years=4) - each(belief, talk, years=4)) > 2


def test_without_it_nobody_falls_short_of_what_is_expected():
    for session in worlds(OFF):
        assert (session.system.pupils.expected_short == 0).all()
        assert (session.system.teachers.deficit_belief == 0).all()
