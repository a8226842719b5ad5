"""Families move in mid-year: who does, whose home they take over, and who looks for another school."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.parameters import load_sheets
from schoolsim.people.moving import Moving, chances, from_whom
from tests.little import Little

SPRING = 1
ALL_MOVE = {"moving_chance": 1.0, "apt_sd": 0.0, "deprivation_slope": 0.0}

MOST = load_sheets().resolve({}).by_process["mobility"]["highest_chance"]


def town(count=2, schools=2, **pupils):
    """Some pupils of year 7 in the first of schools of one street, half a kilometre apart."""
    usual = {"id": np.arange(count), "year_group": [7] * count, "school": [0] * count,
             "easting": 100.0 * np.arange(count)}  # fmt: skip
    places = {"id": np.arange(schools), "first_year": [7] * schools, "last_year": [11] * schools,
              "easting": 500.0 * np.arange(schools), "places": np.full((schools, 12), count)}  # fmt: skip
    return Little(term=SPRING, pupils=usual | pupils, schools=places)


def rate(**pupils):
    """Chance a year of pupils that differ in what is given, in a nation where a tenth move."""
    count = len(next(iter(pupils.values())))
    how = Moving(0.1, poverty_ratio=2.0, care_ratio=3.0, deprivation_slope=2.5, deprivation_at_mean=0.2, apt_sd=0.0,
                 highest_chance=MOST)  # fmt: skip
    rows = {"id": [1] * count, "home_area": [0] * count} | pupils
    people = Little(pupils=rows).pupils
    nation = {"fsm6": 0.25, "in_care": 0.0}
    return chances(people, np.arange(count), np.array([0.2, 0.4]), nation, how, Draws(1, "mobility", 1))


def test_the_poor_the_looked_after_and_those_of_poor_streets_move_more_often():
    assert rate(fsm6=[False, True]) == pytest.approx([0.1 / 1.25, 0.2 / 1.25])
    assert rate(in_care=[False, True]) == pytest.approx([0.08, 0.24])
    assert rate(home_area=[0, 1]) == pytest.approx([0.08, 0.08 * np.exp(0.5)])


def test_nobody_is_likelier_to_move_than_in_the_most_mobile_schools_seen():
    assert rate(fsm6=[True], in_care=[True], home_area=[1]) == pytest.approx([MOST])


def test_those_alike_take_from_one_another_each_once_and_nobody_from_those_unlike():
    assert from_whom(np.array([5, 3, 5, 5]), np.array([0.1, 0.2, 0.3, 0.2])).tolist() == [3, 1, 0, 2]
    assert len(from_whom(np.empty(0, int), np.empty(0))) == 0


def test_families_exchange_homes_so_that_no_street_loses_or_gains():
    system = town(count=4000, home_area=[0] * 4000)
    before = system.pupils.easting.copy()
    system.lives("mobility", **ALL_MOVE, home_share=1.0)
    assert system.flows["moved home"] == system.flows["left in mid-year"]
    assert sorted(system.pupils.easting) == sorted(before)
    assert (system.pupils.easting != before).sum() == pytest.approx(4000 * MOST, rel=0.1)


def test_poor_families_take_over_homes_of_the_poor():
    poor = np.arange(400) % 2 == 1
    system = town(count=400, fsm6=poor)
    system.lives("mobility", **ALL_MOVE, home_share=1.0)
    assert (system.pupils.easting[poor] % 200 == 100).all()


def test_whoever_quarrels_with_the_school_keeps_the_home():
    system = town(count=400)
    system.lives("mobility", **ALL_MOVE, home_share=0.0)
    assert (system.pupils.easting == 100.0 * np.arange(400)).all()
    assert system.flows["left in mid-year"] > 100


def test_those_who_leave_look_for_a_place_anywhere_but_where_they_come_from():
    system = town(count=400).lives("mobility", **ALL_MOVE)
    (round_,) = system.rounds
    assert np.isinf(round_.distance[:, 0]).all()
    assert np.isfinite(round_.distance[:, 1]).all()
    assert (round_.here == 0).all()


def test_they_move_to_places_left_empty():
    system = town(count=400).lives("mobility", **ALL_MOVE)
    left = system.flows["left in mid-year"]
    system.lives("admissions")
    assert (system.pupils.school == 1).sum() == (system.pupils.joined == SPRING).sum() == left


def test_a_place_left_empty_in_one_year_group_is_none_for_another():
    system = town(count=400, year_group=np.where(np.arange(400) < 200, 7, 9))
    system.put("schools", places=np.array([np.full(12, 400), np.where(np.arange(12) == 9, 400, 0)]))
    system.lives("mobility", **ALL_MOVE).lives("admissions")
    moved = system.pupils.school == 1
    assert set(system.pupils.year_group[moved].tolist()) == {9}
    assert moved.sum() > 50


def test_where_nothing_is_empty_they_stay():
    system = town(count=400)
    system.put("schools", places=np.tile([[400], [0]], 12))
    system.lives("mobility", **ALL_MOVE).lives("admissions")
    assert (system.pupils.school == 0).all()
    assert (system.pupils.joined == 0).all()


def test_two_who_want_each_others_school_change_places_though_both_are_full():
    system = town(count=400, school=np.arange(400) // 4 % 2)
    system.put("schools", places=np.full((2, 12), 200))
    system.lives("mobility", **ALL_MOVE).lives("choice", "admissions")
    assert np.bincount(system.pupils.school).tolist() == [200, 200]
    assert (system.pupils.joined > 0).mean() == pytest.approx(MOST, abs=0.12)


def test_without_limits_on_places_all_get_what_they_ask_for():
    system = town(count=400)
    system.plan.off = frozenset({"M37"})
    system.put("schools", places=np.zeros((2, 12)))
    system.lives("mobility", **ALL_MOVE)
    left = system.flows["left in mid-year"]
    assert (system.lives("admissions").pupils.school == 1).sum() == left


def test_families_ask_neighbours_like_them_where_their_children_go():
    system = town(count=400, schools=3, school=np.where(np.arange(400) < 40, 0, 2))
    system.lives("mobility", **ALL_MOVE).lives("choice")
    (round_,) = system.rounds
    from_first = system.pupils.school[round_.pupils] == 0
    named = round_.lists[from_first]
    assert set(named[named >= 0].tolist()) == {2}
    assert (named >= 0).mean() > 0.8


def test_newcomers_are_seated_in_a_class_of_their_year_group():
    system = town(count=40, school=[0] * 20 + [1] * 20, joined=[SPRING] * 5 + [0] * 35)
    system.term = system.state.term = 0
    system.lives("workforce").lives("classes")
    system.term = system.state.term = SPRING
    system.put("pupils", class_group=np.full((40, 8), -1))
    system.lives("classes")
    seats = system.pupils.class_group
    assert (seats[5:] == -1).all()
    assert (system.classes.school[seats[:5]] == 0).all()
    assert (system.classes.subject[seats[:5]] == np.arange(8)).all()


def test_a_newcomer_to_a_year_group_that_nobody_teaches_has_no_class_yet():
    system = town(count=2, joined=[SPRING, 0]).lives("classes")
    assert (system.pupils.class_group[0] == -1).all()
