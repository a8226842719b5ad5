"""The facts about inspection on worlds written by the test, of which the answer is known."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.facts import judged
from schoolsim.lab.facts.looks_of_visits import FOLLOWED_TO, spells, visited
from schoolsim.places.inspections import national_record
from schoolsim.session import Session
from tests.little import plan

HELD = np.array(national_record()["held_four_years_later"], float)


def stays(count=4000, seed=1, scale=1.2, until=30):
    """Stays that last a year and then end at random, mean `1 + scale` years, counted by the term."""
    rng = np.random.default_rng(seed)
    began = rng.integers(1, 28, count)
    ended = began + np.maximum(np.round(3 * (1 + rng.exponential(scale, count))), 1).astype(int)
    first = pd.DataFrame({"school": [-1], "began": [-1], "ended": [-1]})
    rows = pd.DataFrame({"school": np.arange(count), "began": began, "ended": np.where(ended <= until, ended, -1)})
    return pd.concat([first, rows], ignore_index=True).assign(until=until, schools=10_000, authority=0)


def test_how_long_schools_stay_is_found_although_some_are_there_to_the_end():
    found = judged.time_in_measures({"spells": stays()})
    assert found["over_two_years"] == pytest.approx(np.exp(-1 / 1.2), abs=0.03)
    assert found["over_three_years"] == pytest.approx(np.exp(-2 / 1.2), abs=0.03)
    assert found["mean_months"] == pytest.approx(12 * 2.2, abs=1.0)
    assert found["entering"] == pytest.approx(4000 * 21 / 27 / 7 / 10_000, rel=0.05)


def test_a_world_in_which_nobody_fails_says_nothing_of_how_long_it_lasts():
    found = judged.time_in_measures({"spells": stays(count=0)})
    assert np.isnan(found["mean_months"]) and np.isnan(found["over_one_year"])
    assert found["entering"] == 0.0


def graded(slope, own_slope=2.0, own_noise=0.1, count=300, seed=1):
    """Schools whose grades rise with poverty by `slope`, and in the data by `own_slope`, at each moment."""
    rng = np.random.default_rng(seed)
    poor = rng.uniform(0, 0.5, count)
    rows = pd.DataFrame({
        "phase": np.where(np.arange(count) % 5 == 0, "secondary", "primary"), "poor": poor, "own_poor": poor,
        "grade": 1.5 + slope * poor, "own_grade": 1.5 + own_slope * poor + rng.normal(0, own_noise, count),
    })  # fmt: skip
    return {"visited": pd.concat([rows.assign(year=year) for year in (0, 3, 10)], ignore_index=True)}


def test_the_slope_is_set_over_that_of_the_same_schools_in_the_data():
    found = judged.grade_on_poverty(graded(1.0))
    assert [found[f"over_data_{year}"] for year in (0, 3, 10)] == pytest.approx([0.5] * 3, abs=0.03)
    assert found["slope_0"] == pytest.approx(1.0)
    assert judged.grade_on_poverty(graded(-1.0))["over_data_3"] == pytest.approx(-0.5, abs=0.03)


def test_where_the_schools_own_slope_is_luck_that_of_england_counts():
    england, error = judged.slope_of_england()
    assert (england, error) == (pytest.approx(1.54, abs=0.01), pytest.approx(0.041, abs=0.001))
    found = judged.grade_on_poverty(graded(1.0, own_slope=0.1, own_noise=1.0))
    assert found["over_data_0"] == pytest.approx(1.0 / england)


def test_grades_never_given_count_for_nothing():
    material = graded(1.0)
    holed = material["visited"].assign(grade=lambda rows: rows["grade"].where(rows.index % 3 > 0, 0))
    assert judged.grade_on_poverty({"visited": holed})["slope_0"] == pytest.approx(1.0)


def calendar(wait, schools=200, seed=1):
    """Schools seen every so many years by their grade, and found good or in need of improvement by lot."""
    rng = np.random.default_rng(seed)
    grade, found = np.full(schools, 2), rng.uniform(-3, 0, schools)
    rows = []
    for year in judged.WATCHED:
        due = found + np.asarray(wait)[grade - 1] <= year
        found, grade = np.where(due, year, found), np.where(due, rng.choice([2, 3], schools), grade)
        rows.append(pd.DataFrame({"school": np.arange(schools), "year": year, "grade": grade, "found": found}))
    return pd.concat(rows, ignore_index=True)


def test_years_between_visits_are_those_of_the_calendar_by_the_grade_before():
    between = judged.years_between(calendar([9, 4, 2, 1]))
    assert between[1] == pytest.approx(4, abs=0.3) and between[2] == pytest.approx(2, abs=0.1)
    assert np.isnan(between[[0, 3]]).all()


def test_a_world_that_goes_the_way_of_the_history_is_nothing_apart_from_it():
    assert judged.rows_apart(HELD, HELD) == 0
    assert judged.rows_apart(3 * HELD, HELD) == pytest.approx(0)
    drawn = np.stack([np.random.default_rng(1).multinomial(5000, row / row.sum()) for row in HELD])
    assert judged.rows_apart(drawn, HELD) < 0.02


def test_how_far_apart_is_the_share_of_schools_that_would_have_to_go_another_way():
    ours, theirs = np.diag([10, 10, 10, 10]), np.diag([0, 30, 10, 0])
    theirs[1] = [0, 15, 15, 0]
    assert judged.rows_apart(ours, theirs) == pytest.approx(0.75 * 0.5)
    assert np.isnan(judged.rows_apart(np.zeros((4, 4)), HELD))


def test_grades_held_are_counted_over_four_years_and_a_school_without_one_is_left_out():
    rows = pd.DataFrame({"school": [1, 1, 2, 2], "year": [0, 4, 0, 4], "grade": [2, 3, 0, 2]})
    table = judged.held_later(rows)
    assert table[1, 2] == 1 and table.sum() == 1
    assert judged.share_going(table, [2], [1, 2]) == 0.0
    assert np.isnan(judged.share_going(table, [4], [1]))


def test_all_numbers_of_visits_are_there_for_a_calendar():
    found = judged.visits_and_transitions({"visited": calendar([9, 4, 2, 1])})
    assert found["years_after_good"] == pytest.approx(4 / national_record()["years_between"][1], abs=0.1)
    assert np.isnan(found["years_after_outstanding"]) and 0 < found["apart"] < 1


def threatened(fall=-0.1, cut=0.8, trend=0.02, seed=1):
    """Schools of which every twentieth fails in year 2 and loses trust and hours at once; all drift alike."""
    rng = np.random.default_rng(seed)
    count = 400
    poor, base = rng.uniform(0, 0.5, count), rng.normal(0.6, 0.1, count)
    fails = np.arange(count) % 20 == 0
    rows = []
    for year in judged.THREAT_WATCHED:
        hit = fails & (year >= 2)
        rows.append(pd.DataFrame({
            "school": np.arange(count), "year": year, "phase": "primary", "poor": poor, "grade": np.where(hit, 4, 3),
            "in_measures": hit, "trust": base + trend * year + fall * hit,
            "hours": np.where(hit, cut, 1.0) * (10 + year),
        }))  # fmt: skip
    return {"visited": pd.concat(rows, ignore_index=True)}


def test_what_failing_costs_is_found_whatever_all_schools_go_through():
    material = threatened()
    spread = material["visited"].query("year == 0")["trust"].std()
    found = judged.trust_under_threat(material)
    assert [found[f"trust_{after}"] for after in (1, 4)] == pytest.approx([-0.1 / spread] * 2)
    assert [found[f"hours_{after}"] for after in (1, 4)] == pytest.approx([-0.2] * 2)
    assert found["failing"] == 20


def test_where_nobody_fails_nothing_is_said():
    found = judged.trust_under_threat({"visited": threatened()["visited"].assign(in_measures=False)})
    assert np.isnan(found["trust_1"]) and np.isnan(found["hours_4"]) and found["failing"] == 0


@pytest.fixture(scope="module")
def town():
    return Session(plan(place="toytown:3x12", years=10), seed=1).run_to(0)


def test_stays_are_followed_beside_the_session_which_goes_on_as_it_was(town):
    before = town.system.term_index
    seen = spells(town)
    assert town.system.term_index == before
    assert seen.loc[0, ["school", "began"]].tolist() == [-1, -1]
    assert (seen["schools"] == len(town.system.schools)).all() and (seen["until"] == 3 * FOLLOWED_TO).all()


def test_a_look_at_schools_tells_what_the_tables_hold(town):
    seen, schools = visited(town), town.system.schools
    assert (seen["grade"].to_numpy() == schools.inspection_grade).all()
    assert (seen["own_grade"] == 0).all()
    assert seen["hours"].between(1, 100).all() and seen["trust"].between(0, 1).all()
