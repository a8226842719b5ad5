"""The values of a run: sheet, then draw, then override; a draw depends on seed, replicate and path only."""

import numpy as np
import pytest

from schoolsim.errors import InputError
from schoolsim.parameters import Parameter, Parameters, Prior, load_sheets


def parameter(path, prior=("uniform", (0.0, 1.0)), value=0.5):
    return Parameter(path, "meaning", "share", value, Prior(*prior), "weak", ("E001",))


def register(*rows):
    return Parameters({row.path: row for row in rows})


TWO = register(parameter("choice.a"), parameter("choice.b"), parameter("home.list", ("fixed",), (1.0, 2.0)))


def test_values_come_by_process_and_name():
    assert TWO.resolve()["choice"] == {"a": 0.5, "b": 0.5}
    assert TWO.resolve({"choice.b": 0.9})["choice"] == {"a": 0.5, "b": 0.9}
    assert "home" in TWO.resolve()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("choice.c", 0.5, r"unknown parameter; .*Did you mean 'choice.[ab]'"),
        ("home.list", 1.0, "fixed"),
        ("choice.a", 1.1, "allowed: 0 to 1 share"),
        ("choice.a", "much", "out of its range"),
        ("choice.a", float("nan"), "out of its range"),
    ],
)
def test_an_override_outside_what_is_known_is_refused(path, value, message):
    with pytest.raises(InputError, match=message):
        TWO.resolve({path: value})


def test_only_what_is_uncertain_is_drawn():
    assert set(TWO.draw(1, 0)) == {"choice.a", "choice.b"}


def test_the_same_replicate_draws_the_same_and_another_does_not():
    assert TWO.draw(1, 0) == TWO.draw(1, 0)
    assert TWO.draw(1, 0) != TWO.draw(1, 1)
    assert TWO.draw(1, 0) != TWO.draw(2, 0)


def test_a_new_parameter_changes_no_other_draw():
    more = register(parameter("choice.a"), parameter("choice.aa"), parameter("choice.b"))
    assert TWO.draw(3, 4).items() <= more.draw(3, 4).items()


def test_draws_of_replicates_spread_evenly_over_a_uniform_prior():
    drawn = np.array([TWO.draw(5, replicate)["choice.a"] for replicate in range(400)])
    counts, _ = np.histogram(drawn, bins=4, range=(0, 1))
    assert counts.min() > 70


def test_parameters_are_drawn_independently_of_each_other():
    pairs = np.array([list(TWO.draw(5, replicate).values()) for replicate in range(400)])
    assert abs(np.corrcoef(pairs.T)[0, 1]) < 0.15


@pytest.mark.parametrize("replicate", range(5))
def test_every_draw_of_the_shipped_sheets_is_a_valid_override(replicate):
    sheets = load_sheets()
    drawn = sheets.draw(1, replicate)
    assert set(drawn) == {row.path for row in sheets.free()}
    sheets.resolve(drawn)
