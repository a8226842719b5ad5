"""What carried a difference: links with what stands out in each, and mechanisms taken out one by one."""

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts

LINKS = ["rules", *["who goes where"] * 7, "results", "results"]
CHAIN = pd.DataFrame(
    {
        "link": LINKS, "title": [f"Measure {n}" for n in range(10)], "stage": [0] * 8 + [16, 16],
        "phase": ["", *["primary"] * 7, "", ""], "group": ["", *["all"] * 8, "fsm6"],
        "size": [np.nan, 0.1, -9.0, 3.0, 0.2, 0.3, -0.4, 5.0, 1e14, 0.5],
        "size_low": -1.0, "size_high": 1e14, "shown": [True, True, *[False] * 7, True], "sentence": "What is shown.",
    }
)  # fmt: skip
TAKEN = pd.DataFrame(
    {
        "mechanism": ["", "M06", "M36"], "name": ["", "Admissions", "Parental choice"], "mean": [-0.06, -0.05, 0.0],
        "low": [-0.08, -0.07, -0.01], "high": [-0.04, -0.03, 0.01], "carried": [np.nan, -0.01, -0.06],
        "sentence": "What is shown.",
    }
)  # fmt: skip
WORDS = {"colour": "#0072B2", "description": "what is seen"}


def rows(frame):
    spec = charts.carried(frame, **WORDS).to_dict(validate=True)
    return [row for rows in spec["datasets"].values() for row in rows if "heading" in row]


def test_every_link_has_its_heading_and_rules_which_have_no_number_none():
    assert [row["name"] for row in rows(CHAIN) if row["heading"]] == ["who goes where", "results"]


def test_of_each_link_those_shown_and_those_farthest_from_luck_are_drawn_in_the_order_of_the_chain():
    drawn = [row["name"] for row in rows(CHAIN)]
    assert drawn[1:6] == [f"Measure {n} in primary schools" for n in (1, 2, 3, 6, 7)]


def test_measures_are_told_apart_by_age_and_group_or_by_their_label():
    assert [row["name"] for row in rows(CHAIN)][-2:] == ["Measure 8 at 16", "Measure 9 at 16 (fsm6)"]
    assert rows(CHAIN.assign(label="The label"))[-1]["name"] == "The label"


def test_what_is_not_shown_is_pale_and_what_has_no_spread_stops_at_the_edge():
    last, farthest = rows(CHAIN)[-1], rows(CHAIN)[-2]
    assert (last["pale"], farthest["pale"]) == (False, True)
    assert farthest["mean"] == 100.0


def test_mechanisms_come_in_order_of_what_they_carry_after_the_difference_as_built():
    assert [row["name"] for row in rows(TAKEN)] == ["as built", "Parental choice", "Admissions"]


def test_the_interval_as_built_lies_behind_all_mechanisms():
    spec = charts.carried(TAKEN, **WORDS).to_dict(validate=True)
    band = spec["layer"][0]
    assert band["mark"]["type"] == "rect"
    assert spec["datasets"][band["data"]["name"]] == [{"low": -0.08, "high": -0.04}]


@pytest.mark.parametrize("frame", [TAKEN.assign(low=np.nan, high=np.nan, carried=np.nan), CHAIN.iloc[:1]])
def test_differences_without_intervals_or_a_chain_without_numbers_can_be_drawn(frame):
    assert charts.carried(frame, **WORDS).to_dict(validate=True)
