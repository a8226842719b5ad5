"""Single numbers by path, those inside lists too, and what a world draws or tries of them."""

import pytest

from schoolsim.errors import InputError
from schoolsim.parameters import Parameter, Parameters, Prior
from schoolsim.parameters.single import single_number


def parameter(path, value, prior=("fixed",)):
    return Parameter(path, "meaning", "share", value, Prior(*prior), "weak", ("E001",))


ROWS = {
    row.path: row
    for row in (
        parameter("choice.a", 0.5, ("uniform", (0.0, 1.0))),
        parameter("home.list", (1.0, 2.0, 3.0)),
        parameter("home.one", 4.0),
        parameter("home.rows", ((1.0, 2.0), (3.0, 4.0))),
    )
}
SHEETS = Parameters(ROWS)


def test_a_number_of_a_list_is_named_by_its_place_from_nought():
    assert single_number("home.list[2]", ROWS).shipped == 3.0
    assert single_number("home.one", ROWS).shipped == 4.0


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("home.lisst[0]", "unknown parameter; key: home.lisst.0.. Did you mean 'home.list'"),
        ("home.list", r"no single number; key: home.list; allowed: home.list\[0\] to home.list\[2\]"),
        ("home.list[3]", r"no single number.*home.list\[2\]"),
        ("home.list[-1]", "unknown parameter"),
        ("home.one[0]", "no single number; .*allowed: home.one"),
        ("home.rows[0]", "no single number"),
    ],
)
def test_a_path_that_names_no_number_is_refused(path, message):
    with pytest.raises(InputError, match=message):
        single_number(path, ROWS)


def test_numbers_tried_change_their_places_only():
    tried = SHEETS.resolve({}, {"home.list[0]": 9.0, "home.list[2]": 8.0, "home.one": 7.0})
    assert tried["home"] == {"list": (9.0, 2.0, 8.0), "one": 7.0, "rows": ((1.0, 2.0), (3.0, 4.0))}
    assert SHEETS.resolve()["home"]["list"] == (1.0, 2.0, 3.0)


def test_an_override_lies_on_top_of_what_is_drawn():
    assert SHEETS.resolve({"choice.a": 0.9}, {"choice.a": 0.1})["choice"] == {"a": 0.9}


def test_what_is_fixed_stays_fixed_for_overrides():
    with pytest.raises(InputError, match="fixed"):
        SHEETS.resolve({"home.one": 7.0})


@pytest.mark.parametrize(
    ("path", "value"), [("choice.a", 1.1), ("home.one", float("nan")), ("home.one", "7"), ("home.one", True)]
)
def test_what_is_drawn_lies_in_its_prior_or_is_a_finite_number(path, value):
    with pytest.raises(InputError, match=path):
        SHEETS.resolve({}, {path: value})
