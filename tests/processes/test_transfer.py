"""Who looks for a school, and where there is room."""

from dataclasses import replace

import numpy as np

from schoolsim.people.in_view import SchoolsInView
from schoolsim.people.transfer import TransferRound, nearest_first, round_of
from tests.little import Little

AREA = {"easting": [0.0, 3000.0, 0.0], "northing": [0.0, 0.0, 4000.0]}


def places(*by_school):
    """Places [J, 12]: the same number in every year group that a school teaches."""
    return [[number] * 12 for number in by_school]


def looking(schools=None, **pupils):
    """The rounds of some pupils who live at the crossing of the first school."""
    usual = {"id": [0, 1, 2], "first_year": [0, 7, 7], "last_year": [6, 11, 11], "places": places(30, 30, 30)} | AREA
    return Little(pupils=pupils, schools=usual | (schools or {})).lives("transfer")


def test_only_those_who_have_outgrown_their_school_or_have_none_look_for_one():
    system = looking(id=[1, 2, 3, 4], year_group=[7, 7, 6, 9], school=[0, 1, 0, -1])
    assert {round_.year_group: round_.pupils.tolist() for round_ in system.rounds} == {7: [0], 9: [3]}


def test_a_round_offers_the_schools_that_teach_the_year_group():
    system = looking(id=[1, 2], year_group=[0, 7], school=[-1, -1])
    assert [round_.schools.tolist() for round_ in system.rounds] == [[0], [1, 2]]


def test_places_are_free_that_nobody_who_stays_takes():
    system = looking({"places": places(30, 3, 1)}, id=[1, 2, 3, 4, 5], year_group=[7] * 5, school=[-1, 1, 1, 2, 2])
    assert system.rounds[0].capacity.tolist() == [1, 0]


def test_distance_is_in_kilometres_from_home():
    system = looking(id=[1], year_group=[7])
    assert system.rounds[0].distance.tolist() == [[3.0, 4.0]]


def test_a_girls_school_is_out_of_reach_of_a_boy_and_a_boys_school_of_a_girl():
    system = looking({"gender": [0, 1, 2]}, id=[1, 2], year_group=[7, 7], female=[True, False])
    assert np.isfinite(system.rounds[0].distance).tolist() == [[True, False], [False, True]]


def test_schools_come_by_distance_and_those_out_of_reach_not_at_all():
    distance = np.array([[3.0, np.inf, 1.0], [np.inf, 5.0, np.inf]])
    assert nearest_first(distance, 2).tolist() == [[2, 0], [1, -1]]
    assert nearest_first(distance, 3).tolist() == [[2, 0, -1], [1, -1, -1]]


def test_a_full_school_is_out_of_reach_of_those_who_look_for_room():
    round_ = looking({"places": places(30, 0, 30)}, id=[1], year_group=[7]).rounds[0]
    assert round_.with_room().tolist() == [[np.inf, 4.0]]
    assert round_.distance.tolist() == [[3.0, 4.0]]


def test_families_may_name_the_schools_that_begin_with_the_year_group_if_any_has_room():
    through = {"first_year": [0, 0, 7], "last_year": [6, 11, 11]}
    begins = looking(through, id=[1], year_group=[7]).rounds[0]
    assert begins.offered().tolist() == [[np.inf, 4.0]]
    full = looking(through | {"places": places(30, 30, 0)}, id=[1], year_group=[7]).rounds[0]
    assert full.offered().tolist() == [[3.0, np.inf]]


def test_who_looks_for_a_school_is_counted():
    assert looking(id=[1, 2], year_group=[7, 8], school=[-1, 1]).flows == {"sought a school": 1}


def test_a_boy_who_failed_the_test_does_not_see_the_grammar_school_and_one_who_passed_does():
    system = Little(
        pupils={"id": [1, 2], "year_group": [7, 7], "measured_11": [[1.0] * 3, [5.0] * 3]},
        schools={"id": [0, 1, 2], "first_year": [0, 7, 7], "last_year": [6, 11, 11], "places": places(30, 1, 30),
                 "selective": [False, True, False]} | AREA,
    )  # fmt: skip
    round_ = system.lives("transfer", passes_per_place=1.0).rounds[0]
    assert round_.distance.tolist() == [[np.inf, 4.0], [3.0, 4.0]]
    assert round_.passed.tolist() == [False, True]


def test_there_is_no_test_for_primary_school():
    through = {"first_year": [0, 0, 7], "last_year": [6, 11, 11], "selective": [False, True, False]}
    round_ = looking(through, id=[1], year_group=[0]).rounds[0]
    assert round_.passed is None
    assert np.isfinite(round_.distance).all()


VIEW = TransferRound(7, np.arange(2), np.array([4, 5, 6]), np.array([1, 0, 1]), np.array([[1.0, 2.0], [3.0, 4.0]]),
                     near=np.array([[2, 0], [0, 1]]))  # fmt: skip
"""Two families, each with two of three schools in view."""


def test_a_column_is_another_school_for_another_family():
    assert VIEW.position(np.array([[0, 1], [1, -1]])).tolist() == [[2, 0], [1, -1]]
    assert VIEW.positions().tolist() == [[2, 0], [0, 1]]


def test_what_is_true_of_a_school_is_true_in_every_column_in_which_it_stands():
    assert VIEW.of_column(np.array([10, 11, 12])).tolist() == [[12, 10], [10, 11]]
    assert VIEW.with_room().tolist() == [[1.0, 2.0], [3.0, np.inf]]


def test_where_all_schools_are_in_view_columns_are_the_schools():
    round_ = looking(id=[1, 2], year_group=[7, 7]).rounds[0]
    assert round_.positions().tolist() == [[0, 1], [0, 1]]
    assert round_.position(np.array([[1, -1], [0, 1]])).tolist() == [[1, -1], [0, 1]]


def test_a_round_measures_the_way_to_the_schools_in_view_of_the_home():
    system = Little(pupils={"id": [1, 2], "year_group": [7, 7], "home_area": [1, 0], "northing": [4000.0, 0.0]},
                    schools={"id": [0, 1, 2], "first_year": [0, 7, 7], "last_year": [6, 11, 11]} | AREA)  # fmt: skip
    streets = {"easting": np.zeros(2), "northing": np.array([0.0, 4000.0])}
    view = SchoolsInView(streets, system.schools, in_view=1)
    round_ = round_of(system.pupils, np.arange(2), 7, system.schools, view)
    assert round_.schools[round_.positions()].tolist() == [[2], [1]]
    assert round_.distance.tolist() == [[0.0], [3.0]]


def test_a_family_may_name_schools_that_begin_here_and_others_only_if_none_of_these_has_room():
    begins, room = np.array([True, False, True]), np.array([1, 1, 0])
    near = np.array([[0, 1], [1, 2]])
    round_ = replace(VIEW, capacity=room, begins=begins, near=near)
    assert round_.offered().tolist() == [[1.0, np.inf], [3.0, np.inf]]
    everywhere = replace(VIEW, capacity=room, begins=begins, near=None, distance=np.array([[1.0, 2.0, 3.0]] * 2))
    assert everywhere.offered().tolist() == [[1.0, np.inf, np.inf]] * 2
