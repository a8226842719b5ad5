"""Who is on which school's roll: counts and shares, nobody's children left out."""

import numpy as np

from schoolsim.people.rolls import roll_by_year_group, share_by_school

SCHOOL = np.array([1, -1, 1, 0, 1], np.int32)


def test_a_roll_counts_pupils_by_school_and_year_group_and_leaves_out_those_in_no_school():
    roll = roll_by_year_group(SCHOOL, np.array([11, 3, 11, 0, 7], np.int8), 3)
    assert roll.shape == (3, 12)
    assert roll[1, 11] == 2 and roll[1, 7] == 1 and roll[0, 0] == 1
    assert roll.sum() == 4


def test_an_empty_school_has_the_share_of_all_pupils_who_are_in_school():
    poor = np.array([True, True, False, True, False])
    assert share_by_school(SCHOOL, poor, 3).tolist() == [1.0, 1 / 3, 0.5]


def test_where_nobody_is_in_school_every_share_is_nought():
    assert share_by_school(np.array([-1]), np.array([True]), 2).tolist() == [0.0, 0.0]
