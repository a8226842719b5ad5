"""The country carried back: national figures are met, and every school keeps its standing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.parameters.sheets import read_sheet
from schoolsim.places import load_place
from schoolsim.places.backcast import (
    Shift,
    dissimilarity,
    figures_file,
    past,
    predecessors,
    resized,
    results,
    roll_factors,
    shares_over,
    stretch,
)
from schoolsim.places.england import authorities, country, national_shares, shifts_since

VINTAGE = "england_1997"
FIGURES = past(VINTAGE)
GROUPS = ("fsm", "fsm6", "eal", "sen_support", "ehcp", "absence")


def schools(**columns):
    """Three secondaries of 900 pupils with results, unless told otherwise."""
    usual = {
        "phase": "secondary", "authority": [1, 1, 2], "roll": 900, "roll_published": 1000, "last_year": 11,
        "ks2_cohort_2018": 0, "attainment_published": [-0.4, 0.0, 0.4], "attainment_pupils": 540.0,
        "value_added_published": [0.1, 0.0, -0.1], "value_added_pupils": 540.0, "published_result": [38.0, 46.0, 54.0],
        "school_type": "community", "religion": "none", "selective": False,
    }  # fmt: skip
    return pd.DataFrame(usual | columns, index=[5, 7, 9])


@pytest.mark.parametrize("phase", ["primary", "secondary"])
@pytest.mark.parametrize("group", GROUPS)
def test_the_country_has_the_national_shares_of_the_year(phase, group):
    assert national_shares(VINTAGE)[phase][group] == pytest.approx(FIGURES[group][phase], abs=1e-4)


def test_the_country_has_the_national_rolls_of_the_year():
    rolls = country(VINTAGE).schools.groupby("phase").roll.sum()
    assert {phase: rolls[phase] for phase in FIGURES["rolls"]} == pytest.approx(FIGURES["rolls"], rel=1e-4)


def test_free_meals_are_as_unevenly_shared_as_they_were():
    rows = country(VINTAGE).schools.query("phase == 'secondary'")
    assert dissimilarity(rows.fsm_share, rows.roll) == pytest.approx(0.34, abs=0.002)


def test_nobody_is_poor_now_who_was_not_in_the_last_six_years():
    rows = country(VINTAGE).schools
    assert (rows.fsm6_share >= rows.fsm_share).all()


@pytest.mark.parametrize("column", ["fsm_share", "eal_share", "absence_share", "attainment_published"])
def test_schools_of_a_phase_stay_in_the_order_they_are_in(column):
    now, then = country().schools, country(VINTAGE).schools
    mine = (now.phase == "secondary") & (now.last_year == 11) & now[column].notna()
    order = np.argsort(now[column][mine].to_numpy(), kind="stable")
    assert (np.diff(then[column][mine].to_numpy()[order]) >= -1e-12).all()


def test_the_schools_places_and_ages_are_those_of_2019():
    same = ["label", "urn", "easting", "first_year", "last_year", "gender", "girls_share"]
    assert country(VINTAGE).schools[same].equals(country().schools[same])


def test_what_was_read_is_not_written_to():
    before = country().schools.copy()
    country.__wrapped__(VINTAGE)
    assert country().schools.equals(before)


def test_secondary_schools_differ_in_five_good_grades_as_they_did():
    rows = country(VINTAGE).schools.query("last_year == 11 and attainment_published.notna()")
    pupils = (rows.attainment_pupils / 3).clip(lower=1)
    shares = shares_over(rows.attainment_published, pupils, FIGURES["five_good_em"])
    luck = (shares * (1 - shares) / pupils).mean()
    assert np.average(shares, weights=pupils) == pytest.approx(0.33, abs=1e-6)
    assert np.sqrt(shares.var(ddof=0) + luck) == pytest.approx(0.17, abs=0.001)


@pytest.mark.parametrize("name", ["attainment", "value_added"])
def test_results_lie_round_the_national_mean_of_the_pupils(name):
    for _, rows in country(VINTAGE).schools.groupby("last_year"):
        assert np.isfinite(rows[f"{name}_published"]).sum() in (0, (rows[f"{name}_pupils"] > 0).sum())
    late = country(VINTAGE).schools.query("last_year == 11 and attainment_published.notna()")
    assert np.average(late.attainment_published, weights=late.attainment_pupils) == pytest.approx(0, abs=1e-9)


@given(st.floats(0.08, 0.2))
def test_a_wider_spread_asks_for_a_larger_factor(spread):
    rows = schools()
    assert stretch(rows, 0.33, spread + 0.01) > stretch(rows, 0.33, spread)


def test_value_added_is_spread_by_the_factor_of_attainment():
    wider = results(schools(), FIGURES)
    factor = wider["attainment_published"].iloc[2] / 0.4
    assert factor > 1.01
    assert wider["value_added_published"].tolist() == pytest.approx([0.1 * factor, 0, -0.1 * factor])
    assert wider["published_result"].tolist() == pytest.approx([46 - 8 * factor, 46, 46 + 8 * factor])


def test_a_school_without_results_stays_without_them():
    assert results(schools(attainment_published=[-0.4, np.nan, 0.4]), FIGURES)["attainment_published"].isna().sum() == 1


def test_regions_differ_and_the_phase_adds_up():
    factor = roll_factors(schools(), {1: "London", 2: "North East"}, FIGURES)
    ratio = FIGURES["region_rolls"]["North East"] / FIGURES["region_rolls"]["London"]
    assert factor.iloc[2] / factor.iloc[0] == pytest.approx(ratio)
    assert (factor * 900).sum() == pytest.approx(FIGURES["rolls"]["secondary"])


def test_no_school_is_emptied():
    smaller = resized(schools(), pd.Series(1e-6, [5, 7, 9]))
    assert (smaller.roll == 1).all() and (smaller.roll_published == 1).all()


@pytest.mark.parametrize(
    ("form", "religion", "phase", "selective", "before"),
    [
        ("academy_converter", "roman_catholic", "secondary", False, "voluntary_aided"),
        ("academy_converter", "church_of_england", "primary", False, "voluntary_controlled"),
        ("academy_converter", "none", "secondary", True, "foundation"),
        ("academy_converter", "none", "secondary", False, "community"),
        ("academy_sponsor_led", "not_recorded", "primary", False, "community"),
        ("free_school", "jewish", "primary", False, "voluntary_aided"),
        ("voluntary_controlled", "church_of_england", "primary", False, "voluntary_controlled"),
    ],
)
def test_a_school_goes_back_to_what_it_was(form, religion, phase, selective, before):
    rows = predecessors(schools(school_type=form, religion=religion, phase=phase, selective=selective))
    assert set(rows["school_type"]) == {before}
    assert set(rows["own_admissions"]) == {before in ("voluntary_aided", "foundation")}


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(-5, 5), st.floats(0.3, 3))
def test_a_shift_keeps_shares_between_0_and_1_and_in_order(one, other, level, slope):
    low, high = Shift(level, slope)(pd.Series(sorted([one, other])))
    assert 0 <= low <= high <= 1


def test_a_shift_leaves_nobody_everybody_and_blanks_alone():
    moved = Shift(1.5)(pd.Series([0.0, 1.0, np.nan]))
    assert moved.iloc[0] == 0 and moved.iloc[1] == 1 and np.isnan(moved.iloc[2])


def test_every_national_figure_has_a_source_or_a_reason():
    rows = read_sheet(figures_file(VINTAGE))
    assert len(rows) > 8
    assert [row.name for row in rows if not row.source and not row.because] == []
    assert set(FIGURES["region_rolls"]) == set(authorities().region)


def test_a_reconstructed_place_says_so_in_its_title_and_its_facts():
    place = load_place("poole", vintage=VINTAGE)
    assert place.title == place.facts["title"] == "Poole (1997, reconstructed)"
    assert (place.name, place.stem, place.facts["vintage"]) == ("poole", "Poole", VINTAGE)
    assert any("Nothing here was recorded" in sentence for sentence in place.facts["reconstructed"])
    how = {entry["what"]: entry["how"] for entry in place.facts["imputed"]}
    assert "factor by region" in how["roll"] and "2018/19" not in how["ethnicity"] and "missing schools" in how
    assert len(how) == len(place.facts["imputed"])


def test_the_neighbourhood_is_carried_back_too():
    now, then = (load_place("poole", "near", vintage) for vintage in ("england_2019", VINTAGE))
    assert then.schools.in_halo.any()
    assert set(then.schools.school_type) <= {"community", "foundation", "voluntary_aided", "voluntary_controlled"}
    assert then.schools.fsm_share.mean() > now.schools.fsm_share.mean()
    assert "reconstructed" not in now.title and "reconstructed" not in now.facts


def test_an_invented_town_changes_as_the_country_did():
    now, then = (load_place("toytown:10x30", vintage=vintage) for vintage in ("england_2019", VINTAGE))
    assert then.title.endswith("(1997, reconstructed)") and then.facts["national"] == national_shares(VINTAGE)
    assert then.schools.roll.equals(now.schools.roll)
    assert then.schools.eal_share.mean() < 0.6 * now.schools.eal_share.mean()
    language = shifts_since(VINTAGE)["primary"]["eal"]
    mine = now.schools.phase == "primary"
    assert then.schools.eal_share[mine].to_numpy() == pytest.approx(language(now.schools.eal_share[mine]).to_numpy())


def test_a_place_of_ones_own_takes_the_national_shares_of_the_year_where_it_is_blank(tmp_path):
    (tmp_path / "schools.csv").write_text(
        "first_year,last_year,easting,northing,roll,fsm_share\n0,6,1000,1000,210,0.3\n7,11,1500,1500,250,0.3\n"
    )
    (tmp_path / "areas.csv").write_text("easting,northing,children\n900,900,200\n")
    place = load_place(tmp_path, vintage=VINTAGE)
    assert place.schools.fsm_share.tolist() == [0.3, 0.3]
    assert place.schools.eal_share.tolist() == [FIGURES["eal"]["primary"], FIGURES["eal"]["secondary"]]
    assert place.title.endswith("(1997, reconstructed)") and place.facts["vintage"] == VINTAGE
