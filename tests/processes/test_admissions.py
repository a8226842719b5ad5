"""Places are given out: claims, capacities, and everybody ends up somewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.people.transfer import TransferRound
from schoolsim.rules.allocation import PRIORITIES
from tests.little import Little


def asking(
    distance, capacity, lists, rule="preference", off=(), test=None, priority="distance", sibling=None, set_to=(),
    schools=(), **pupils,
):  # fmt: skip
    """A system in which some pupils are about to enter year 7.

    With `test`, the share of their kind who did better [n], the first school admits by it; `sibling` is the school of
    an elder one [n]; `set_to` and `schools` are further levers and columns of schools.
    """
    distance = np.array(distance, float)
    count, offered = distance.shape
    levers = {"admissions.allocation": rule, "admissions.priority": priority} | dict(set_to)
    rows = {"id": np.arange(count), "year_group": [7] * count} | pupils
    system = Little(off=off, pupils=rows, schools={"id": np.arange(offered)} | dict(schools), levers=levers)
    lists = None if lists is None else np.array(lists)
    round_ = TransferRound(7, np.arange(count), np.arange(offered), np.array(capacity), distance, lists)
    if test is not None:
        round_.score, round_.selective = np.array(test), np.arange(offered) == 0
    round_.sibling = None if sibling is None else np.array(sibling)
    round_.takes_first = (system.schools.faith * system.schools.own_admissions)[round_.schools]
    round_.of_faith = system.pupils.faith
    system.rounds = [round_]
    return system


def admitted(*asked, **asked_too):
    """The system of `asking` after admissions: who got which school."""
    return asking(*asked, **asked_too).lives("admissions")


def test_a_looked_after_child_gets_the_last_place_before_a_nearer_child():
    system = admitted([[0.1, 5], [3, 5]], [1, 1], [[0, 1], [0, 1]], in_care=[False, True])
    assert system.pupils.school.tolist() == [1, 0]


def test_a_child_whose_plan_names_the_school_comes_before_a_nearer_child_but_after_one_looked_after():
    distance, lists = [[0.1, 5], [3, 5], [4, 5]], [[0, 1]] * 3
    system = admitted(distance, [2, 1], lists, sen=[0, 2, 0], in_care=[False, False, True])
    assert system.pupils.school.tolist() == [1, 0, 0]
    assert admitted(distance, [1, 2], lists, sen=[0, 2, 0], in_care=[False, False, True]).pupils.school[2] == 0


def test_support_without_a_plan_gives_no_claim():
    system = admitted([[0.1, 5], [3, 5]], [1, 1], [[0, 1], [0, 1]], sen=[0, 1])
    assert system.pupils.school.tolist() == [0, 1]


def test_the_nearer_child_gets_the_last_place():
    assert admitted([[2, 5], [1, 5]], [1, 1], [[0, 1], [0, 1]]).pupils.school.tolist() == [1, 0]


def test_a_sibling_gets_the_last_place_before_a_nearer_child_and_after_one_looked_after():
    asked = {"distance": [[1, 5], [2, 5]], "capacity": [1, 1], "lists": [[0, 1], [0, 1]], "sibling": [-1, 0]}
    assert admitted(**asked).pupils.school.tolist() == [1, 0]
    assert admitted(**asked, in_care=[True, False]).pupils.school.tolist() == [0, 1]


def test_an_elder_sibling_elsewhere_or_a_rule_without_siblings_gives_no_claim():
    asked = {"distance": [[1, 5], [2, 5]], "capacity": [1, 1], "lists": [[0, 1], [0, 1]]}
    assert admitted(**asked, sibling=[-1, 1]).pupils.school.tolist() == [0, 1]
    nearer_first = {"admissions.sibling_priority": False}
    assert admitted(**asked, sibling=[-1, 0], set_to=nearer_first).pupils.school.tolist() == [0, 1]


CHURCH = {"faith": [2, 0], "own_admissions": [True, True]}
"""The first school is Catholic; both admit for themselves."""


def asked_by_two(catholic=(0, 2), **more):
    """Schools of two children who want the first, which has one place; the second child lives further away."""
    asked = {"distance": [[1, 5], [2, 5]], "capacity": [1, 1], "lists": [[0, 1], [0, 1]]}
    return admitted(**asked, faith=list(catholic), **more).pupils.school.tolist()


def test_a_church_school_takes_the_child_of_its_faith_before_the_nearer():
    assert asked_by_two(schools=CHURCH) == [1, 0]
    assert asked_by_two(catholic=[0, 1], schools=CHURCH) == [0, 1]


def test_in_a_church_school_faith_comes_before_a_sibling_and_after_care():
    assert asked_by_two(schools=CHURCH, sibling=[0, -1]) == [1, 0]
    assert asked_by_two(schools=CHURCH, in_care=[True, False]) == [0, 1]


def test_faith_counts_neither_where_the_authority_admits_nor_where_the_rule_forbids_it():
    assert asked_by_two(schools=CHURCH | {"own_admissions": [False, False]}) == [0, 1]
    assert asked_by_two(schools=CHURCH, set_to={"admissions.faith_priority": False}) == [0, 1]


OWN = {"own_admissions": [True, False]}


@pytest.mark.parametrize(("orders", "weight", "schools"), [
    ("schools", 0.9, [1, 0]), ("schools", 0.1, [0, 1]), ("authority", 0.9, [0, 1])
])  # fmt: skip
def test_a_school_that_orders_its_applicants_leans_towards_the_better_off_by_its_weight(orders, weight, schools):
    system = asking_for_one(ses=[-1.0, 1.0], schools=OWN, set_to={"admissions.ordered_by": orders})
    assert system.lives("admissions", covert_weight=weight).pupils.school.tolist() == schools


def test_a_school_whose_applicants_the_authority_orders_does_not_lean():
    system = asking_for_one(ses=[-1.0, 1.0], schools={"own_admissions": [False, True]})
    assert system.lives("admissions", covert_weight=1.0).pupils.school.tolist() == [0, 1]


def asking_for_one(**more):
    """Two children who want the first school, which has one place, before admissions."""
    return asking([[1, 5], [2, 5]], [1, 1], [[0, 1], [0, 1]], **more)


def banded(scores, rule, **more):
    """Schools of four children who ask for the first, which has two places, nearest first."""
    system = asking([[1], [2], [3], [4]], [2], [[0]] * 4, set_to={"admissions.banding": rule},
                    measured_11=np.tile(np.array(scores, float)[:, None], 3), **more)  # fmt: skip
    round_ = system.rounds[0]
    round_.distance = np.column_stack([round_.distance, [9, 9, 9, 9]])
    round_.schools, round_.capacity = np.array([0, 1]), np.array([2, 4])
    return system.lives("admissions", band_count=2).pupils.school.tolist()


@pytest.mark.parametrize(("rule", "schools"), [
    ("none", [0, 0, 1, 1]), ("own_admissions", [0, 0, 1, 1]), ("all", [0, 1, 0, 1])
])  # fmt: skip
def test_a_school_that_bands_takes_as_many_of_the_upper_half_as_of_the_lower(rule, schools):
    assert banded([1.0, 2.0, 8.0, 9.0], rule, schools={"id": [0, 1], "own_admissions": [False, False]}) == schools


def test_by_catchment_a_school_takes_the_child_to_whom_it_is_nearest_before_one_nearer_to_it():
    asked = {"distance": [[1.0, 0.5], [2.0, 3.0]], "capacity": [1, 1], "lists": [[0, 1], [0, 1]]}
    assert admitted(**asked).pupils.school.tolist() == [0, 1]
    assert admitted(**asked, priority="catchment").pupils.school.tolist() == [1, 0]


def test_inside_a_catchment_the_nearer_child_comes_first():
    system = admitted([[2, 9], [1, 9]], [1, 1], [[0, 1], [0, 1]], priority="catchment")
    assert system.pupils.school.tolist() == [1, 0]


def test_by_ballot_near_and_far_are_as_likely_to_get_in():
    count = 4000
    far = np.arange(count) % 2 == 1
    system = admitted(
        np.where(far[:, None], 9.0, 1.0) * [[1, 2]], [count // 2, count], [[0, 1]] * count, priority="ballot"
    )
    got = system.pupils.school == 0
    assert got.sum() == count // 2
    assert got[far].mean() == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("priority", PRIORITIES)
def test_whatever_decides_last_comes_after_care_and_plans(priority):
    system = admitted([[1, 5], [8, 9], [9, 9]], [2, 1], [[0, 1]] * 3, priority=priority, sen=[0, 0, 2],
                      in_care=[False, True, False])  # fmt: skip
    assert system.pupils.school.tolist() == [1, 0, 0]


def test_whoever_got_no_lot_is_placed_by_distance():
    system = admitted([[1, 5, 5], [1, 4, 9]], [0, 1, 1], [[0], [0]], priority="ballot")
    assert system.pupils.school.tolist() == [2, 1]


def test_a_school_that_admits_by_test_takes_the_better_child_before_the_nearer():
    asked = {"distance": [[1, 5], [2, 5]], "capacity": [1, 1], "lists": [[0, 1], [0, 1]]}
    assert admitted(**asked, test=[0.4, 0.1]).pupils.school.tolist() == [1, 0]
    assert admitted(**asked, test=[0.4, 0.1], in_care=[True, False]).pupils.school.tolist() == [0, 1]


def test_by_whatever_a_grammar_school_admits_others_take_the_nearer_child():
    system = admitted([[1, 1], [1, 2]], [0, 1], [[1, -1], [1, -1]], test=[0.4, 0.1])
    assert system.pupils.school[0] == 1


def test_naming_a_school_first_gives_no_better_claim_than_naming_it_second():
    system = admitted([[1, 3, 9], [2, 1, 9]], [0, 1, 5], [[0, 1, 2], [1, 2, 0]])
    assert system.pupils.school.tolist() == [2, 1]


def test_whoever_gets_none_of_the_named_schools_gets_the_nearest_with_room():
    system = admitted([[1, 2, 3, 4]], [0, 0, 1, 1], [[0, 1]])
    assert system.pupils.school.tolist() == [2]


def test_where_no_school_has_room_the_nearest_takes_the_child():
    assert admitted([[2, 1]], [0, 0], [[0, 1]]).pupils.school.tolist() == [1]


def test_those_left_over_compete_for_the_nearest_room_by_distance():
    system = admitted([[9, 2, 5], [9, 1, 5]], [0, 1, 1], [[0, -1], [0, -1]])
    assert system.pupils.school.tolist() == [2, 1]


def test_nobody_is_placed_in_a_girls_school_who_is_a_boy():
    closed = np.inf
    system = admitted([[closed, 8], [1, 8]], [5, 0], [[-1, -1], [0, 1]])
    assert system.pupils.school.tolist() == [1, 0]


def test_neighbourhood_allocation_does_not_ask_families():
    distance, lists = [[1, 2], [1, 2]], [[1, 0], [1, 0]]
    assert admitted(distance, [5, 5], lists).pupils.school.tolist() == [1, 1]
    assert admitted(distance, [5, 5], lists, rule="neighbourhood").pupils.school.tolist() == [0, 0]


def test_families_without_lists_are_placed_by_distance():
    assert admitted([[2, 1]], [5, 5], None).pupils.school.tolist() == [1]


def test_without_the_mechanism_the_school_named_first_takes_everybody():
    system = admitted([[1, 2]] * 3, [1, 1], [[1, 0]] * 3, off={"M37"})
    assert system.pupils.school.tolist() == [1, 1, 1]


def test_without_the_mechanism_a_child_gets_a_school_even_where_none_has_room():
    assert admitted([[2, 1]], [0, 0], None, off={"M37"}).pupils.school.tolist() == [1]


def test_nobody_who_is_not_looking_is_moved():
    system = Little(pupils={"id": [1, 2], "year_group": [7, 9], "school": [4, 5]}, schools={"id": np.arange(6)})
    system.rounds = [TransferRound(7, np.array([0]), np.array([3]), np.array([9]), np.array([[1.0]]))]
    assert system.lives("admissions").pupils.school.tolist() == [3, 5]


def test_the_authority_keeps_count_of_what_families_got():
    system = admitted([[1, 2], [1, 2]], [1, 1], [[0, 1], [0, 1]], first_preference=[0, 0], in_care=[True, False])
    told = system.admissions_summary[7]
    assert told == {"admitted": 2, "first_preference_share": 0.5, "nearest_school_share": 0.5, "distance_km": 1.5}
    assert system.flows == {"admitted": 2}


def test_the_paperwork_is_done_when_places_are_given():
    assert admitted([[1]], [1], [[0]]).rounds == []


@pytest.mark.parametrize("rule", ["preference", "neighbourhood"])
@given(st.data())
def test_everybody_gets_a_school_and_none_is_over_its_places_while_there_is_room(rule, data):
    schools = data.draw(st.integers(1, 3))
    capacity = data.draw(st.lists(st.integers(0, 4), min_size=schools, max_size=schools))
    count = data.draw(st.integers(1, 6))
    distance = np.arange(1, count * schools + 1, dtype=float)[data.draw(st.permutations(range(count * schools)))]
    lists = np.array([data.draw(st.permutations(range(schools))) for _ in range(count)])
    for row in lists:
        row[data.draw(st.integers(1, schools)) :] = -1
    school = admitted(distance.reshape(count, schools), capacity, lists, rule).pupils.school
    assert (school >= 0).all()
    if sum(capacity) >= count:
        assert (np.bincount(school, minlength=schools) <= capacity).all()
