"""Tests: what is measured is not quite what is true."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.processes.assessment import error_sds, measure
from schoolsim.rules.scale import STAGES, sigma, taught_count
from tests.little import Little

SHEET = Little().values["assessment"]
CASES = [(stage, place) for place, stage in enumerate(STAGES)]


def sat(**pupils):
    usual = {"school": [0] * len(pupils["id"])}
    return Little(pupils=usual | pupils, schools={"id": [0]}, term=2).lives("assessment")


def error(stage, place):
    """Errors of 20,000 pupils by subject [n, s] at a stage."""
    spread = error_sds(stage, SHEET["total_reliability"][place], SHEET["subject_reliability"][place],
                       SHEET["subject_variance_ratio"][place])  # fmt: skip
    ids = np.arange(20_000)
    return measure(np.zeros((20_000, 8)), ids, stage, spread, Draws(1, "assessment", 2))


@pytest.mark.parametrize(("stage", "place"), CASES)
def test_a_total_has_the_error_that_its_reliability_says(stage, place):
    reliability = SHEET["total_reliability"][place]
    expected = sigma(stage) * (1 / reliability - 1) ** 0.5
    assert error(stage, place).mean(axis=1).std() == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize(("stage", "place"), CASES[1:])  # at 5 only the total is measured
def test_a_subject_has_the_error_that_its_reliability_says(stage, place):
    reliability, ratio = SHEET["subject_reliability"][place], SHEET["subject_variance_ratio"][place]
    expected = sigma(stage) * (ratio * (1 / reliability - 1)) ** 0.5
    assert error(stage, place).std(axis=0) == pytest.approx([expected] * taught_count(STAGES[stage]), rel=0.03)


def test_measured_differs_from_true_and_leaves_it_alone():
    pupils = sat(id=[1, 2], year_group=[11, 11], attainment=np.full((2, 8), 5.0)).pupils
    assert (pupils.measured_16 != 5).all()
    assert (pupils.attainment == 5).all()


def test_errors_are_as_often_good_as_bad_luck():
    assert error(16, 4).mean(axis=0) == pytest.approx([0] * 8, abs=0.5)


@pytest.mark.parametrize(("stage", "year"), list(STAGES.items()))
def test_a_stage_is_tested_in_its_year_group_and_no_other_column_is_touched(stage, year):
    pupils = sat(id=[1, 2], year_group=[year, 4]).pupils
    known = {at for at in STAGES if np.isfinite(pupils.get(f"measured_{at}")[0]).all()}
    assert known == {stage}
    assert not any(np.isfinite(pupils.get(f"measured_{at}")[1]).any() for at in STAGES)


def test_at_five_one_number_is_kept_the_mean_of_the_subjects():
    pupil = {"id": [1], "year_group": [0], "school": [0], "attainment": [[6, 3, 0] + [0] * 5]}
    system = Little(pupils=pupil, schools={"id": [0]}, term=2)
    found = system.lives("assessment", total_reliability=[1.0] * 5, subject_reliability=[1.0] * 5)
    assert found.pupils.measured_5[0] == pytest.approx(3.0)


def test_earlier_results_stay_as_they_were():
    before = [[1.0, 2.0, 3.0]]
    pupils = sat(id=[1], year_group=[11], measured_11=before).pupils
    assert pupils.measured_11.tolist() == before


def test_whoever_has_no_school_sits_no_test():
    pupils = sat(id=[1], year_group=[11], school=[-1]).pupils
    assert np.isnan(pupils.measured_16).all()


def test_who_was_tested_is_told_by_stage():
    flows = sat(id=[1, 2, 3], year_group=[11, 11, 6]).flows
    assert (flows["tested at 16"], flows["tested at 11"], flows["tested at 7"]) == (2, 1, 0)
