"""M04, a process: what results and sets teach pupils to expect bears on effort, and so on what they learn next."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure, worlds

OFF = settings("M04")
PARAMETERS = {"modes": None, "all low": at_end(0, "aspiration"), "all high": at_end(1, "aspiration")}


def both(measure, parameters=None):
    """A measure with the mechanism and without, on the same draws [seeds each]."""
    on, off = settings(parameters=parameters), settings("M04", parameters=parameters)
    return each(measure, on), each(measure, off)


def lead_kept(session):
    """How far those who were behind at 7 are behind at 16, over how far they were: learning, two processes on."""
    pupils = session.system.pupils
    rows = (pupils.year_group == 11) & ~pupils.fsm6
    return np.polyfit(pupils.measured_7[rows].mean(axis=1), pupils.attainment[rows].mean(axis=1), 1)[0]


def gap(session):
    return outcome(session, "gap_sd", group="fsm6", stage=16, basis="true")


@pytest.mark.parametrize("end", PARAMETERS)
def test_those_whom_early_tests_put_behind_stay_further_behind(end):
    on, off = both(lead_kept, PARAMETERS[end])
    assert sure(on - off) > 2
    assert 0 < (on - off).mean() < 0.3


@pytest.mark.parametrize("end", PARAMETERS)
def test_it_carries_part_of_the_gap_of_poor_pupils_though_they_hope_for_nearly_as_much(end):
    on, off = both(gap, PARAMETERS[end])
    assert sure(on - off) > 2


def test_low_sets_lower_what_pupils_expect_and_then_take_part_in():
    def expected_by_sets(session):
        """Expectation of year 9 for one SD of results at 11, which sets add to."""
        pupils = session.system.pupils
        rows = pupils.year_group == 9
        return np.polyfit(pupils.measured_11[rows].mean(axis=1), pupils.expectation[rows], 1)[0]

    with_sets, mixed = each(expected_by_sets), each(expected_by_sets, settings(levers={"setting.subjects": 0}))
    assert sure(with_sets - mixed) > 2


def test_without_it_nobody_expects_anything_but_the_norm():
    for session in worlds(OFF):
        assert not session.system.pupils.expectation.any()
        assert not session.system.pupils.ambition_effect.any()


def test_what_is_expected_is_reported_by_group():
    expected = lambda session: outcome(session, "expectation", group="fsm6", phase="secondary")  # noqa: E731
    assert each(expected).mean() < -0.2
    assert (each(expected, OFF) == 0).all()
