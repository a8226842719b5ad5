"""M09, a process: where people stay and pupils come to belong, risks bear less on what they learn."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import STILL, at_end, gained, settings, sure, worlds

OFF = settings("M09")
PARAMETERS = {"modes": None, "all low": at_end(0, "resilience"), "all high": at_end(1, "resilience")}
YEARS = 2


def pairs(parameters):
    """Each world with the mechanism and the same without."""
    on, off = settings(parameters=parameters), settings("M09", parameters=parameters)
    return zip(worlds(on, YEARS), worlds(off, YEARS), strict=True)


def by_belonging(on, off, of):
    """What a unit of belonging did to the attainment of those who are `of` some kind, in months: learning, two on."""
    pupils = on.system.pupils
    rows = of(pupils) & (pupils.year_group > 2)
    return np.polyfit(pupils.belonging[rows], gained(on, off)[rows], 1)[0]


def at_risk(pupils):
    return pupils.fsm6 & (pupils.ses < -0.5)


def hardly_at_risk(pupils):
    return ~pupils.fsm6 & (pupils.ses > 1) & ((pupils.needs & 7) == 0)


def each(of, parameters):
    return np.array([by_belonging(on, off, of) for on, off in pairs(parameters)])


@pytest.mark.parametrize("end", PARAMETERS)
def test_those_at_risk_who_belong_learn_more_than_they_would_and_those_who_do_not_less(end):
    gain = each(at_risk, PARAMETERS[end])
    assert sure(gain) > 2
    assert 0 < gain.mean() < 10  # months from a stranger to one who belongs wholly


def test_it_matters_less_to_those_hardly_at_risk():
    assert sure(each(at_risk, None) - each(hardly_at_risk, None)) > 2
    assert each(hardly_at_risk, None).mean() < 0.25 * each(at_risk, None).mean()


def test_the_nation_learns_as_much_with_it_as_without():
    for on, off in zip(worlds(settings(*STILL), YEARS), worlds(settings("M09", *STILL), YEARS), strict=True):
        means = [session.system.pupils.attainment[:, :3].mean() for session in (on, off)]
        assert means[0] == pytest.approx(means[1], abs=0.05)  # months, in two years


def test_no_group_is_destiny():
    """Some poor pupils belong more than most others, and risks weigh less on them than on an average pupil."""
    for session in worlds(years=YEARS):
        pupils = session.system.pupils
        poor, others = pupils.belonging[pupils.fsm6], pupils.belonging[~pupils.fsm6]
        assert (poor > np.median(others)).mean() == pytest.approx(0.5, abs=0.08)
        assert (pupils.risk_weight[pupils.fsm6] < 0.9).mean() > 0.1


def test_without_it_risks_weigh_the_same_on_everybody():
    for session in worlds(OFF, YEARS):
        assert (session.system.pupils.risk_weight == 1).all()
        assert not session.system.pupils.belonging.any()
