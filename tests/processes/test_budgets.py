"""Money follows pupils: reserves, larger classes, and fear of closure."""

import numpy as np
import pytest

from tests.little import Little

FULL = {"premises_share": 0.2, "teaching_share": 0.5}


def school(roll=100, start=100, funded=None, levers=None, **columns):
    """One secondary after an autumn, whose roll was `start` when the world began and `funded` a year ago."""
    pupils = {"id": np.arange(roll), "year_group": [7] * roll, "school": [0] * roll}
    in_year_7 = np.where(np.arange(12) == 7, 100, 0)
    rows = {"id": [0], "phase": [1], "reserves": [1.0], "start_roll": [start],
            "funded_roll": [start if funded is None else funded],
            "places": [in_year_7]} | {name: [value] for name, value in columns.items()}  # fmt: skip
    return Little(pupils=pupils, schools=rows, levers=levers).lives("budgets", **FULL)


def test_a_school_whose_roll_stays_spends_what_it_gets():
    schools = school().schools
    assert schools.reserves[0] == pytest.approx(1.0)
    assert schools.class_rise[0] == schools.crowding_effect[0] == 0
    assert not schools.may_close[0]


def test_the_first_autumn_is_the_one_that_others_are_measured_by():
    schools = school(roll=80, start=0).schools
    assert (schools.start_roll[0], schools.funded_roll[0]) == (80, 80)
    assert schools.reserves[0] == pytest.approx(1.0)


def test_fewer_pupils_do_not_make_premises_cheaper():
    schools = school(roll=80, funded=80).schools  # income 80, spent 0.2 * 100 + 0.8 * 80
    assert schools.reserves[0] == pytest.approx(1 - 12 * 4 / 80)


def test_money_comes_a_year_after_the_pupils():
    falling, growing = school(roll=90, funded=100).schools, school(roll=100, funded=90).schools
    assert falling.reserves[0] == 1.0  # 8 left over, and spent on small groups
    assert falling.class_rise[0] == pytest.approx(-28 * 8 / (45 + 8))
    assert growing.reserves[0] == pytest.approx(1 - 12 * 10 / 90)
    assert falling.funded_roll[0] == 90


def test_with_reserves_left_nobody_saves_and_without_classes_grow_as_far_as_it_takes():
    assert school(roll=80, funded=80).schools.class_rise[0] == 0
    schools = school(roll=80, funded=80, reserves=0.5).schools  # missing 4 of 40 spent on pay
    assert schools.class_rise[0] == pytest.approx(28 * 4 / 36)
    assert schools.crowding_effect[0] == pytest.approx(-0.004 * 28 * 4 / 36)


def test_with_larger_classes_the_books_balance():
    schools = school(roll=80, funded=80, reserves=0.5, class_rise=28 * 4 / 36).schools
    assert schools.reserves[0] == pytest.approx(0.5, abs=1e-4)


def test_classes_grow_no_further_than_rooms_allow():
    assert school(roll=40, funded=40, reserves=0.0).schools.class_rise[0] == pytest.approx(5.0)


def test_when_there_is_money_again_classes_get_smaller_step_by_step():
    assert school(class_rise=4.0, reserves=0.25).schools.class_rise[0] == pytest.approx(2.0)


def test_less_money_for_each_pupil_makes_schools_save():
    schools = school(levers={"funding.per_pupil": 0.9}, reserves=0.5).schools
    assert schools.reserves[0] == pytest.approx(0.5 - 12 * 10 / 90)
    assert schools.class_rise[0] > 2


def test_a_school_half_empty_or_deep_in_debt_may_close():
    assert school(roll=49, funded=49, start=49).schools.may_close[0]
    assert not school(roll=51, funded=51, start=51).schools.may_close[0]
    assert school(reserves=-2.5).schools.may_close[0]


def test_schools_that_save_need_fewer_classes_but_not_for_infants():
    rise = {"id": [0, 1], "class_rise": [0.0, 3.0]}
    pupils = {"year_group": [1] * 31 + [5] * 31, "school": [1] * 62, "id": np.arange(62)}
    system = Little(pupils=pupils, schools=rise).lives("workforce").lives("classes")
    assert np.bincount(system.classes.year_group, minlength=6).tolist() == [0, 2, 0, 0, 0, 1]
    assert len(system.teachers) == 3


def test_money_for_small_groups_makes_no_more_classes():
    pupils = {"year_group": [5] * 30, "school": [0] * 30, "id": np.arange(30)}
    system = Little(pupils=pupils, schools={"id": [0], "class_rise": [-3.0]}).lives("workforce").lives("classes")
    assert len(system.classes) == 1
