"""The history of inspections: how it is packed, from visits written by the test, and what a place says of it."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.places import inspections
from schoolsim.places.england import country
from schoolsim.places.inspections import GRADE_COUNT, History, history_of, inspection_notes, national_record
from schoolsim.places.pack_inspections import last_visits
from schoolsim.places.pack_inspections import national_record as record_of
from schoolsim.places.place import load_place


def schools(**columns):
    rows = {"urn": [1, 2, 3, 4, 5], "phase": "primary", "fsm_share": [0.1, 0.2, 0.3, 0.4, 0.5],
            "ofsted_grade": [2, 3, 1, np.nan, 2], "ofsted_date": ["2018-05-01", "2016-01-01", "2010-01-01", None,
                                                                  "2015-01-01"]}  # fmt: skip
    return pd.DataFrame(rows | columns)


VISITS = pd.DataFrame([
    (1, 1, "2015-10-01", 3), (1, 1, "2017-10-01", 2),  # a short visit in 2018 confirmed it
    (2, 92, "2012-01-01", 3), (92, 92, "2018-10-01", 4), (92, 92, "2019-10-01", 2),  # it has become school 92
    (5, 5, "2019-09-01", 4),  # the first day that is too late
], columns=["urn", "lineage_urn", "inspection_date", "grade"])  # fmt: skip


@pytest.fixture
def packed():
    return last_visits(schools(), VISITS).set_index("urn")


def test_the_last_visit_before_the_start_counts_and_the_one_before_it(packed):
    assert packed.loc[1, ["grade", "days", "previous_grade", "previous_days"]].tolist() == [2, 700, 3, 1431]


def test_a_later_visit_in_the_schools_file_was_a_short_one(packed):
    assert packed.loc[1, "seen_days"] == 488
    assert packed.loc[2, "seen_days"] == packed.loc[2, "days"] == 335


def test_a_school_that_became_another_keeps_its_history(packed):
    assert packed.loc[2, ["grade", "previous_grade"]].tolist() == [4, 3]


def test_without_history_the_schools_file_stands_in_and_its_date_is_of_any_visit(packed):
    assert packed.loc[3, ["grade", "days", "seen_days", "previous_grade"]].tolist() == [1, -1, 3530, 0]
    assert packed.loc[5, ["grade", "days"]].tolist() == [2, -1]


def test_a_school_nobody_has_seen_has_no_grade(packed):
    assert packed.loc[4].tolist() == [0, -1, -1, 0, -1]


def test_the_record_counts_what_visits_found_after_which_grade():
    early = schools(ofsted_grade=np.nan, ofsted_date=None)
    told = record_of(early, VISITS, last_visits(early, VISITS))
    assert told["found_at_next_visit"] == [[0] * 4, [0] * 4, [0, 1, 0, 1], [0] * 4]
    assert told["years_between"] == [None, None, pytest.approx((731 + 2465) / 2 / 365.25, abs=0.001), None]
    assert told["held_four_years_later"] == [[0] * 4, [0] * 4, [0, 0, 0, 1], [0] * 4]
    assert (told["with_history"], told["from_the_schools_file"], told["never"]) == (2, 0, 3)


def test_what_is_packed_is_what_the_record_says():
    table, told = inspections._packed(), national_record()
    assert table.index.is_unique and set(table.index) == set(country().schools["urn"])
    assert (table["days"] >= 0).sum() == told["with_history"] == 17_626
    assert (table["grade"] == 0).sum() == told["never"] == 118
    assert table["grade"].between(0, GRADE_COUNT).all() and (table["seen_days"] <= table["days"].where(
        table["days"] >= 0, 10_000)).all()  # fmt: skip


def test_the_packed_history_stays_small():
    assert len(inspections._file(inspections.HISTORY_FILE).read_bytes()) < 300_000


def test_schools_of_a_place_have_their_own_history_and_the_neighbours_theirs():
    place = load_place("salford", "near")
    found = history_of(place)
    urns = place.schools["urn"].to_numpy()
    assert len(found.grade) == len(urns) > (~place.schools["in_halo"]).sum()
    assert (found.grade == inspections._packed().loc[urns, "grade"]).all()
    assert (found.grade > 0).mean() > 0.95
    assert np.nanmin(found.years) > 0
    both = np.isfinite(found.years)
    assert (found.seen_years[both] <= found.years[both]).all()


@pytest.mark.parametrize(("name", "vintage"), [("toytown", "england_2019"), ("salford", "england_1997")])
def test_nothing_is_known_of_an_invented_town_or_another_year(name, vintage):
    found = history_of(load_place(name, vintage=vintage))
    assert not found.grade.any() and np.isnan(found.years).all() and not found.in_category.any()


def test_the_category_began_with_the_first_of_two_failures_in_a_row():
    found = History(np.array([4, 4, 4, 2]), np.array([1.0, 1.0, np.nan, 3.0]), np.zeros(4), np.array([4, 3, 0, 4]),
                    np.array([2.5, 3.0, np.nan, 5.0]))  # fmt: skip
    assert found.in_category.tolist() == [True, True, False, False]
    assert found.category_years.tolist()[:2] == [2.5, 1.0] and np.isnan(found.category_years[2:]).all()


def test_a_place_says_whose_history_is_missing():
    table = inspections._packed()
    urns = [*table.index[table["grade"] == 0][:2], *table.index[(table["grade"] > 0) & (table["days"] < 0)][:3]]
    what = [item["what"] for item in inspection_notes(pd.DataFrame({"urn": urns}))]
    assert what[:2] == ["past inspections, grade of 2 schools", "past inspections, date of the last of 3 schools"]


@pytest.mark.parametrize(
    ("vintage", "said"),
    [("england_2019", "past inspections, dates of short visits"), ("england_1997", "past inspections")],
)
def test_what_is_said_of_the_past_is_true_of_the_year(vintage, said):
    told = [item["what"] for item in load_place("salford", vintage=vintage).facts["imputed"]]
    assert [what for what in told if what.startswith("past inspections")][-1] == said
    assert ("past inspections" in told) == (said == "past inspections")
