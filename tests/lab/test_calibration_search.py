"""The search on figures that are plain functions of the numbers, so that the answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.errors import RunError
from schoolsim.lab.calibration.design import Design, Method, Target, Tried
from schoolsim.lab.calibration.search import search
from schoolsim.parameters import Parameter, Prior
from schoolsim.parameters.single import SingleNumber

WEAK = Method(step=0.05, prior_weight=0.001, iterations=20, tolerance=1e-6)


def tried(path, low, high, start):
    parameter = Parameter(path, "meaning", "share", start, Prior("fixed"), "weak", ("E001",))
    return Tried(SingleNumber(path, parameter, None), low, high, start, "a range")


def design(numbers, targets, method=WEAK):
    wanted = tuple(Target(name, value, scale, "made up") for name, (value, scale) in targets.items())
    return Design(
        "x", "X", ("toytown",), (), "none", "england_2019", 0, (1,), method, tuple(numbers), wanted, ()
    )  # fmt: skip


def plane(values):
    """Two figures that two numbers make."""
    a, b = values["x.a"], values["x.b"]
    return {"sum": a + b, "slope": a - 0.5 * b + 0.1 * a * a}


A, B = tried("x.a", 0.0, 1.0, 0.2), tried("x.b", -2.0, 2.0, 0.0)


def at(function):
    return lambda batch: [function(values) for values in batch]


@settings(max_examples=30, deadline=None)
@given(a=st.floats(0.05, 0.95), b=st.floats(-1.8, 1.8))
def test_numbers_that_made_the_figures_are_found_again(a, b):
    wanted = {name: (value, 0.1) for name, value in plane({"x.a": a, "x.b": b}).items()}
    found = search(design([A, B], wanted), at(plane))
    assert found.values == pytest.approx({"x.a": a, "x.b": b}, abs=0.01)


def test_no_number_is_ever_tried_outside_its_bounds():
    seen = []

    def watched(values):
        seen.append(values)
        return plane(values)

    search(design([A, B], {"sum": (50.0, 0.1)}), at(watched))
    assert len(seen) > 3
    assert all(0.0 <= values["x.a"] <= 1.0 and -2.0 <= values["x.b"] <= 2.0 for values in seen)


def test_a_number_on_which_nothing_hangs_stays_where_its_prior_has_it():
    found = search(design([A, B], {"a": (0.7, 0.01)}, Method(prior_weight=0.5)), at(lambda v: {"a": v["x.a"]}))
    assert found.values["x.b"] == pytest.approx(B.start)
    assert found.from_targets["x.b"] == pytest.approx(0.0, abs=1e-6)
    assert found.standard_errors["x.b"] == pytest.approx(B.width / 2)
    assert found.from_targets["x.a"] > 0.99


def test_a_standard_error_is_half_a_scale_over_the_slope():
    found = search(design([A], {"a": (1.2, 0.06)}), at(lambda values: {"a": 3.0 * values["x.a"]}))
    assert found.standard_errors["x.a"] == pytest.approx(0.06 / 2 / 3.0, rel=0.01)


def test_a_stronger_prior_keeps_a_number_nearer_to_its_start():
    ends = [
        search(design([A], {"a": (0.9, 0.5)}, Method(prior_weight=weight)), at(lambda v: {"a": v["x.a"]})).values["x.a"]
        for weight in (0.0, 0.5, 5.0)
    ]
    assert ends[0] > ends[1] > ends[2] > A.start


def test_a_target_that_cannot_be_shown_is_left_out_and_named():
    figures = at(lambda values: {"a": values["x.a"], "gone": np.nan})
    found = search(design([A], {"gone": (1.0, 0.1), "a": (0.6, 0.1)}), figures)
    assert found.unusable == ("gone",)
    assert found.values["x.a"] == pytest.approx(0.6, abs=0.01)


def test_without_any_target_that_can_be_shown_there_is_nothing_to_find():
    with pytest.raises(RunError, match="none of the targets"):
        search(design([A], {"gone": (1.0, 0.1)}), at(lambda _: {"gone": np.nan}))


def test_all_steps_of_a_derivative_are_asked_for_at_once():
    sizes = []

    def counted(batch):
        sizes.append(len(batch))
        return [plane(values) for values in batch]

    search(design([A, B], {"sum": (1.0, 0.1)}, Method(iterations=1)), counted)
    assert set(sizes) == {1, 3}


def test_a_search_that_takes_all_its_steps_says_so():
    slow = Method(step=0.05, iterations=1, tolerance=1e-8)
    assert not search(design([A, B], {"sum": (1.0, 0.1), "slope": (0.9, 0.1)}, slow), at(plane)).converged
