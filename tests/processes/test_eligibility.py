"""Who counts as poor: as many as there were at the start, those nearest to poverty first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.little import Little

SHARES = {"fsm": 0.25, "fsm6": 0.5}


def moving_up(shares=SHARES, fortune_sd=0.0, **pupils):
    """Pupils who have just reached year 7, after eligibility; without fortune position alone decides."""
    count = len(next(iter(pupils.values())))
    system = Little(pupils={"id": np.arange(count), "year_group": np.full(count, 7)} | pupils)
    system.eligible_at_transfer = shares
    return system.lives("eligibility", fortune_sd=fortune_sd)


def test_those_nearest_to_poverty_become_poor_where_there_were_more_at_the_start():
    system = moving_up(ses=[0.0, -1.0, 1.0, -2.0], fsm6=[False] * 4)
    assert system.pupils.fsm6.tolist() == [False, True, False, True]
    assert system.flows == {"became poor": 2, "ceased to be poor": 0}


def test_who_is_poor_already_stays_so_before_anybody_becomes_it():
    system = moving_up(ses=[9.0, -1.0, 1.0, -2.0], fsm6=[True, False, False, False])
    assert system.pupils.fsm6.tolist() == [True, False, False, True]


def test_those_furthest_from_it_cease_to_be_poor_where_there_were_fewer():
    system = moving_up(ses=[0.0, -1.0, 1.0, -2.0], fsm6=[True] * 4)
    assert system.pupils.fsm6.tolist() == [False, True, False, True]
    assert system.flows == {"became poor": 0, "ceased to be poor": 2}


def test_those_eligible_now_are_the_poorest_of_those_eligible_in_six_years():
    assert moving_up(ses=[0.0, -1.0, 1.0, -2.0]).pupils.fsm.tolist() == [False, False, False, True]


def test_who_is_eligible_now_stays_so_while_still_poor():
    system = moving_up(ses=[0.0, -1.0, 1.0, -2.0], fsm6=[False, True, False, True], fsm=[False, True, False, False])
    assert system.pupils.fsm.tolist() == [False, True, False, False]


def test_fortune_decides_beside_position():
    steady, shaken = (moving_up(ses=np.linspace(-1, 1, 400), fortune_sd=sd).pupils.fsm6 for sd in (0.0, 1.0))
    assert steady[:200].all()
    assert steady.sum() == shaken.sum()
    assert 0.5 < shaken[:200].mean() < 0.95


@pytest.mark.parametrize("year_group", [6, 8])
def test_other_year_groups_stay_as_they_are(year_group):
    system = moving_up(year_group=[year_group] * 4, ses=[-2.0] * 4)
    assert not system.pupils.fsm6.any()


@given(st.data(), st.floats(0, 1), st.floats(0, 1))
def test_the_year_group_is_as_poor_as_at_the_start_whatever_it_was_before(data, share, now):
    count = data.draw(st.integers(1, 12))
    flags = st.lists(st.booleans(), min_size=count, max_size=count)
    shares = {"fsm6": share, "fsm": share * now}
    pupils = moving_up(shares, 1.0, ses=np.linspace(-1, 1, count), fsm6=data.draw(flags), fsm=data.draw(flags)).pupils
    assert pupils.fsm6.sum() == round(share * count)
    assert pupils.fsm.sum() == min(round(share * now * count), pupils.fsm6.sum())
    assert not (pupils.fsm & ~pupils.fsm6).any()
