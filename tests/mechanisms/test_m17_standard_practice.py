"""M17, a process: what schools agree on makes classes of a school more alike and lifts pupils, as far as trust goes."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure, worlds

AGREED = {"standard_practice.share": 0.6}
YEARS, SEEDS = 3, (1, 2, 3)


def level(stage):
    return lambda session: outcome(session, "attainment", stage=stage, group="all", basis="true")


def apart(session):
    """SD of what classes of one primary school gain: one process on from what is agreed."""
    classes = session.system.classes
    rows = classes.year_group < 7
    gain, school = classes.teaching_effect[rows], classes.school[rows]
    own = gain - (np.bincount(school, weights=gain) / np.maximum(np.bincount(school), 1))[school]
    return own.std()


DIP = "M26"
"""Off in both of two worlds: that anything new costs at first, agreeing too, is a mechanism of its own."""


def difference(measure, parameters=None):
    on, off = (settings(DIP, *without, levers=AGREED, parameters=parameters) for without in ((), ("M17",)))
    return each(measure, on, YEARS, SEEDS) - each(measure, off, YEARS, SEEDS)


@pytest.mark.parametrize("stage", [11, 16])
def test_pupils_know_more_where_the_weaker_follow_what_the_better_do(stage):
    assert sure(difference(level(stage))) > 2


def test_classes_of_a_school_differ_less():
    assert sure(difference(apart)) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_both_hold_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "standard_practice")
    assert sure(difference(level(16), ends)) > 2
    assert sure(difference(apart, ends)) < -2


def test_schools_of_little_trust_get_there_later():
    for session in worlds(settings(levers=AGREED), 1, SEEDS):
        schools = session.system.schools
        assert np.corrcoef(schools.staff_trust, schools.agreed_share)[0, 1] > 0.6


def test_where_nothing_is_agreed_on_it_changes_nothing():
    assert (each(level(16)) == each(level(16), settings("M17"))).all()
