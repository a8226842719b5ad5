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


def rate(apt_sd=0.0, **pupils):
    """Chance a year of pupils that differ in what is given, in a nation where a tenth move."""
    count = len(next(iter(pupils.values())))
    how = Moving(0.1, poverty_ratio=2.0, care_ratio=3.0, deprivation_slope=2.5, deprivation_at_mean=0.2, apt_sd=apt_sd,
                 apt_by_position=0.5, highest_chance=MOST)  # fmt: skip
    rows = {"id": [1] * count, "home_area": [0] * count} | pupils
    people = Little(pupils=rows).pupils
    nation = {"fsm6": 0.25, "in_care": 0.0, "position_gap": 1.1}
    return chances(people, np.arange(count), np.array([0.2, 0.4]), nation, how, Draws(1, "mobility", 1))


def test_the_poor_the_looked_after_and_those_of_poor_streets_move_more_often():
    assert rate(fsm6=[False, True]) == pytest.approx([0.1 / 1.25, 0.2 / 1.25])
    assert rate(in_care=[False, True]) == pytest.approx([0.08, 0.24])
    assert rate(home_area=[0, 1]) == pytest.approx([0.08, 0.08 * np.exp(0.5)])


def test_of_families_as_poor_those_of_low_position_move_more_often():
    low, high = rate(apt_sd=0.8, ses=[-1.0, 1.0])
    rest = (1 - 1.1**2 * 0.25 * 0.75) ** 0.5
    assert low / high == pytest.approx(np.exp(0.8 * 0.5 * 2 / rest), rel=1e-4)


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


def test_a_home_goes_to_a_family_whose_position_is_near_that_of_the_last():
    position = np.tile(np.linspace(-2, -0.5, 400), 1)
    system = town(count=400, ses=position)
    system.lives("mobility", **ALL_MOVE, home_share=1.0)
    last = position[(system.pupils.easting / 100).astype(int)]
    assert np.abs(last - position).max() < 0.1
    assert (last != position).mean() > 0.2


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


def test_who_gets_no_school_asked_for_stays_unless_the_old_one_is_too_far_to_walk():
    far = np.arange(400) % 2 == 1
    system = town(count=400, schools=3, school=np.zeros(400, int), easting=np.where(far, 20_000.0, 0.0))
    system.put("schools", places=np.tile([[400], [0], [400]], 12), easting=np.zeros(3))
    system.lives("mobility", **ALL_MOVE, home_share=0.0)
    (round_,) = system.rounds
    round_.lists = np.ones((len(round_.pupils), 1), int)  # the one that is full
    system.lives("admissions")
    assert set(system.pupils.school[~far].tolist()) == {0}
    assert (system.pupils.school[far] == 2).sum() == far[round_.pupils].sum() > 20


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_who_live_as_near_the_same_one_gets_the_last_place_in_whatever_order_rows_stand(turn):
    system = town(count=400, id=np.arange(400)[::turn], easting=np.zeros(400))
    system.put("schools", places=np.array([np.full(12, 400), np.ones(12)]))
    system.lives("mobility", **ALL_MOVE, home_share=0.0)
    asking = system.pupils.id[system.rounds[0].pupils]
    (got,) = system.lives("admissions").pupils.id[system.pupils.school == 1]
    assert got == min(asking)


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
    system = town(count=400, schools=3, school=np.where(np.arange(400) % 10 == 0, 0, 2), ses=np.arange(400) / 1000)
    system.lives("mobility", **ALL_MOVE).lives("choice")
    (round_,) = system.rounds
    from_first = system.pupils.school[round_.pupils] == 0
    named = round_.lists[from_first]
    assert set(named[named >= 0].tolist()) == {2}
    assert (named >= 0).any(axis=1).mean() > 0.9


def named_first(round_):
    """Rows of the first schools on the lists of a round that children can go to."""
    there = round_.position(round_.lists)
    return round_.schools[there[np.arange(len(there)), (there >= 0).argmax(axis=1)]]


def test_a_family_that_moved_asks_first_the_one_whose_home_it_took_over():
    system = town(count=400, schools=3, school=np.arange(400) % 2)
    before = system.pupils.school.copy()
    system.lives("mobility", **ALL_MOVE, home_share=1.0).lives("choice")
    (round_,) = system.rounds
    whose = (system.pupils.easting[round_.pupils] / 100).astype(int)
    assert round_.told.tolist() == before[whose].tolist()
    elsewhere = round_.told != before[round_.pupils]
    assert elsewhere.sum() > 20
    assert (named_first(round_) == round_.told)[elsewhere].all()


def test_families_believe_those_first_whose_position_is_nearest_to_their_own():
    count = 400
    low, first = np.arange(count) // 4 % 2 == 0, np.arange(count) % 20 == 0
    school = np.where(first, 0, np.where(low, 1, 2))
    system = town(count=count, schools=3, school=school, ses=np.where(low, -2.0, -1.0) + np.arange(count) / 1000)
    system.lives("mobility", **ALL_MOVE, home_share=0.0).lives("choice")
    (round_,) = system.rounds
    asking = system.pupils.school[round_.pupils] == 0
    assert named_first(round_)[asking].tolist() == np.where(low[round_.pupils[asking]], 1, 2).tolist()


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
