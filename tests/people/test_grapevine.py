"""What families hear from others like them: shares of children of their kind, leaning where few are known."""

from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.people.grapevine import (
    GETTING_BY,
    LATELY_POOR,
    MIDDLING,
    POOR,
    THIRDS,
    WELL_OFF,
    _given_position,
    heard_of,
    kind_of_family,
)
from schoolsim.people.transfer import TransferRound

PRIOR = 0.5
POOR_CHILD, WELL_OFF_CHILD = {"fsm6": True, "ses": -1.0}, {"fsm6": False, "ses": 1.0}


def child(school=-1, area=0, year_group=7, fsm6=False, ses=1.0):
    return {"school": school, "home_area": area, "year_group": year_group, "fsm": fsm6, "fsm6": fsm6, "ses": ses}


def shares(*children, schools=2, near=None, since=7):
    """Shares [k] that the family of the first child hears of; `children` are rows of pupils."""
    pupils = SimpleNamespace(**{name: np.array([one[name] for one in children]) for name in children[0]})
    columns = schools if near is None else len(near)
    near = None if near is None else np.array([near])
    room = np.ones(schools, int)
    asking = TransferRound(7, np.array([0]), np.arange(schools), room, np.ones((1, columns)), near=near)
    return np.exp(heard_of(pupils, asking, PRIOR, since))[0]


def test_a_family_is_poor_lately_poor_or_else_of_the_third_that_its_position_is_in():
    fsm, fsm6 = np.array([True, False, False, False, False]), np.array([True, True, False, False, False])
    families = SimpleNamespace(fsm=fsm, fsm6=fsm6, ses=np.array([1.0, -1.0, -0.5, 0.0, 0.5]))
    assert kind_of_family(families, np.arange(5)).tolist() == [POOR, LATELY_POOR, GETTING_BY, MIDDLING, WELL_OFF]


def test_the_thirds_hold_as_many_families_of_the_nation_each():
    assert [NormalDist().cdf(position) for position in THIRDS] == pytest.approx([1 / 3, 2 / 3], abs=0.002)


def test_where_nobody_is_known_every_school_is_heard_of_alike():
    assert shares(child(), schools=4).tolist() == [0.25] * 4


def test_a_family_hears_of_the_schools_that_children_like_its_own_go_to():
    found = shares(child(), child(0), child(0), child(1))
    everybody = (np.array([2, 1]) + PRIOR / 2) / (3 + PRIOR)
    assert found == pytest.approx((np.array([2, 1]) + PRIOR * everybody) / (3 + PRIOR))


def test_children_of_the_other_kind_count_only_where_few_of_ones_own_are_known():
    found = shares(child(**POOR_CHILD), *[child(0, **WELL_OFF_CHILD)] * 3, child(1, **POOR_CHILD))
    everybody = (np.array([3, 1]) + PRIOR / 2) / (4 + PRIOR)
    assert found == pytest.approx((np.array([0, 1]) + PRIOR * everybody) / (1 + PRIOR))
    assert found[1] > 0.7
    assert everybody[0] > 0.7


@pytest.mark.parametrize("stranger", [{"area": 1}, {"year_group": 6}])
def test_children_of_other_streets_and_younger_ones_are_not_heard_of(stranger):
    assert shares(child(), child(0, **stranger)).tolist() == [0.5, 0.5]


def test_the_last_area_is_no_neighbour_of_the_first():
    assert shares(child(area=0), child(0, area=9), child(0, area=9)).tolist() == [0.5, 0.5]


def test_what_is_heard_stands_in_the_column_of_the_school():
    known = child(0), child(0), child(2)
    straight, turned = (shares(child(), *known, schools=3, near=near) for near in ([0, 2], [2, 0]))
    assert straight.tolist() == turned[::-1].tolist()
    assert straight[0] > straight[1]


def test_families_better_off_than_their_neighbours_hear_more_of_the_school_with_such_families():
    known = [child(0, ses=0.6), child(0, ses=1.0), child(1, ses=1.2), child(1, ses=1.6)]
    low, usual, high = (shares(child(ses=ses), *known) for ses in (0.5, 1.1, 1.7))
    assert low[1] < usual[1] < high[1]
    assert usual[1] == pytest.approx(0.5)


@given(st.floats(-3, 3), st.floats(-2, 2))
def test_how_families_of_a_school_spread_decides_how_much_position_tells(own, lead):
    """Where those of two schools lie around -lead and lead with a variance of 1, as Bayes' rule has it."""
    leads, above = np.array([[-lead, lead]]), own - (0.7 - 0.3) * lead  # the usual of the street
    found = np.exp(_given_position(np.log([[0.3, 0.7]]), np.ones(1), np.array([above]), leads, 1.0, np.ones(1)))[0]
    odds = 0.7 / 0.3 * NormalDist(lead, 1.0).pdf(own) / NormalDist(-lead, 1.0).pdf(own)
    assert found == pytest.approx([1 / (1 + odds), odds / (1 + odds)])


KNOWN = st.lists(st.builds(child, school=st.integers(-1, 2), fsm6=st.booleans(), ses=st.sampled_from([-1.0, 1.0])))


@given(KNOWN, st.booleans())
def test_shares_of_all_schools_add_up_to_one(known, fsm6):
    """Of those in school: who has none, or one that does not teach the year group, is nobody's news."""
    assert shares(child(fsm6=fsm6), *known, schools=3).sum() == pytest.approx(1.0)


@given(KNOWN, st.integers(0, 2))
def test_one_more_child_like_ones_own_makes_its_school_no_less_heard_of(known, school):
    before, after = (shares(child(), *known, *more, schools=3) for more in ([], [child(school)]))
    assert after[school] > before[school]
    assert (np.delete(after, school) <= np.delete(before, school) + 1e-12).all()
