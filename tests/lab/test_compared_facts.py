"""Figures of S05, S07, S15, S20 and S39 from a handful of rows worked out by hand, and the runs they compare."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.facts import equalising, examined, looks, runs, sorting, turnover
from schoolsim.lab.facts.arms import ARMS, Arm, taken, with_numbers
from schoolsim.lab.facts.runs import Task, material
from schoolsim.session import Session
from tests.little import plan


def examinations(*rows):
    """School, free meals, pupils, reached, year."""
    return pd.DataFrame(rows, columns=["school", "fsm", "pupils", "reached", "year"])


def test_the_gap_in_good_grades_is_between_all_pupils_and_not_a_mean_of_schools():
    rows = examinations((1, True, 10, 1, 9), (1, False, 100, 20, 9), (2, True, 90, 19, 9), (2, False, 100, 60, 9))
    figures = examined.gap_in_good_grades({"examinations": rows})
    assert figures["gap"] == pytest.approx(0.4 - 0.2)
    assert figures["gap_sd"] == pytest.approx(0.8416 - 0.2533, abs=1e-3)
    assert figures["reached"] == pytest.approx(100 / 300)
    assert np.isnan(figures["gap_at_start"])


def test_a_school_counts_as_below_a_mark_by_all_its_pupils_and_small_ones_not_at_all():
    rows = examinations((1, True, 50, 5, 0), (1, False, 50, 13, 0), (2, False, 100, 40, 0), (3, False, 5, 0, 0))
    figures = examined.tail_of_schools({"examinations": rows})
    assert [figures[f"below_{mark}_1997"] for mark in examined.MARKS] == [0.0, 0.5, 0.5, 0.5]
    assert figures["school_sd_1997"] == pytest.approx(0.11)


def staff(*rows):
    """Teacher, school, poverty of the school, age, year; years taught are the age less 22."""
    frame = pd.DataFrame(rows, columns=["teacher", "school", "poor", "age", "year"])
    return frame.assign(authority=0, phase="primary", own=True, experience=frame["age"] - 22)


def two_autumns(*, young_in_poor_schools):
    """Ten schools of ten teachers: half of the young go on to the next school, and none of the old."""
    rows = []
    for teacher in range(100):
        school, order = teacher // 10, teacher % 10
        young = order < (8 if school >= 8 and young_in_poor_schools else 2)
        leaves = young and order % 2 == 0
        rows += [(teacher, school, school / 10, 25 if young else 50, 0)]
        rows += [(teacher, (school + leaves) % 10, school / 10, 26 if young else 51, 1)]
    return staff(*rows)


def over_one_autumn(monkeypatch, frame):
    monkeypatch.setattr(turnover, "AUTUMNS", (0, 1))
    return turnover.turnover_by_poverty({"staff": frame})


def test_turnover_is_of_those_who_are_not_in_the_same_school_a_year_later(monkeypatch):
    figures = over_one_autumn(monkeypatch, two_autumns(young_in_poor_schools=False))
    assert figures["mean"] == figures["mean_primary"] == pytest.approx(0.1)
    assert figures["raw"] == pytest.approx(0.0)
    assert figures["leaving_the_profession"] == pytest.approx(0.0)


def test_turnover_that_comes_of_younger_teachers_is_gone_given_ages(monkeypatch):
    figures = over_one_autumn(monkeypatch, two_autumns(young_in_poor_schools=True))
    assert figures["raw"] == pytest.approx(0.4 - 0.1)
    assert figures["given_ages_and_place"] == pytest.approx(0.0, abs=1e-12)


def test_who_is_in_no_school_a_year_later_has_left_the_profession(monkeypatch):
    frame = two_autumns(young_in_poor_schools=False)
    gone = (frame["year"] == 1) & (frame["teacher"] == 99)
    assert over_one_autumn(monkeypatch, frame[~gone])["leaving_the_profession"] == pytest.approx(1 / 20)


def schools(poor, rolls=(100, 100, 100, 100, 100), results=(0, 1, 2, 3, 4)):
    """Five secondary schools of one authority in years 0 and 8 to 10, the last being the one with most results."""
    frame = pd.DataFrame({"school": range(5), "fsm": poor, "roll": rolls, "result": results, "tested": 50})
    frame = frame.assign(phase="secondary", stage=16, authority=0, printed=np.arange(5.0))
    return pd.concat([frame.assign(year=year) for year in (0, *sorting.SUMMERS)])


def worlds(choice, neighbourhood):
    exams = [examinations((1, True, 100, reached, 10), (1, False, 100, 60, 10)) for reached in (20, 21)]
    return {"schools": choice, "schools:neighbourhood": neighbourhood,
            "examinations": exams[0], "examinations:neighbourhood": exams[1]}  # fmt: skip


def test_choice_is_set_against_the_same_schools_without_it():
    apart, mixed = schools((50, 20, 10, 10, 10), rolls=(90, 100, 100, 100, 110)), schools((20, 20, 20, 20, 20))
    figures = sorting.sorted_by_choice(worlds(apart, mixed))
    assert figures["dissimilarity"] > 0.2
    assert figures["lowest_fifth_roll"] == pytest.approx(-0.1)
    assert figures["fsm_gap"] == pytest.approx(0.01)
    assert np.isnan(figures["dissimilarity_primary"])


def test_schools_further_apart_in_results_under_choice_are_a_wider_spread():
    wide, narrow = schools((20,) * 5, results=(-2, -1, 0, 1, 2)), schools((20,) * 5, results=(-1, -0.5, 0, 0.5, 1))
    assert sorting.sorted_by_choice(worlds(wide, narrow))["spread_of_results"] > 0.5
    assert sorting.sorted_by_choice(worlds(wide, wide))["spread_of_results"] == 0.0


def leavers(gap):
    """Two poor pupils, months behind two others."""
    return pd.DataFrame({"stage": 16, "year": 12, "fsm6": [True, True, False, False], "measured": [-gap, -gap, 0, 0]})


def test_what_is_removed_is_a_share_of_the_gap_as_it_is():
    gaps = {"schools-alike": 18, "teachers-alike": 19, "both-alike": 17, "early-years-alike": 15, "homes-alike": 8}
    seen = {"pupils": leavers(20)} | {f"pupils:{arm}": leavers(gap) for arm, gap in gaps.items()}
    figures = equalising.gap_removed(seen)
    assert [figures[name] for name in equalising.EQUALISED] == pytest.approx([-0.1, -0.05, -0.15, -0.25, -0.6])
    assert figures["homes_beyond_others"] == pytest.approx(-0.35)
    assert figures["gap"] == 20


# -- the runs ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settled():
    """The small town at the end of year 0."""
    return Session(plan(), seed=1).run_to(0)


def test_every_arm_sets_parameters_that_there_are(settled):
    values = settled.system.values
    for arm in ARMS.values():
        changed = with_numbers(values, arm.numbers)
        for path, number in arm.numbers.items():
            process, _, name = path.partition(".")
            assert name in values[process]
            assert (np.asarray(changed[process][name]) == number).all()


def test_a_list_is_set_to_a_number_element_by_element_and_the_rest_is_left():
    values = {"home": {"ses_flow": [0.1, 0.2], "eal_flow": 0.3}}
    assert with_numbers(values, {"home.ses_flow": 0.0}) == {"home": {"ses_flow": [0.0, 0.0], "eal_flow": 0.3}}


def test_an_arm_without_anything_lives_the_life_of_the_status_quo(settled):
    usual = settled.fork().run_to(1)
    arm = taken(settled, Arm(numbers={"home.home_strength": usual.system.values["home"]["home_strength"]})).run_to(1)
    np.testing.assert_array_equal(arm.system.pupils.attainment, usual.system.pupils.attainment)


def test_schools_alike_add_the_same_and_the_status_quo_is_left_as_it_was(settled):
    system = taken(settled, ARMS["schools-alike"]).run_to(2).system
    assert not system.schools.school_effect.any()
    assert not system.schools.department_effect.any()
    assert settled.system.schools.school_effect.any()


def test_teachers_change_places_by_lot_and_no_place_changes_its_subject(settled):
    before, after = settled.system.teachers, taken(settled, ARMS["teachers-alike"]).system.teachers
    posts = [pd.DataFrame({"school": one.school, "subject": one.subject}).value_counts() for one in (before, after)]
    pd.testing.assert_series_equal(*posts, check_like=True)
    assert (before.school != after.school).any()
    np.testing.assert_array_equal(before.quality, after.quality)


def test_children_who_start_alike_are_not_behind_for_being_poor(settled):
    usual, alike = (taken(settled, arm).step().system for arm in (Arm(), ARMS["early-years-alike"]))
    new = usual.pupils.year_group == 0
    gained = (alike.pupils.attainment[new] - usual.pupils.attainment[new]).mean(axis=1)
    poor = usual.pupils.fsm6[new]
    assert gained[poor].mean() > gained[~poor].mean()


def test_runs_of_an_arm_are_kept_apart_from_those_of_the_status_quo(tmp_path):
    glances = (("schools", 1),)
    arms = ("", "neighbourhood")
    usual, arm = (Task("toytown", "england_2019", 1001, glances, tmp_path, arm) for arm in arms)
    for task in (usual, arm):
        runs.carry_out(task)
    seen = material([usual], glances) | material([arm], glances)
    assert list(seen) == ["schools", "schools:neighbourhood"]
    assert not seen["schools"]["roll"].equals(seen["schools:neighbourhood"]["roll"])


def test_every_pupil_of_16_is_examined_once_and_every_teacher_is_on_the_staff(settled):
    assert looks.examinations(settled)["pupils"].sum() == (settled.system.pupils.year_group == 11).sum()
    told = looks.staff(settled)
    assert sorted(told["teacher"]) == sorted(settled.system.teachers.id)
    assert told["poor"].between(0, 1).all()
