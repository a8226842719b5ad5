"""Figures of who goes where and who is absent, from a handful of rows worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.facts import choosing, looks, pooled
from schoolsim.session import Session
from tests.little import plan


def entrants(**columns):
    """Two authorities and two transfers each; families got first what the data say, unless said otherwise."""
    rows = {"year_group": [0, 7, 0, 7], "admitted": [10.0, 100.0, 10.0, 300.0], "nearest_school_share": 0.5,
            "first_preference_share": 0.9, "own_first_preference_share": 0.9}  # fmt: skip
    return {"entrants": pd.DataFrame(rows | columns)}


def test_the_nearest_school_counts_for_each_child_and_at_eleven_only():
    figures = choosing.preferences_met(entrants(nearest_school_share=[0.9, 0.2, 0.9, 0.6]))
    assert figures["nearest"] == pytest.approx(0.5)


def test_first_preferences_are_compared_with_each_authoritys_own():
    figures = choosing.preferences_met(entrants(own_first_preference_share=[0.9, 0.7, 0.8, 1.0]))
    assert figures["first_preference_secondary"] == pytest.approx(0.15)
    assert figures["first_preference_secondary_bias"] == pytest.approx(0.05)
    assert figures["first_preference_primary_bias"] == pytest.approx(0.05)


def test_an_authority_that_tells_nothing_of_preferences_is_left_out():
    figures = choosing.preferences_met(entrants(own_first_preference_share=[np.nan, 0.7, np.nan, np.nan]))
    assert figures["first_preference_secondary"] == pytest.approx(0.2)
    assert np.isnan(figures["first_preference_primary"])


def seats(*rows):
    """Phase, authority, school, ward, poor pupils, all pupils."""
    return {"seats": pd.DataFrame(rows, columns=["phase", "authority", "school", "ward", "poor", "pupils"])}


def test_schools_as_apart_as_streets_have_a_ratio_of_one():
    rows = seats(("secondary", 0, 1, 1, 30, 100), ("secondary", 0, 2, 2, 10, 100))
    assert choosing.schools_over_streets(rows)["secondary"] == pytest.approx(1.0)


def test_schools_that_mix_two_streets_are_less_apart_than_these():
    mixed = [("primary", 0, school, ward, poor, 50) for school in (1, 2) for ward, poor in ((1, 15), (2, 5))]
    figures = choosing.schools_over_streets(seats(*mixed))
    assert figures["primary"] == pytest.approx(0.0)
    assert np.isnan(figures["secondary"])


def absences(*rows):
    """Year group, free meals, pupils, missed a fifth, missed a tenth."""
    columns = ["year_group", "fsm", "pupils", "missed_a_fifth", "missed_a_tenth"]
    return {"absences": pd.DataFrame(rows, columns=columns)}


def test_persistent_absence_is_over_that_of_those_not_poor_and_of_the_youngest():
    figures = pooled.graded_absence(absences(
        (7, False, 100, 1, 4), (7, True, 50, 2, 6), (11, False, 100, 4, 8), (11, True, 50, 5, 12)
    ))  # fmt: skip
    assert figures["poverty_ratio"] == pytest.approx((7 / 100) / (5 / 200))
    assert figures["poverty_ratio_tenth"] == pytest.approx((18 / 100) / (12 / 200))
    assert figures["age_ratio"] == pytest.approx(9 / 3)
    assert figures["level"] == pytest.approx(12 / 300)


def test_wards_hold_neighbouring_areas_and_none_is_smaller_than_the_least():
    ends = pd.DataFrame({"easting": [0, 1, 2, 90, 91, 92], "northing": [0, 0, 0, 5, 5, 5]})
    ward = looks.wards(ends)
    assert len(set(ward[:3])) == len(set(ward[3:])) == 1
    assert ward[0] != ward[3]
    assert len(set(looks.wards(ends.iloc[:5]))) == 1


@pytest.fixture(scope="module")
def run():
    return Session(plan(years=1), seed=1).run()


def test_every_pupil_of_a_run_has_a_seat_and_an_absence(run):
    count = len(run.system.pupils)
    assert looks.seats(run)["pupils"].sum() == looks.absences(run)["pupils"].sum() == count
    assert looks.seats(run)["poor"].sum() == run.system.pupils.fsm.sum()


def test_entrants_of_a_run_are_told_by_the_year_group_they_enter(run):
    told = looks.entrants(run)
    assert {0, 7} <= set(told["year_group"])
    assert told["own_first_preference_share"].isna().all()  # nothing is published of an invented town
