"""Packing an authority, from a tiny country written by the test."""

import json

import pandas as pd
import pytest

from schoolsim.errors import InputError
from schoolsim.places.frame import number_labels
from schoolsim.places.pack import pack
from schoolsim.places.raw import read_areas, read_schools
from schoolsim.places.rolls import RollRule, fit_roll_rule

SHARED = {
    "la_code": 900, "la_name": "Made-up Shire", "region": "Nowhere", "school_type": "community",
    "is_grammar": 0, "religion": "none", "gender": "Mixed", "admissions": "non-selective",
    "lsoa11": "E1", "easting": 1000.0, "northing": 2000.0, "absence_pct": 4.0, "pct_girls": 50.0,
    "pct_ehcp": 1.0, "pct_sen_support": 12.0, "pct_eal": 10.0, "pct_fsm_ever6": 24.0, "pct_fsm": 15.0,
    "ks2_cohort_2018": None, "ks2_read_score_2018": 104.0, "ks2_maths_score_2018": 106.0,
    "ks4_cohort_2018": None, "ks4_cohort_2019": None, "att8_2018": None, "att8_2019": None,
}  # fmt: skip
AREA = {
    "lad19_code": "D1", "income_rank": 10.0, "idaci_numerator": 40.0, "children_0_15_census2021": 200.0,
    "idaci_score_2019": 0.3, "easting": 1000.0, "northing": 2000.0,
}  # fmt: skip
PLACES = {
    "Year": "2024/25", "geographic_level": "Local authority", "LANumber": 900, "new_la_code": "E99",
    "primary_pupils": 1000, "secondary_pupils": "500", "primary_capacity": "1100",
    "secondary_capacity": "600",
    "primary_first_pref_pct": "90", "secondary_first_pref_pct": "80",
}  # fmt: skip


def school(urn, low, high, pupils, **other):
    named = SHARED | {"urn": urn, "name": f"Real Name {urn}"}
    return named | {"age_low": low, "age_high": high, "pupils": pupils} | other


COUNTRY = {
    "primary": [
        school(3, 4, 11, 1400, ks2_cohort_2018=200.0),
        school(1, 3, 11, 1600, ks2_cohort_2018=200.0, pct_fsm=None),
        school(2, 5, 7, 90, pct_fsm=30.0), school(4, 7, 11, 160),
    ],
    "secondary": [
        school(10, 11, 16, 1000, ks4_cohort_2018=200.0, att8_2018=45.0, att8_2019=47.0),
        school(11, 11, 18, 1200, ks4_cohort_2018=200.0), school(12, 16, 19, 300), school(13, 14, 19, 0),
    ],
    "areas": [AREA | {"lsoa11": "E1"}, AREA | {"lsoa11": "E2", "idaci_score_2019": None, "income_rank": 20.0},
              AREA | {"lsoa11": "E3", "idaci_score_2019": None, "income_rank": 15.0, "idaci_numerator": None,
                      "children_0_15_census2021": None}],
    "places": [PLACES, PLACES | {"Year": "2025/26", "primary_capacity": "z", "secondary_capacity": "z"}],
}  # fmt: skip
FILES = {
    "primary": "primary_schools_2018_19.csv", "secondary": "secondary_schools_2018_19.csv",
    "areas": "lsoa_england_2011.csv.gz", "places": "la_school_places_2022_2025.csv",
}  # fmt: skip


@pytest.fixture
def raw_folder(tmp_path):
    for name, rows in COUNTRY.items():
        pd.DataFrame(rows).to_csv(tmp_path / FILES[name], index=False)
    return tmp_path


def packed(raw_folder, into):
    return {path.relative_to(into): path.read_bytes() for path in sorted(into.rglob("*")) if path.is_file()}


def test_packing_twice_gives_the_same_bytes(raw_folder, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert pack(raw_folder, (900,), first) == pack(raw_folder, (900,), second) == ["made-up-shire"]
    assert packed(raw_folder, first) == packed(raw_folder, second)
    assert len(packed(raw_folder, first)) == 5  # two tables, facts, catalogue, national shares; no draft left


def test_labels_number_the_schools_of_a_phase_and_say_no_more(raw_folder, tmp_path):
    pack(raw_folder, (900,), tmp_path / "out")
    schools = pd.read_parquet(tmp_path / "out/made-up-shire/schools.parquet")
    assert schools.label.tolist() == [
        f"Made-up-Shire-{n}" for n in ("P01", "P02", "P03", "P04", "S01", "S02")
    ]
    assert schools.real_name.tolist()[0] == "Real Name 1"


def test_many_schools_get_longer_numbers():
    assert number_labels("X", pd.Series(["primary"] * 100))[0] == "X-P001"


def test_a_missing_share_is_the_median_of_the_phase_and_is_said_to_be(raw_folder, tmp_path):
    pack(raw_folder, (900,), tmp_path / "out")
    schools = pd.read_parquet(tmp_path / "out/made-up-shire/schools.parquet").set_index("urn")
    notes = json.loads((tmp_path / "out/made-up-shire/facts.json").read_text())["imputed"]
    assert schools.fsm_share[1] == pytest.approx(0.15)
    assert any(note["what"] == "fsm_share of 1 schools" for note in notes)


def test_a_share_of_six_years_below_the_present_one_is_raised_and_said_to_be(raw_folder, tmp_path):
    pack(raw_folder, (900,), tmp_path / "out")
    schools = pd.read_parquet(tmp_path / "out/made-up-shire/schools.parquet").set_index("urn")
    assert schools.fsm6_share[2] == schools.fsm_share[2] == pytest.approx(0.30)


def test_slack_is_of_the_latest_year_with_a_capacity(raw_folder, tmp_path):
    pack(raw_folder, (900,), tmp_path / "out")
    told = json.loads((tmp_path / "out/made-up-shire/facts.json").read_text())
    assert told["slack"] == {"primary": 1.1, "secondary": 1.2}
    assert told["figures_year"] == {"slack": "2024/25", "first_preference": "2025/26"}


def test_ages_become_year_groups_and_a_lowest_age_of_five_still_means_reception(raw_folder):
    spans = read_schools(raw_folder).set_index("urn")[["first_year", "last_year"]].apply(tuple, axis=1)
    assert spans.to_dict() == {1: (0, 6), 2: (0, 2), 3: (0, 6), 4: (3, 6), 10: (7, 11), 11: (7, 11)}


def test_empty_schools_and_colleges_from_sixteen_are_left_out(raw_folder):
    assert not set(read_schools(raw_folder).urn) & {12, 13}


def test_the_latest_result_is_taken(raw_folder):
    results = read_schools(raw_folder).set_index("urn").published_result
    assert results[10] == 47.0 and results[1] == 105.0


def test_the_roll_rule_finds_the_nursery_and_the_sixth_form_in_the_counts(raw_folder):
    schools = read_schools(raw_folder)
    rule = fit_roll_rule(schools)
    assert rule.nursery["Nowhere"] == pytest.approx(1.0)  # 8 pupils to one in year 6, else 7
    assert rule.sixth_form["comprehensive"] == pytest.approx(1.0)
    kept = dict(zip(schools.urn, rule.estimate(schools), strict=True))
    assert kept[1] == 1400 and kept[3] == 1400 and kept[11] == 1000 and kept[10] == 1000


def test_a_region_unknown_to_the_rule_takes_the_national_weight(raw_folder):
    schools = read_schools(raw_folder).assign(region="Elsewhere")
    rule = RollRule({"": 1.0, "Nowhere": 3.0}, {"comprehensive": 1.0}, {"": 7.0}, 0.0, 0.0)
    assert rule.estimate(schools[schools.urn == 1]).tolist() == [1400]


def test_deprivation_falls_back_from_score_to_count_to_income_rank(raw_folder):
    areas = read_areas(raw_folder)
    assert areas.deprivation_from.tolist() == ["score", "count", "income rank"]
    assert areas.deprivation.tolist() == pytest.approx([0.3, 0.2, 0.25])


def test_an_authority_that_is_not_in_the_data_is_refused(raw_folder, tmp_path):
    with pytest.raises(InputError, match="no schools of this authority"):
        pack(raw_folder, (901,), tmp_path / "out")


def test_an_authority_without_figures_takes_the_nations_and_says_so(raw_folder, tmp_path):
    nation = PLACES | {"LANumber": 0, "geographic_level": "National", "new_la_code": None}
    pd.DataFrame([nation]).to_csv(raw_folder / FILES["places"], index=False)
    pack(raw_folder, (900,), tmp_path / "out")
    told = json.loads((tmp_path / "out/made-up-shire/facts.json").read_text())
    assert told["slack"]["primary"] == 1.1 and told["statistical_code"] == ""
    assert any(item["what"] == "slack and first preferences" for item in told["imputed"])


def test_a_missing_raw_file_is_named(tmp_path):
    with pytest.raises(InputError, match="primary_schools"):
        pack(tmp_path, (900,), tmp_path / "out")
