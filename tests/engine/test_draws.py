"""Luck is a function of who, what, when and why; never of order, company or history."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws

IDS = st.lists(st.integers(0, 2**50), min_size=1, max_size=20, unique=True)
LUCK = Draws(1, "attendance", 4)


def array(ids):
    return np.array(ids, np.int64)


@given(IDS, st.randoms(use_true_random=False))
def test_a_pupil_has_the_same_luck_in_any_order(ids, shuffler):
    shuffled = ids.copy()
    shuffler.shuffle(shuffled)
    luck = dict(zip(ids, LUCK.normal(array(ids), "spell"), strict=True))
    assert luck == dict(zip(shuffled, LUCK.normal(array(shuffled), "spell"), strict=True))


@given(IDS, st.integers(0, 20))
def test_a_pupil_has_the_same_luck_among_few_and_many(ids, size):
    few = LUCK.uniform(array(ids[:size]), "spell")
    assert (few == LUCK.uniform(array(ids), "spell")[:size]).all()


@given(IDS, st.integers(2**51, 2**52))
def test_a_newcomer_changes_nobody_elses_luck(ids, newcomer):
    assert (LUCK.uniform(array([newcomer, *ids]), "spell")[1:] == LUCK.uniform(array(ids), "spell")).all()


@pytest.mark.parametrize(
    "other",
    [
        lambda ids: Draws(2, "attendance", 4).uniform(ids, "spell"),
        lambda ids: Draws(1, "participation", 4).uniform(ids, "spell"),
        lambda ids: Draws(1, "attendance", 5).uniform(ids, "spell"),
        lambda ids: Draws(1, "attendance", 4).uniform(ids, "term"),
        lambda ids: Draws(1, "attendance", 4).lasting().uniform(ids, "spell"),
        lambda ids: LUCK.pair_uniform(ids, np.ones(len(ids), np.int64), "spell"),
    ],
    ids=["seed", "process", "term", "purpose", "lasting", "pair"],
)
def test_another_seed_process_term_purpose_or_partner_is_other_luck(other):
    ids = np.arange(2000)
    assert abs(np.corrcoef(LUCK.uniform(ids, "spell"), other(ids))[0, 1]) < 0.08


def test_lasting_luck_is_the_same_in_every_term_and_differs_between_processes():
    ids, later = np.arange(5), Draws(1, "attendance", 99)
    assert (LUCK.lasting().normal(ids, "form") == later.lasting().normal(ids, "form")).all()
    other = Draws(1, "classes", 4).lasting().normal(ids, "form")
    assert (LUCK.lasting().normal(ids, "form") != other).all()


@given(IDS, st.floats(0, 1), st.floats(0, 1))
def test_raising_a_chance_only_adds_events(ids, one, other):
    low, high = sorted((one, other))
    assert not (LUCK.event(array(ids), low, "leaves") & ~LUCK.event(array(ids), high, "leaves")).any()


def test_what_is_impossible_never_happens_and_what_is_certain_always():
    ids = np.arange(1000)
    assert not LUCK.event(ids, 0.0, "leaves").any()
    assert LUCK.event(ids, 1.0, "leaves").all()
    assert LUCK.event(ids, 0.3, "leaves").mean() == pytest.approx(0.3, abs=0.05)


def test_each_may_have_a_chance_of_their_own():
    chances = np.array([0.0, 1.0, 0.0])
    assert LUCK.event(np.arange(3), chances, "leaves").tolist() == [False, True, False]


def test_a_pair_has_luck_of_its_own_and_the_order_of_the_two_matters():
    there = LUCK.pair_normal(array([1, 1, 2]), array([2, 3, 1]), "taste")
    assert len(set(there.tolist())) == 3


def test_luck_can_be_drawn_for_nobody():
    assert LUCK.uniform(array([]), "spell").shape == (0,)


def test_both_flavours_are_picked_by_the_environment(monkeypatch):
    compiled = LUCK.uniform(np.arange(9), "spell")
    monkeypatch.setenv("SCHOOLSIM_NUMBA", "0")
    assert (LUCK.uniform(np.arange(9), "spell") == compiled).all()


def test_adding_pupils_to_a_town_changes_no_other_pupils_year(town):
    bystander = town.fork()
    pupils = town.system.pupils
    last = {name: column[-1:] for name, column in pupils.arrays().items()}
    pupils.append(last | {"id": last["id"] + 60_000, "school": np.array([-1])})
    before = len(bystander.system.pupils)
    for session in (town, bystander):
        session.system.state.term = 0
        session.step()
    assert (pupils.attendance[:before] == bystander.system.pupils.attendance).all()
    assert (pupils.attainment[:before] == bystander.system.pupils.attainment).all()

