"""What pupils hope for, what they learn to expect, and what lies between."""

import numpy as np
import pytest

from schoolsim.people.population import ETHNICITIES
from schoolsim.processes.aspiration import mean_above_zero, own_results, set_positions
from schoolsim.rules.scale import sigma
from tests.little import Little

PLAIN = {"hope_level": 1.0, "hope_slope": 0.0, "hope_sd": 0.0, "learning_rate": 0.5, "set_label": 0.0,
         "family_expects": {}}  # fmt: skip
USUAL = {"effort_slope": 0.01, "usual_spread": [1.0, 1.0]}


def autumn(values=None, **pupils):
    """Some pupils of year 8, in no class, after an autumn."""
    rows = {"year_group": [8] * len(pupils["id"])} | pupils
    return Little(pupils=rows).lives("aspiration", **(PLAIN | USUAL | (values or {}))).pupils


def at_11(*leads):
    """Tests at 11 that lie so many SD above the norm."""
    return np.repeat(sigma(11) * np.array(leads, dtype=float)[:, None], 3, axis=1)


def test_expectation_goes_part_of_the_way_to_what_the_last_test_says():
    pupils = autumn(id=[1, 2], measured_11=at_11(1.0, -1.0), expectation=[0.0, 0.5])
    assert pupils.expectation == pytest.approx([0.5, -0.25])


def test_each_age_looks_at_the_latest_test_it_has_sat():
    tests = {
        "measured_5": [sigma(5)] * 5, "measured_7": np.full((5, 3), 2 * sigma(7)), "measured_11": at_11(3, 3, 3, 3, 3),
        "measured_14": np.full((5, 8), 4 * sigma(14)),
    }  # fmt: skip
    system = Little(pupils={"id": np.arange(5), "year_group": [0, 2, 6, 9, 11]} | tests)
    assert own_results(system) == pytest.approx([0, 1, 2, 3, 4], abs=0.002)  # months in a table have but a few digits


def test_who_has_sat_no_test_goes_by_the_norm():
    assert autumn(id=[1], expectation=[0.8]).expectation[0] == pytest.approx(0.4)


def test_low_expectation_costs_taking_part_and_high_expectation_no_more_than_meets_hope():
    effect = autumn(id=[5] * 4, expectation=[-2.0, 0.0, 2.0, 6.0]).ambition_effect  # then -1, 0, 1, 3; hope is 1
    assert effect[0] - effect[1] == pytest.approx(-0.01, rel=1e-4)
    assert effect[1] - effect[2] == pytest.approx(-0.01, rel=1e-4)
    assert effect[2] == effect[3]


def test_two_who_expect_the_same_try_less_the_more_is_hoped_for():
    effect = autumn({"hope_slope": 0.1}, id=[5, 5], ses=[1.0, 0.0]).ambition_effect
    assert effect[0] - effect[1] == pytest.approx(-0.001, rel=1e-3)


def test_hope_is_a_persons_own_for_life():
    system = Little(pupils={"id": [1, 2], "year_group": [1, 1]})
    first = system.lives("aspiration", **(PLAIN | USUAL | {"hope_sd": 0.5})).pupils.ambition_effect.copy()
    system.state.elapsed = 5
    later = system.lives("aspiration", **(PLAIN | USUAL | {"hope_sd": 0.5})).pupils.ambition_effect
    assert first[0] != first[1]
    assert later == pytest.approx(first)


def test_a_nation_whose_beliefs_are_spread_as_usual_takes_part_as_usual():
    luck = np.random.default_rng(1).normal(size=20_000)
    effect = autumn({"learning_rate": 0.0}, id=np.arange(20_000), expectation=luck).ambition_effect
    assert effect.mean() == pytest.approx(0, abs=2e-4)


@pytest.mark.parametrize(("mean", "spread", "found"), [(0.0, 1.0, 0.3989), (1.0, 1e-6, 1.0), (-1.0, 1e-6, 0.0)])
def test_the_mean_of_what_lies_above_zero(mean, spread, found):
    assert mean_above_zero(mean, spread) == pytest.approx(found, abs=1e-4)


def in_sets(values=None):
    """Four pupils of year 8: in the top, middle and bottom of three sets of one subject, and in a mixed class."""
    classes = {"id": np.arange(4), "school": [0] * 4, "year_group": [8] * 4, "subject": [0, 0, 0, 1]}
    seats = np.full((4, 8), -1)
    seats[[0, 1, 2], 0], seats[:, 1] = [0, 1, 2], 3
    pupils = {"id": [5] * 4, "year_group": [8] * 4, "school": [0] * 4, "class_group": seats}
    system = Little(pupils=pupils, classes=classes | {"set_rank": [1, 2, 3, 0]})
    return system.lives("aspiration", **(PLAIN | USUAL | (values or {})))


def test_sets_are_placed_from_the_top_to_the_bottom_and_mixed_classes_say_nothing():
    assert set_positions(in_sets()).tolist() == [1, 0, -1, 0]


def test_a_low_set_lowers_what_is_expected_given_the_same_results():
    assert in_sets({"set_label": 0.2}).pupils.expectation == pytest.approx([0.1, 0, -0.1, 0])


def test_a_pupil_whose_family_expects_more_comes_to_expect_more_and_takes_more_part():
    who = {"id": [5, 5], "ethnicity": [ETHNICITIES.index("indian"), 0]}
    pupils = autumn({"family_expects": {"indian": 0.4}}, **who)
    assert pupils.expectation[0] - pupils.expectation[1] == pytest.approx(0.2, rel=1e-4)
    assert pupils.ambition_effect[0] > pupils.ambition_effect[1]
