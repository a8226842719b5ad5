"""Figures of facts from a handful of made-up pupils and schools, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.facts import local, pooled, stationary
from schoolsim.lab.facts.local import MADE, three_summers
from schoolsim.lab.facts.stationary import drift
from schoolsim.rules.measures import value_added

SUMS = ("size", "measured", "prior", "prior_square", "product")


def leavers(school_effects, stage=16, year=0, per_school=200, seed=1):
    """Pupils of schools whose value added and raw results differ by these effects (pupils: SD 1)."""
    luck = np.random.Generator(np.random.PCG64(seed))
    school = np.repeat(np.arange(len(school_effects)), per_school)
    prior = luck.normal(size=len(school))
    measured = prior + luck.normal(size=len(school)) + np.asarray(school_effects)[school]
    return pd.DataFrame({
        "year": year, "stage": stage, "school": school, "prior": prior, "measured": measured, "true": measured,
        "fsm6": np.arange(len(school)) % 4 == 0, "selective": school == 0, "subject_0": prior, "subject_1": measured,
    })  # fmt: skip


def school_rows(**columns):
    """Four schools with a primary's results at the end of settling; every column may be given."""
    rows = {"school": np.arange(4), "year": 0, "phase": "primary", "stage": 11, "selective": False, "roll": 100,
            "own_roll": 100, "tested": 10, "own_tested": 90.0, "result": [0.1, 0.2, 0.3, 0.4],
            "own_result": [0.1, 0.2, 0.3, 0.4], "fsm": [40, 30, 20, 10], "own_fsm": [40.0, 30.0, 20.0, 10.0],
            "fsm6": 20, "own_fsm6": 20.0, "eal": 5, "own_eal": 5.0, "sen_support": 5, "own_sen_support": 5.0, "ehcp": 1,
            "own_ehcp": 1.0, "absence": 0.05, "own_absence": 0.05, "absence_sd": 0.05}  # fmt: skip
    return pd.DataFrame(rows | columns)


def test_schools_that_differ_by_a_third_of_a_pupils_sd_have_a_tenth_of_value_added():
    pupils = leavers(np.tile([-1 / 3, 1 / 3], 50))
    figures = pooled.school_shares({"pupils": pupils})
    assert figures["va_share"] == pytest.approx(0.1, abs=0.02)
    assert figures["raw_share"] == pytest.approx(1 / 9 / (2 + 1 / 9), abs=0.02)
    assert figures["school_va_sd"] == pytest.approx(1 / 3 / np.sqrt(2 + 1 / 9), abs=0.02)


def test_a_selective_school_counts_in_one_share_and_not_in_the_other():
    figures = pooled.school_shares({"pupils": leavers([5.0, 0, 0, 0, 0])})
    assert figures["raw_share"] > 0.5
    assert abs(figures["raw_share_without_selective"]) < 0.02


def test_what_varies_from_cohort_to_cohort_makes_three_cohorts_look_more_alike():
    cohorts = [leavers(np.roll([1.0, 0, 0, 0, 0, 0], year), stage=11, year=year) for year in (0, 1, 2)]
    figures = pooled.within_between({"pupils": pd.concat([*cohorts, leavers([1.0, 0, 0, 0, 0, 0])])})
    assert figures["primary_one_cohort"] == pytest.approx(6, rel=0.3)
    assert figures["primary_three_cohorts"] > 2 * figures["primary_one_cohort"]


def test_gaps_are_how_far_disadvantaged_pupils_are_behind_in_months():
    stages = [leavers([0.0, 0.0], stage=stage) for stage in (5, 11, 16)]
    for pupils, behind in zip(stages, (4.0, 9.0, 18.0), strict=True):
        pupils["measured"] = np.where(pupils["fsm6"], -behind, 0.0)
    figures = pooled.gaps_by_age({"pupils": pd.concat(stages)})
    assert (figures["gap_5"], figures["gap_11"], figures["gap_16"]) == (4.0, 9.0, 18.0)
    assert figures["present_at_11"] == 0.5


def test_a_line_through_sums_of_classes_is_the_line_through_their_pupils():
    pupils = leavers([0.0, 0.5], per_school=60).assign(seat=np.arange(120) // 20)
    sums = pupils.assign(prior_square=pupils["prior"] ** 2, product=pupils["prior"] * pupils["measured"])
    classes = sums.groupby("seat")[["prior_square", "product"]].sum()
    classes[["measured", "prior"]] = sums.groupby("seat")[["measured", "prior"]].mean()
    classes = classes.assign(size=20, subject=0, year=0, teacher=classes.index, school=classes.index // 3)
    gain = value_added(pupils["prior"].to_numpy(), pupils["measured"].to_numpy())
    expected = [gain[pupils["seat"] == seat].mean() for seat in range(6)]
    assert pooled._taught(classes).gain == pytest.approx(expected)


def test_subjects_that_share_half_their_variance_correlate_by_its_root():
    nobody = pd.DataFrame(columns=["year", "subject", "school", "teacher", *SUMS], dtype=float)
    figures = pooled.inside_schools({"pupils": leavers([0.0, 0.0], per_school=5000), "classes": nobody})
    assert figures["subject_correlation"] == pytest.approx(np.sqrt(0.5), abs=0.02)
    assert np.isnan(figures["teaching_over_school"])


def test_a_world_as_it_is_made_has_every_school_to_the_pupil():
    figures = local.schools_there({"schools": school_rows(year=MADE)})
    assert set(figures.values()) == {0.0}


@pytest.mark.parametrize(
    ("column", "values", "figure"),
    [("roll", [100, 97, 100, 100], ("roll", 3.0)), ("fsm", [40, 30, 21, 10], ("fsm", 1.0)),
     ("roll", [100, 100, 100, 0], ("missing_schools", 1.0))],
)  # fmt: skip
def test_one_school_that_is_wrong_is_seen(column, values, figure):
    figures = local.schools_there({"schools": school_rows(year=MADE, **{column: values})})
    assert figures[figure[0]] == figure[1]


def test_results_of_three_summers_are_weighted_by_pupils_and_later_ones_left_out():
    years = [school_rows(year=-1, result=0.0, tested=30), school_rows(result=1.0), school_rows(year=1, result=9.0)]
    found = three_summers(pd.concat(years), 0)
    assert found["result"].tolist() == [0.25] * 4
    assert found["tested"].tolist() == [40] * 4


def test_schools_without_a_published_result_are_compared_with_nothing():
    unknown = school_rows(own_result=[0.1, 0.2, 0.3, np.nan])
    assert len(three_summers(unknown, 0)) == 3
    assert np.isnan(local.spread_of_results({"schools": school_rows(own_result=np.nan)})["ks2_0"])


def test_spread_is_over_that_of_the_data():
    wide = school_rows(own_result=[1.0, 2.0, 3.0, 4.0], result=[2.0, 4.0, 6.0, 8.0], tested=10_000, own_tested=1e4)
    figures = local.spread_of_results({"schools": wide})
    assert figures["ks2_0"] == pytest.approx(2.0, abs=1e-3)
    assert np.isnan(figures["ks2_3"]) and np.isnan(figures["ks4_0"])


def test_the_luck_of_small_cohorts_is_taken_off_both_sides():
    alike = school_rows(result=[-0.3, 0.3, -0.3, 0.3], tested=10, own_result=[-1.0, 1, -1, 1], own_tested=1e6)
    sd = np.sqrt(0.12 - local.WITHIN_SCHOOL_SD**2 / 10)
    assert local.spread_of_results({"schools": alike})["ks2_0"] == pytest.approx(sd / np.sqrt(4 / 3), abs=1e-4)


def test_a_correlation_is_told_in_what_the_data_allow():
    same = local.poverty_and_results({"schools": school_rows()})
    turned = local.poverty_and_results({"schools": school_rows(result=[0.4, 0.3, 0.2, 0.1])})
    assert same["ks2_0"] == pytest.approx(0.0)
    assert turned["ks2_0"] == pytest.approx(2 / 0.1)


def test_a_correlation_known_badly_allows_more():
    shares = np.array([40.0, 30, 20, 10])
    rows = school_rows(own_result=[0.2, 0.1, 0.4, 0.3])
    own = np.corrcoef(shares, rows["own_result"])[0, 1]
    allowed = 2 * (1 - own**2) / np.sqrt(3)
    found = local.poverty_and_results({"schools": rows})["ks2_0"]
    assert found == pytest.approx((-1 - own) / allowed)


def test_selective_schools_are_left_out_where_it_says_so():
    rows = school_rows(stage=16, phase="secondary", selective=[False, False, False, True], result=[0.1, 0.2, 0.3, -5])
    figures = local.poverty_and_results({"schools": rows})
    assert figures["ks4_without_selective_0"] == pytest.approx(0.0)
    assert figures["ks4_0"] > 1


def test_dissimilarity_is_less_that_of_the_data():
    apart = school_rows(fsm=[100, 100, 0, 0], own_fsm=50.0)
    figures = local.segregation_by_poverty({"schools": apart})
    assert (figures["primary_0"], figures["primary_fsm6_0"]) == (1.0, 0.0)
    assert np.isnan(figures["secondary_0"])


def test_absence_near_its_own_is_near_and_a_point_away_is_not():
    rows = school_rows(absence=[0.05, 0.052, 0.05, 0.08], roll=400)
    figures = local.absence_of_schools({"schools": rows})
    assert figures["share_near_0"] == 0.75
    assert figures["typical_difference_0"] == pytest.approx(0.001)


def test_a_small_school_may_differ_more_by_luck_than_a_large_one():
    rows = school_rows(absence=0.06, roll=[50, 50, 5000, 5000])
    assert local.absence_of_schools({"schools": rows})["share_near_0"] == 0.5


def test_a_drift_hangs_on_all_years_and_not_on_the_luck_of_the_last():
    level = np.full(11, 2.0)
    assert drift(level + np.arange(11) / 10) == pytest.approx(1.0)
    level[-1] = 3.0
    assert 0 < drift(level) < 0.5


def test_too_few_years_show_no_drift():
    assert np.isnan(drift(np.ones(10)))
    assert np.isnan(drift(np.array([1.0] * 10 + [np.nan])))


def test_records_of_two_authorities_are_averaged_before_the_drift():
    rows = [(year, "roll", "primary", 0, value) for year in range(11) for value in (100 + year, 300 - year)]
    records = pd.DataFrame(rows, columns=["year", "metric", "phase", "stage", "value"])
    assert stationary._relative(stationary._yearly(records, "roll", "primary")) == pytest.approx(0.0, abs=1e-12)


def test_value_added_is_compared_with_the_year_before_school_by_school():
    table = pd.DataFrame({"school": [1, 2, 3] * 3, "year": np.repeat([0, 1, 2], 3),
                          "value_added": [1, 2, 3, 2, 4, 6, 6, 4, 2]})  # fmt: skip
    assert stationary._year_to_year(table) == pytest.approx(0.0)
