"""Packing a country, from a tiny one written by the test."""

import json

import pandas as pd
import pytest

from schoolsim.errors import InputError
from schoolsim.places import raw
from schoolsim.places.fill import school_notes
from schoolsim.places.frame import number_labels
from schoolsim.places.pack import pack
from schoolsim.places.raw import read_areas, read_schools
from schoolsim.places.rolls import RollRule, fit_roll_rule

SHARED = {
    "la_code": 900, "la_name": "Made-up Shire", "region": "Nowhere", "school_type": "community",
    "is_grammar": 0, "religion": "none", "gender": "Mixed", "admissions": "non-selective",
    "lsoa11": "E1", "easting": 1000.0, "northing": 2000.0, "absence_pct": 4.0, "pct_girls": 50.0,
    "pct_ehcp": 1.0, "pct_sen_support": 12.0, "pct_eal": 10.0, "pct_fsm_ever6": 24.0, "pct_fsm": 15.0,
    "ks2_cohort_2018": None, "ks4_cohort_2018": None, "ks4_cohort_2019": None,
    **{f"{kind}_{year}": None for kind in ("att8", "p8") for year in (2017, 2018, 2019)},
    **{f"ks2_{subject}_score_{year}": None for subject in ("read", "maths") for year in (2016, 2017)},
    **{f"ks2_{subject}_prog_{year}": None for subject in ("read", "maths") for year in (2018, 2019)},
    "ks2_read_score_2018": 104.0, "ks2_maths_score_2018": 106.0, "ofsted_grade": None, "ofsted_date": None,
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
    "open": [
        {"la_code": 900, "school_type": "special", "pupils": 80.0, "easting": 1000.0, "northing": 2000.0},
        {"la_code": 901, "school_type": "pru_ap", "pupils": None, "easting": 1000.0, "northing": 2000.0},
    ],
    "inspections": [{"urn": 1, "lineage_urn": 1, "inspection_date": "2017-03-01", "grade": 2, "rating": "Good"}],
}  # fmt: skip
SQUARE = [[-2.0, 53.0], [-2.0, 53.1], [-1.9, 53.1], [-1.9, 53.0], [-2.0, 53.0]]
FILES = {
    "primary": "primary_schools_2018_19.csv", "secondary": "secondary_schools_2018_19.csv",
    "areas": "lsoa_england_2011.csv.gz", "places": "la_school_places_2022_2025.csv",
    "open": "schools_open_2025_05.csv", "inspections": "ofsted_history_2005_2020.csv",
}  # fmt: skip


@pytest.fixture
def raw_folder(tmp_path):
    for name, rows in COUNTRY.items():
        pd.DataFrame(rows).to_csv(tmp_path / FILES[name], index=False)
    boundary = {"properties": {"la_code": 900}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
    (tmp_path / "england_la_boundaries.geojson").write_text(json.dumps({"features": [boundary]}))
    return tmp_path


@pytest.fixture
def packed(raw_folder, tmp_path):
    pack(raw_folder, tmp_path / "out")
    return tmp_path / "out"


def schools_of(folder):
    return pd.read_parquet(folder / "schools.parquet").set_index("urn")


def authorities_of(folder):
    return {row["code"]: row for row in json.loads((folder / "authorities.json").read_text())}


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_packing_twice_gives_the_same_bytes(raw_folder, packed, tmp_path):
    assert pack(raw_folder, tmp_path / "again") == 1
    assert bytes_of(packed) == bytes_of(tmp_path / "again")
    # no draft left
    tables = {"schools.parquet", "areas.parquet", "inspections.parquet"}
    told = {"authorities.json", "national.json", "outlines.json", "inspections.json"}
    assert set(bytes_of(packed)) == tables | told


def test_labels_number_the_schools_of_a_phase_and_say_no_more(packed):
    schools = schools_of(packed)
    assert schools.label.tolist() == [f"Made-up-Shire-{n}" for n in ("P01", "P02", "P03", "P04", "S01", "S02")]
    assert schools.real_name.tolist()[0] == "Real Name 1"


def test_many_schools_get_longer_numbers():
    assert number_labels("X", pd.Series(["primary"] * 100))[0] == "X-P001"


def test_a_missing_share_is_the_median_of_the_phase_and_is_said_to_be(packed):
    assert schools_of(packed).fsm_share[1] == pytest.approx(0.15)
    assert "fsm_share of 1 schools" in [item["what"] for item in school_notes(schools_of(packed))]


def test_a_share_of_six_years_below_the_present_one_is_raised_and_said_to_be(packed):
    schools = schools_of(packed)
    assert schools.fsm6_share[2] == schools.fsm_share[2] == pytest.approx(0.30)
    assert "fsm6_share of 1 schools" in [item["what"] for item in school_notes(schools)]


def test_slack_is_of_the_latest_year_with_a_capacity(packed):
    told = authorities_of(packed)[900]
    assert told["slack"] == {"primary": 1.1, "secondary": 1.2}
    assert told["figures_year"] == {"slack": "2024/25", "first_preference": "2025/26"}


def test_special_schools_are_counted_with_the_authority_they_stand_in(packed):
    told = authorities_of(packed)[900]
    assert told["special"] == {"schools": 1, "pupils": 80}
    assert told["alternative"] == {"schools": 1, "pupils": 0}  # its code is of no authority of the data


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


def test_an_authority_without_figures_takes_its_regions_and_says_so(raw_folder, tmp_path):
    other = [school(20, 4, 11, 700, la_code=901, la_name="Elsewhere", lsoa11="F1", easting=9000.0)]
    pd.DataFrame(COUNTRY["primary"] + other).to_csv(raw_folder / FILES["primary"], index=False)
    areas = COUNTRY["areas"] + [AREA | {"lsoa11": "F1", "lad19_code": "D2", "easting": 9000.0}]
    pd.DataFrame(areas).to_csv(raw_folder / FILES["areas"], index=False)
    pack(raw_folder, tmp_path / "two")
    told = authorities_of(tmp_path / "two")[901]
    assert told["slack"] == {"primary": 1.1, "secondary": 1.2} and told["statistical_code"] == ""
    assert [item["what"] for item in told["figures_notes"]] == [
        "places over pupils, primary and secondary",
        "share given their first preference, primary and secondary",
    ]


def test_an_authority_without_small_areas_is_refused(raw_folder, tmp_path):
    stray = [school(20, 4, 11, 700, la_code=901, la_name="Nowhere Else", lsoa11="none")]
    pd.DataFrame(COUNTRY["primary"] + stray).to_csv(raw_folder / FILES["primary"], index=False)
    with pytest.raises(InputError, match=r"no small areas .* Nowhere Else"):
        pack(raw_folder, tmp_path / "out")


def test_a_district_shared_by_authorities_goes_area_by_area_with_the_nearest_primary():
    areas = pd.DataFrame({"code": list("abcd"), "district": ["D"] * 3 + ["E"], "easting": [0, 10, 90, 500.0]})
    schools = pd.DataFrame({
        "la_code": [1, 2, 3, 1], "lsoa11": list("abcd"), "phase": "primary", "easting": [0.0, 100.0, 400.0, 11.0],
    })  # fmt: skip
    authority, divided = raw.authorities_of(areas.assign(northing=0.0), schools.assign(northing=0.0))
    assert authority.tolist() == [1, 1, 2, 1]
    assert divided.tolist() == [True, True, True, False]


def test_a_missing_raw_file_is_named(tmp_path):
    with pytest.raises(InputError, match="primary_schools"):
        pack(tmp_path, tmp_path / "out")
