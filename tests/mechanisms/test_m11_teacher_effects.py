"""M11, a structure: without it classes, departments and schools all add the same."""

import numpy as np
import pytest

from schoolsim.mechanisms import mechanisms
from tests.mechanisms.on_and_off import each, outcome, settings, worlds

OFF = settings("M08", "M11", "M22")
"""Without disruption and heads too, by which classes and schools differ whoever teaches there."""

ALIKE = settings("M01", "M08", "M11", "M22")
"""Without groups too, of which those that gather in some schools learn faster than others there."""


def variance(level, stage):
    return lambda session: outcome(session, f"variance_{level}_va", stage=stage, basis="true")


def school_share(stage):
    return lambda session: outcome(session, "total_school_share_va", stage=stage, basis="true")


def test_it_is_a_structure():
    assert mechanisms()["M11"].kind == "structure"


@pytest.mark.parametrize(("level", "stage"), [("class", 11), ("department", 16), ("school", 11)])
def test_teachers_departments_and_schools_differ_with_it_and_not_without(level, stage):
    assert each(variance(level, stage)).mean() > 0.02
    assert abs(each(variance(level, stage), OFF).mean()) < 0.005


def test_classes_at_16_differ_without_it_only_as_sets_put_like_pupils_together():
    on, off = each(variance("class", 16)), each(variance("class", 16), OFF)
    assert (off < on / 2).all()


@pytest.mark.parametrize(("stage", "least"), [(11, 0.10), (16, 0.04)])
def test_schools_hold_a_part_of_value_added_with_it_and_none_without(stage, least):
    assert each(school_share(stage)).mean() > least
    assert abs(each(school_share(stage), ALIKE).mean()) < 0.01


def test_teaching_varies_more_inside_schools_than_schools_do():
    inside = each(variance("class", 16)) + each(variance("department", 16))
    assert inside.mean() > each(variance("school", 16)).mean()


def test_without_it_no_class_gains_more_than_another():
    for session in worlds(OFF):
        assert np.ptp(session.system.classes.teaching_effect) == 0
        assert np.ptp(session.system.schools.school_effect) == 0


def test_the_gap_of_the_disadvantaged_stays():
    gap = lambda session: outcome(session, "gap_sd", group="fsm6", stage=16, basis="true")  # noqa: E731
    assert each(gap, OFF).mean() > 0.3
