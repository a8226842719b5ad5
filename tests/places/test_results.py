"""Published results come on one scale, of the last stage of each school."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.places import load_place
from schoolsim.places.results import published_results

BLANK = {
    **{f"{kind}_{year}": np.nan for kind in ("att8", "p8") for year in (2017, 2018, 2019)},
    **{f"ks2_{subject}_score_{year}": np.nan for subject in ("read", "maths") for year in (2016, 2017, 2018)},
    **{f"ks2_{subject}_prog_{year}": np.nan for subject in ("read", "maths") for year in (2018, 2019)},
    "ks2_cohort_2018": np.nan, "ks4_cohort_2018": np.nan, "ks4_cohort_2019": np.nan,
}  # fmt: skip


def measured(*schools):
    return pd.DataFrame(published_results(pd.DataFrame([BLANK | school for school in schools])))


def primary(read, maths, cohort=30, **other):
    tested = {"ks2_read_score_2018": read, "ks2_maths_score_2018": maths, "ks2_cohort_2018": cohort}
    return {"first_year": 0, "last_year": 6, "roll": 210, **tested, **other}


def secondary(points, cohort=100, **other):
    tested = {"att8_2018": points, "ks4_cohort_2018": cohort}
    return {"first_year": 7, "last_year": 11, "roll": 500, **tested, **other}


def test_a_primary_is_measured_from_the_mean_over_pupils_in_sd_of_the_mean_of_two_subjects():
    table = measured(primary(101, 101, cohort=30), primary(105, 105, cohort=10))
    expected = -1 * (1 / 8.35 + 1 / 7.3) / 2 / 0.935
    assert table.attainment_published.tolist() == pytest.approx([expected, -3 * expected])
    assert table.attainment_pupils.tolist() == [30, 10]


def test_points_of_a_secondary_and_its_progress_are_in_sd_of_attainment_8():
    table = measured(secondary(46, p8_2018=0.39), secondary(50))
    assert table.attainment_published.tolist() == pytest.approx([-2 / 19.5, 2 / 19.5])
    assert table.value_added_published[0] == pytest.approx(0.2) and np.isnan(table.value_added_published[1])
    assert table.value_added_pupils.tolist() == [100, 0]


def test_years_weigh_by_their_pupils_and_those_without_a_cohort_take_that_of_2018():
    table = measured(secondary(46, p8_2018=0.0, p8_2019=1.95, ks4_cohort_2019=300, p8_2017=0.0), secondary(50))
    assert table.value_added_pupils[0] == 500
    assert table.value_added_published[0] == pytest.approx(300 / 500)


def test_a_school_that_was_not_there_in_2018_counts_a_year_group_of_its_roll():
    table = measured(primary(100, 100), BLANK | {"first_year": 0, "last_year": 6, "roll": 140,
                     "ks2_read_prog_2019": 1.0, "ks2_maths_prog_2019": 1.0})  # fmt: skip
    assert table.value_added_pupils[1] == 20 and table.attainment_pupils[1] == 0


def test_a_school_counts_at_its_last_stage_only():
    through = secondary(46) | primary(110, 110) | {"first_year": 0, "last_year": 11, "roll": 600}
    infants = primary(110, 110) | {"last_year": 2}
    table = measured(secondary(48), primary(100, 100), through, infants)
    assert table.attainment_published[2] < 0
    assert np.isnan(table.attainment_published[3]) and table.attainment_pupils[3] == 0


@pytest.mark.parametrize(("phase", "schools", "spread"), [("primary", 13_792, 0.34), ("secondary", 3_151, 0.44)])
def test_over_england_results_average_to_nothing_and_spread_as_published(phase, schools, spread):
    known = load_place("england").schools.query("phase == @phase").dropna(subset="attainment_published")
    mean = np.average(known.attainment_published, weights=known.attainment_pupils)
    assert len(known) == schools
    assert mean == pytest.approx(0.0, abs=0.001)
    assert known.attainment_published.std() == pytest.approx(spread, abs=0.01)
