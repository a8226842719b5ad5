"""Printed results: norms that give the national figures, and rules of thresholds by hand."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import schoolsim
from schoolsim.rules import grades, scale

SHEETS = Path(schoolsim.__file__).parent / "parameters"
RELIABILITY = {5: 0.80, 7: 0.85, 11: 0.93, 14: 0.93, 16: 0.95}
SUBJECT_RELIABILITY = {5: 0.80, 7: 0.75, 11: 0.85, 14: 0.85, 16: 0.88}


def sheet(name: str) -> dict:
    rows = yaml.safe_load((SHEETS / f"{name}.yaml").read_text(encoding="utf-8"))
    return {key: row["value"] for key, row in rows.items()}


RATIOS = dict(zip(scale.STAGES, sheet("assessment")["subject_variance_ratio"], strict=True))


NORMS = grades.thresholds(sheet("grades"), list(RATIOS.values()))


@pytest.fixture
def norms() -> grades.Norms:
    return NORMS


def a_nation(stage: int, count: int = 60_000) -> tuple[np.ndarray, np.ndarray]:
    """True and measured months of a whole nation at a stage, correlated between subjects as the sheets say."""
    rng, subjects = np.random.default_rng(stage), scale.taught_count(scale.STAGES[stage])
    sd, ratio = scale.sigma(stage), RATIOS[stage]
    own = (ratio - 1) * subjects / (subjects - 1)
    true = np.sqrt(ratio - own) * rng.normal(size=(count, 1)) + np.sqrt(own) * rng.normal(size=(count, subjects))
    of_total, of_subject = 1 / RELIABILITY[stage] - 1, ratio * (1 / SUBJECT_RELIABILITY[stage] - 1)
    paper = max(of_subject - of_total, 0) * subjects / (subjects - 1)
    day = max(of_total - paper / subjects, 0)
    error = np.sqrt(day) * rng.normal(size=(count, 1)) + np.sqrt(paper) * rng.normal(size=(count, subjects))
    return sd * true, sd * (true + error)


def test_a_share_of_the_true_nation_stands_above_each_mark(norms):
    true, _ = a_nation(16)
    reached = (grades.gcse_grades(true, norms)[:, grades.MATHS][:, None] >= np.arange(1, 10)).mean(axis=0)
    assert reached == pytest.approx(sheet("grades")["grade_shares_maths"], abs=0.01)


def test_the_measured_nation_has_the_published_attainment_8(norms):
    points = grades.outcomes(16, a_nation(16)[1], norms)["attainment8"]
    assert 46 <= points.mean() <= 47
    assert 19 <= points.std() <= 20.5  # U08 recalls 19 to 20 for the published measure


def test_about_three_in_five_reach_grade_four_in_english_and_maths(norms):
    reached = grades.gcse_grades(a_nation(16)[1], norms) >= grades.STANDARD_PASS
    assert reached[:, [grades.ENGLISH, grades.MATHS]].all(axis=1).mean() == pytest.approx(0.62, abs=0.03)


def test_scaled_scores_have_the_published_mean_and_spread(norms):
    score = grades.scaled_scores(a_nation(11)[1], norms)
    assert ((score.mean(axis=0) >= 104) & (score.mean(axis=0) <= 105.1)).all()
    assert score.std(axis=0) == pytest.approx([8.0, 7.5], abs=0.15)


def test_between_three_fifths_and_two_thirds_reach_the_expected_standard_at_eleven(norms):
    assert grades.outcomes(11, a_nation(11)[1], norms)["expected_11"].mean() == pytest.approx(0.63, abs=0.03)


@pytest.mark.parametrize(("stage", "share"), [(5, 0.72), (7, 0.65)])
def test_early_thresholds_are_reached_by_the_national_share(norms, stage, share):
    total = a_nation(stage)[0].mean(axis=1, keepdims=True)
    assert grades.outcomes(stage, total, norms)[grades.HEADLINES[stage]].mean() == pytest.approx(share, abs=0.01)


def test_a_pupil_at_the_norm_gets_a_middling_grade_everywhere(norms):
    assert set(grades.gcse_grades(np.zeros((1, 8)), norms)[0]) <= {4, 5}


@given(st.floats(-120, 120), st.floats(0, 40))
def test_more_months_never_lower_a_grade(months, more):
    low, high = (grades.gcse_grades(np.full((1, 8), m), NORMS) for m in (months, months + more))
    assert (high >= low).all()


#                     en hu ma sc la ar te pe   good   with EM  any five  one   A8  points
PUPILS = [
    ([4, 4, 4, 4, 4, 0, 0, 0], True, True, True, True, 28, 20),
    ([3, 9, 9, 9, 9, 9, 9, 9], True, False, True, True, 78, 66),
    ([4, 4, 4, 4, 3, 3, 3, 3], False, False, True, True, 36, 28),
    ([0, 0, 1, 1, 1, 1, 0, 0], False, False, False, True, 5, 4),
    ([0, 0, 0, 0, 0, 0, 0, 0], False, False, False, False, 0, 0),
]


@pytest.mark.parametrize(("pupil", "good", "with_em", "five", "one", "eight", "points"), PUPILS)
def test_thresholds_count_grades(pupil, good, with_em, five, one, eight, points):
    row = np.array([pupil], np.int8)
    rules = (grades.five_good, grades.five_good_em, grades.five_any, grades.any_pass)
    assert [rule(row)[0] for rule in rules] == [good, with_em, five, one]
    assert (grades.attainment8(row)[0], grades.total_points(row)[0]) == (eight, points)


def test_a_scaled_score_of_99_in_maths_misses_the_expected_standard(norms):
    mean, slope = norms.score_mean_11[1], norms.score_per_month_11[1]
    at_99, at_100 = ((score - mean) / slope for score in (99.4, 99.6))
    months = np.array([[50.0, 50.0, at_99], [50.0, 50.0, at_100]])
    assert grades.expected_11(months, norms).tolist() == [False, True]


def test_scores_stay_between_80_and_120(norms):
    assert grades.scaled_scores(np.array([[-500.0] * 3, [500.0] * 3]), norms).tolist() == [[80, 80], [120, 120]]


def test_levels_at_seven_and_fourteen_start_where_they_should(norms):
    low, high = np.full((1, 8), -200.0), np.full((1, 8), 200.0)
    assert grades.levels_7(low[:, :3], norms).tolist() == [[0, 0, 0]]
    assert grades.levels_7(high[:, :3], norms).tolist() == [[3, 3, 3]]
    assert grades.levels_14(low, norms).tolist() == [[3, 3, 3]]
    assert grades.levels_14(high, norms).tolist() == [[7, 7, 7]]


def test_a_pupil_who_sat_no_test_is_neither_above_nor_below(norms):
    results = grades.outcomes(16, np.array([[np.nan] * 8, [0.0] * 8]), norms)
    assert all(np.isnan(column[0]) and not np.isnan(column[1]) for column in results.values())
