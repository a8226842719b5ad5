"""Groups of pupils and their intersections."""

from types import SimpleNamespace

import numpy as np
import pytest

from schoolsim.errors import InputError
from schoolsim.people import groups

PUPILS = SimpleNamespace(
    fsm6=np.array([True, True, False, False]),
    fsm=np.array([True, False, False, False]),
    female=np.array([False, True, False, True]),
    ethnicity=np.array([groups.ETHNICITIES.index(name) for name in ("white_british", "indian", "indian", "mixed")]),
    sen=np.array([0, 1, 2, 0]),
    attendance_year=np.array([0.89, 0.90, 0.95, 0.5], np.float32),
)


def members(name: str) -> list[int]:
    return np.flatnonzero(groups.mask(PUPILS, name)).tolist()


def compared_with(name: str) -> list[int]:
    return np.flatnonzero(groups.reference_mask(PUPILS, name)).tolist()


def test_disadvantaged_pupils_are_compared_with_all_others():
    assert (members("fsm6"), compared_with("fsm6")) == ([0, 1], [2, 3])


def test_boys_are_compared_with_girls():
    assert (members("boys"), compared_with("boys")) == ([0, 2], [1, 3])


def test_an_ethnic_group_is_compared_with_white_british_pupils_only():
    assert (members("indian"), compared_with("indian")) == ([1, 2], [0])


def test_a_plan_is_a_special_need_but_not_the_other_way_round():
    assert (members("sen"), members("ehc_plan")) == ([1, 2], [2])


def test_nine_tenths_attended_is_not_yet_persistent_absence():
    assert members("persistent_absentee") == [0, 3]


def test_an_intersection_holds_those_in_every_part_and_is_compared_with_everybody_else():
    assert (members("fsm6&boys"), compared_with("fsm6&boys")) == ([0], [1, 2, 3])
    assert members("fsm6 & girls & indian") == [1]


def test_a_misspelt_group_gets_the_nearest_guess():
    with pytest.raises(InputError, match="Did you mean 'fsm6'"):
        groups.mask(PUPILS, "boys&fms6")


def test_four_groups_are_too_many_to_cross():
    with pytest.raises(InputError, match="up to 3"):
        groups.parts("fsm6&boys&sen&eal")


def test_every_recorded_group_has_a_title():
    assert all(groups.title(name) for name in groups.RECORDED)
    assert groups.title("fsm6&boys").endswith("and Boys")
