"""Belonging: how it grows, what is lost by moving, and what it takes from risks."""

import numpy as np
import pytest

from schoolsim.processes.resilience import known_adults, usual_belonging
from tests.little import Little

NOWHERE = 65535
VALUES = {"first": 0.5, "growth": 0.3, "carried": 0.6, "usual_known": 0.9, "own_sd": 0.0, "shield": 1.0}
USUAL = usual_belonging(0.5, 0.3, 0.6, 0.9)


def autumn(elapsed=0, values=None, **pupils):
    """Some pupils of year 3 of school 0 after an autumn; they have no classes, so that adults are known as usual."""
    count = len(pupils["id"])
    rows = {"year_group": [3] * count, "school": [0] * count, "school_known": [0] * count} | pupils
    system = Little(pupils=rows, schools={"id": [0, 1]}, elapsed=elapsed)
    return system.lives("resilience", **(VALUES | (values or {}))).pupils


def test_a_child_of_the_first_year_belongs_as_usual():
    pupils = autumn(id=[1], year_group=[0], school_known=[NOWHERE])
    assert (pupils.belonging[0], pupils.risk_weight[0], pupils.school_known[0]) == (0, 1, 0)


def test_who_stays_among_known_adults_belongs_as_usual():
    assert autumn(id=[1]).belonging[0] == pytest.approx(0, abs=1e-6)


def test_what_was_lost_comes_back_in_the_same_school():
    assert autumn(id=[1], belonging=[-0.2]).belonging[0] == pytest.approx(-0.2 * 0.7)


def test_who_moves_loses_most_of_what_there_was():
    moved = autumn(id=[1], school_known=[1]).belonging[0]
    assert moved == pytest.approx(0.6 * USUAL[2] - USUAL[3])
    assert moved < -0.2


def test_to_move_into_year_seven_is_usual_and_not_to_move_is_a_gain():
    belonging = autumn(id=[1, 2], year_group=[7, 7], school_known=[1, 0]).belonging
    assert belonging[0] == pytest.approx(0, abs=1e-6)
    assert belonging[1] > 0.2


def test_belonging_grows_to_what_the_adults_allow_and_is_mostly_lost_into_year_seven():
    assert (np.diff(USUAL[:7]) > 0).all()
    assert USUAL[7] == pytest.approx(0.6 * USUAL[6])
    assert USUAL.max() < 0.9


def test_pupils_alike_differ_in_belonging_for_life():
    pupils = autumn(values={"own_sd": 0.15}, id=np.arange(5000), year_group=[0] * 5000, school_known=[NOWHERE] * 5000)
    assert pupils.belonging.std() == pytest.approx(0.15, rel=0.05)
    assert pupils.belonging.mean() == pytest.approx(0, abs=0.01)


def test_risks_weigh_less_on_who_belongs_and_never_turn_to_gain():
    still = {"growth": 0.0, "first": 0.0}
    weight = autumn(values=still, id=[1, 2, 3, 4], belonging=[0.0, 0.25, -0.25, 3.0]).risk_weight
    assert weight == pytest.approx([1, 0.75, 1.25, 0], abs=1e-3)


def test_adults_are_known_who_were_there_the_year_before():
    classes = {"id": np.arange(3), "teacher": [0, 1, -1]}
    seats = np.full((4, 8), -1)
    seats[0, :3], seats[1, :3], seats[2], seats[3] = 0, 1, [0] * 4 + [1] * 4, 2
    pupils = {"id": np.arange(4), "year_group": [3, 3, 8, 8], "school": [0] * 4, "class_group": seats}
    system = Little(pupils=pupils, classes=classes, teachers={"id": [1, 2], "joined": [4, 5]}, elapsed=5)
    assert known_adults(system, 0.9).tolist() == [1.0, 0.0, 0.5, 0.0]


def test_needs_and_poverty_cost_less_where_a_pupil_belongs_and_what_is_no_risk_stays():
    rows = {"year_group": [3] * 4, "ses": [-1.0, -1.0, 1.0, 1.0], "needs": [1, 1, 0, 0]}
    rows |= {"id": [5] * 4, "fsm6": [True, True, False, False], "risk_weight": [1.0, 0.5, 1.0, 0.5]}
    system = Little(pupils=rows, schools={"id": [0]}).lives("home").lives("attendance").lives("participation")
    for column in ("home_effect", "attendance", "participation"):
        value = system.pupils.get(column)
        assert value[1] > value[0], column
        assert value[2] == value[3], column
