"""M02, a process: poverty costs presence, presence gates taking part, both gate learning, and tests show it."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import STILL, at_end, each, outcome, settings, sure, worlds

OFF = settings("M02")


def ends(end, *off):
    return settings(*off, parameters=at_end(end, "attendance", "participation"))


def gap(basis):
    """The gap of disadvantaged pupils at 16: two processes downstream of attendance, three when measured."""
    return lambda session: outcome(session, "gap_sd", group="fsm6", stage=16, basis=basis)


@pytest.mark.parametrize("basis", ["true", "measured"])
def test_it_carries_poverty_into_attainment(basis):
    difference = each(gap(basis)) - each(gap(basis), OFF)
    assert difference.mean() > 0.1
    assert sure(difference) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_it_does_so_at_both_ends_of_its_parameters(end):
    difference = each(gap("true"), ends(end, *STILL)) - each(gap("true"), settings("M02", *STILL))
    assert sure(difference) > 2


def test_it_carries_more_at_the_high_end_than_at_the_low():
    assert (each(gap("true"), ends(1)) > each(gap("true"), ends(0))).all()


def test_without_it_everybody_is_there_and_presence_says_nothing():
    for session in worlds(OFF):
        pupils = session.system.pupils
        assert (pupils.attendance == 1).all()
        assert (pupils.presence_effect == 0).all()


def test_those_who_miss_school_end_lower_only_with_it():
    def tie(session):
        pupils = session.system.pupils
        rows = (pupils.year_group == 11) & ~pupils.fsm6
        return np.corrcoef(pupils.absence_trait[rows], pupils.attainment[rows].mean(axis=1))[0, 1]

    assert each(tie).mean() < -0.1
    assert abs(each(tie, OFF).mean()) < 0.05


def test_presence_participation_and_achievement_are_reported_each_on_its_own():
    seen = set(worlds()[0].observe().metrics["metric"])
    assert {"attendance", "participation", "attainment", "gap_attendance", "gap_participation", "gap_sd"} <= seen
