"""Faith: whom the start gives one, and which schools its families hear more of."""

from types import SimpleNamespace

import numpy as np
import pytest

from schoolsim.people.faith import FAITHS, draw_faith, faith_code, heard_given_faith, shares_of_faith
from schoolsim.people.transfer import TransferRound

CATHOLIC = FAITHS.index("roman_catholic")
SHARES = {
    "faith_inside": {"church_of_england": 0.4, "roman_catholic": 0.6, "muslim": 0.9, "jewish": 0.9, "other_faith": 0.5},
    "faith_elsewhere": {"church_of_england": 0.1, "roman_catholic": 0.2, "muslim": 0.1},
}


def test_a_character_that_is_not_recorded_is_none():
    assert faith_code(np.array(["roman_catholic", "not_recorded", "none"])).tolist() == [CATHOLIC, 0, 0]


def test_the_shares_of_faiths_add_up_in_schools_of_every_character():
    shares = shares_of_faith(SHARES)
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert (shares >= 0).all()
    assert shares[CATHOLIC, CATHOLIC] == 0.6


@pytest.mark.parametrize(("character", "share"), [(CATHOLIC, 0.6), (0, 0.2)])
def test_as_many_families_are_of_a_faith_as_the_school_of_their_child_says(character, share):
    luck = (np.arange(1000) + 0.5) / 1000
    drawn = draw_faith(np.full(1000, character), luck, SHARES)
    assert np.mean(drawn == CATHOLIC) == pytest.approx(share, abs=0.001)


def lift(character, of_faith=CATHOLIC):
    """What two families, of a faith and of none, hear beside the rest of a Catholic school and another."""
    faith = np.array([of_faith, 0] + [CATHOLIC] * 6 + [0] * 4 + [CATHOLIC] * 2 + [0] * 8)
    school = np.array([-1, -1] + [0] * 10 + [1] * 10)
    pupils = SimpleNamespace(faith=faith, school=school, year_group=np.full(len(faith), 7))
    round_ = TransferRound(7, np.array([0, 1]), np.array([0, 1]), np.array([9, 9]), np.ones((2, 2)))
    return heard_given_faith(pupils, round_, np.array(character))


def test_families_of_a_faith_hear_more_of_its_schools_and_others_less():
    heard = lift([CATHOLIC, 0])
    assert heard[0, 0] > 0 > heard[0, 1]
    assert heard[1, 0] < 0 < heard[1, 1]


def test_what_is_heard_given_faith_leaves_the_share_of_all_families_as_it_was():
    times, share = np.exp(lift([CATHOLIC, 0])), np.array([0.4, 0.6])  # 8 of 20 children are Catholic
    assert share @ times[:, 0] == pytest.approx(1.0, abs=0.04)


def test_where_no_school_has_a_character_faith_says_nothing():
    assert np.all(lift([0, 0]) == 0.0)
