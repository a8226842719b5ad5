"""The scale of months, stages and phases."""

import numpy as np
import pytest

from schoolsim.rules import scale


@pytest.mark.parametrize(("age", "months"), [(5, 11.0), (11, 17.5), (16, 26.5), (8, 14.25), (13.5, 22.0)])
def test_spread_between_pupils_grows_along_straight_lines(age, months):
    assert scale.sigma(age) == pytest.approx(months)


def test_one_month_means_less_at_sixteen_than_at_five():
    five, sixteen = (scale.months_to_sd(np.array([1.0]), age)[0] for age in (5, 16))
    assert five == pytest.approx(0.091, abs=5e-4)
    assert sixteen == pytest.approx(0.038, abs=5e-4)


def test_each_stage_is_assessed_at_the_end_of_the_year_in_which_pupils_reach_its_age():
    assert {stage: scale.age_at_end(year) for stage, year in scale.STAGES.items()} == {
        stage: stage for stage in (5, 7, 11, 14, 16)
    }


def test_three_subjects_are_taught_in_year_six_and_eight_in_year_seven():
    assert (scale.taught_count(6), scale.taught_count(7)) == (3, 8)


def test_stage_fourteen_belongs_to_the_secondary_phase():
    assert [scale.phase_of_stage(stage) for stage in (5, 11, 14)] == ["primary", "primary", "secondary"]
