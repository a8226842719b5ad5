"""The packed authority says what the open data say, and admits what it does not know."""

import pytest

from schoolsim.places import load_place
from schoolsim.places.frame import AREA_COLUMNS, SCHOOL_COLUMNS

PECULIAR_TO_SALFORD = (
    "children of 10 of 150 areas",
    "children of 3 of 150 areas",
    "deprivation of 58 of 150 areas",
    "deprivation of 16 of 150 areas",
    "religion of 4 schools",
    "published_result of 1 primary",
    "published_result of 1 secondary",
)
ALWAYS_IMPUTED = (
    "roll", "ethnicity", "in_care", "mobile", "young_carer", "ses", "home areas", "places per school",
)  # fmt: skip


@pytest.fixture(scope="module")
def salford():
    return load_place("salford")


def test_salford_has_its_76_primaries_and_15_secondaries(salford):
    assert salford.schools.phase.value_counts().to_dict() == {"primary": 76, "secondary": 15}


def test_published_rolls_are_kept_beside_the_estimate_of_about_32_000(salford):
    published = salford.schools.groupby("phase").roll_published.sum()
    assert published.to_dict() == {"primary": 24062, "secondary": 11563}
    assert 31_500 < salford.schools.roll.sum() < 33_000


def test_nurseries_and_sixth_forms_are_taken_out_and_plain_schools_left_alone(salford):
    plain = (salford.schools.last_year == 11) & (salford.schools.first_year == 7)
    kept = salford.schools.roll / salford.schools.roll_published
    assert (kept[plain] == 1).sum() == 12  # of 14: two have sixth forms
    assert kept[salford.schools.phase == "primary"].between(0.75, 1).all()
    assert salford.facts["pupils"]["reception_to_year_11"]["primary"] < 24062


def test_infant_junior_and_technical_schools_keep_their_own_year_groups(salford):
    spans = set(zip(salford.schools.first_year, salford.schools.last_year, strict=True))
    assert spans == {(0, 6), (0, 2), (3, 6), (7, 11), (10, 11)}


def test_no_label_gives_a_school_away(salford):
    assert salford.schools.label.str.fullmatch(r"Salford-[PS]\d\d").all()
    assert salford.schools.label.is_unique


def test_tables_have_the_promised_columns_and_no_blank_where_none_is_allowed(salford):
    assert list(salford.schools) == list(SCHOOL_COLUMNS) and list(salford.areas) == list(AREA_COLUMNS)
    blank = [name for name in salford.schools if salford.schools[name].isna().any()]
    assert blank == ["published_result", "attainment_published", "value_added_published"]
    assert salford.areas.notna().all(axis=None) and salford.areas.deprivation.between(0, 1).all()


def test_free_meals_now_are_never_more_than_in_six_years(salford):
    assert (salford.schools.fsm_share <= salford.schools.fsm6_share).all()


def test_slack_and_first_preferences_are_the_authoritys_own(salford):
    assert salford.facts["slack"] == {"primary": 1.1168, "secondary": 1.1106}
    assert salford.facts["first_preference"] == {"primary": 0.8927, "secondary": 0.8325}


def test_the_list_of_imputed_things_names_all_that_the_data_lack(salford):
    listed = " ".join(item["what"] for item in salford.facts["imputed"])
    for what in (*ALWAYS_IMPUTED, *PECULIAR_TO_SALFORD):
        assert what in listed
    assert all(item["how"] for item in salford.facts["imputed"])


def test_the_attribution_travels_with_the_place(salford):
    assert "Open Government Licence v3.0" in salford.facts["attribution"]
    assert salford.facts["vintage"] == "england_2019"


def test_national_shares_are_those_of_the_january_2019_census(salford):
    national = salford.facts["national"]
    assert national["primary"]["fsm"] == pytest.approx(0.158, abs=0.002)
    assert national["secondary"]["fsm"] == pytest.approx(0.141, abs=0.002)
    assert set(national) == {"primary", "secondary", "all"}
