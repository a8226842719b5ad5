"""One life under two regimes: true lines, open tests, schools below, and a line at the year."""

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts

TITLES = {"still": "Stand-still", "other": "Other"}
WORDS = {"colours": {"other": "#0072B2", "still": "#808080"}, "titles": TITLES, "description": "what is seen"}
LIFE = pd.DataFrame(
    {
        "regime": pd.Categorical(["still"] * 3 + ["other"] * 3), "year": [0, 1, 2] * 2, "year_group": [5, 6, 7] * 2,
        "school": ["A-P01", "A-P01", "A-S01", "A-P01", "A-P01", "A-S02"],
        "attainment": [0.1, 0.2, 0.3, 0.1, 0.2, 0.6], "measured_7": 0.4,
        "measured_11": [np.nan, 0.25, 0.25, np.nan, 0.3, 0.3], "measured_14": np.nan,
    }
)  # fmt: skip


@pytest.fixture
def spec():
    return charts.life_lines(LIFE, **WORDS).to_dict(validate=True)


def rows_with(spec, *names):
    return [row for rows in spec["datasets"].values() for row in rows if set(names) <= set(row)]


def test_the_tests_taken_are_open_marks_and_those_not_taken_are_none(spec):
    rings = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert [ring["filled"] for ring in rings] == [False, False]
    taken = {(row["regime"], row["age"], row["measured"]) for row in rows_with(spec, "measured")}
    assert taken == {("still", 7, 0.4), ("still", 11, 0.25), ("other", 7, 0.4), ("other", 11, 0.3)}


def test_schools_are_spans_that_begin_when_the_school_year_does(spec):
    spans = {(row["school"], row["since"], row["to"]) for row in rows_with(spec, "since", "end")}
    assert spans == {("A-P01", 9, 11), ("A-S01", 11, 12), ("A-S02", 11, 12)}


def test_a_label_too_long_for_its_span_is_shown_without_its_place(spec):
    assert {row["short"] for row in rows_with(spec, "short")} == {"P01", "S01", "S02"}


def test_the_line_at_the_year_stands_at_the_age_of_that_year(spec):
    assert spec["params"] == [{"name": "year", "value": 2}]
    (rule,) = [layer for layer in spec["layer"] if layer["encoding"].get("x", {}).get("datum")]
    assert rule["encoding"]["x"]["datum"] == {"expr": "year + 10"}


def test_a_pupil_without_a_school_for_a_year_has_a_gap_there():
    life = LIFE.assign(school=["A-P01", None, "A-P01"] * 2)
    spec = charts.life_lines(life, **WORDS).to_dict(validate=True)
    still = [(row["since"], row["to"]) for row in rows_with(spec, "since", "end")]
    assert set(still) == {(9, 10), (11, 12)}


def test_a_pupil_without_tests_can_be_drawn():
    untested = LIFE.drop(columns=["measured_7", "measured_11", "measured_14"])
    assert charts.life_lines(untested, **WORDS).to_dict(validate=True)
