"""Levers: what they can be set to, and that their status quo is one of these."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.errors import InputError
from schoolsim.policy.levers import checked_setting, default_levers, levers
from schoolsim.vintages import VINTAGES

PREFERENCES = levers()["admissions.preference_count"]
HOLDERS = {"government", "authority", "school"}


@pytest.mark.parametrize("lever", levers().values(), ids=levers())
def test_the_status_quo_is_a_setting_the_lever_can_take(lever):
    assert lever.checked(lever.default) == lever.default


@pytest.mark.parametrize("lever", levers().values(), ids=levers())
def test_every_lever_says_who_holds_it_what_it_costs_and_how_its_status_quo_is_known(lever):
    assert lever.holder in HOLDERS
    assert all([lever.cost, lever.meaning, lever.unit, len(lever.why_default) > 20])


@given(st.integers(-100, 100))
def test_a_whole_number_passes_exactly_within_its_bounds(value):
    if PREFERENCES.low <= value <= PREFERENCES.high:
        assert PREFERENCES.checked(value) == value
    else:
        with pytest.raises(InputError, match="out of bounds"):
            PREFERENCES.checked(value)


@pytest.mark.parametrize("value", [True, "3", 3.5, None, [3]])
def test_a_number_lever_takes_no_other_type(value):
    with pytest.raises(InputError, match="a whole number, 3 to 6 schools"):
        PREFERENCES.checked(value)


@pytest.mark.parametrize("value", [0, 1, "on", None])
def test_a_flag_takes_only_on_and_off(value):
    with pytest.raises(InputError, match="allowed: on or off"):
        checked_setting("league_tables.published", value)


def test_a_move_with_a_misspelt_lever_gets_a_guess():
    with pytest.raises(InputError, match=r"Did you mean 'setting.subjects'\?"):
        checked_setting("seting.subjects", 2)


def test_a_vintage_that_is_not_built_is_refused():
    with pytest.raises(InputError, match="england_1066"):
        default_levers("england_1066")


def test_the_status_quo_of_1997_differs_from_that_of_2019_in_what_tables_showed_and_inspectors_did():
    now, then = default_levers("england_2019"), default_levers("england_1997")
    differing = {name: (now[name], then[name]) for name in now if now[name] != then[name]}
    assert differing == {
        "league_tables.metric": ("points", "threshold"), "inspection.interval": (4.5, 6), "inspection.notice": (0.1, 8),
        "inspection.weight_raw": (0.3, 0.6), "inspection.weight_value_added": (0.5, 0.1),
    }  # fmt: skip


@pytest.mark.parametrize("lever", levers().values(), ids=levers())
def test_the_status_quo_of_every_vintage_is_a_setting_with_a_reason(lever):
    for vintage, other in lever.vintages.items():
        assert vintage in VINTAGES and len(other["why_default"]) > 20
        assert lever.checked(other["default"]) == other["default"] != lever.default
