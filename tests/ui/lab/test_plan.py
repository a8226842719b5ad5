"""What a visitor can set up, and what is refused with a plain word."""

from __future__ import annotations

import pytest

from schoolsim.errors import InputError
from schoolsim.policy.levers import levers
from schoolsim.scenario import load_scenario
from schoolsim.ui.pages.lab.plan import BASELINE, MOST_REGIMES, Plan, first_plan, offered, own_scenario, plan_from


@pytest.fixture
def plan():
    return first_plan()


def test_the_page_opens_with_something_that_can_be_run(plan):
    assert plan.problem == ""
    assert plan.names[0] == BASELINE
    assert [one.place for one in plan.plans] == ["salford", "salford"]


def test_all_scenarios_of_a_plan_are_run_in_the_same_place_for_the_same_years(plan):
    plans = Plan("rutland", plan.scenarios, years=3, halo="none").plans
    assert {(one.place, one.years, one.halo) for one in plans} == {("rutland", 3, "none")}


@pytest.mark.parametrize("name", ["Hull", "355", "E08000006", "st helens"])
def test_a_place_answers_to_its_usual_names(plan, name):
    assert plan.at(name).place


@pytest.mark.parametrize("name", ["", "  ", "Atlantis", "/etc", "../x", "C:\\x", "./town", "a\0b"])
def test_a_place_that_is_none_is_refused_and_no_path_is_taken_for_one(plan, name):
    with pytest.raises(InputError):
        plan.at(name)


def test_stand_still_cannot_be_taken_out(plan):
    assert BASELINE in plan.without(BASELINE).names
    assert plan.without("neighbourhood-allocation").problem


def test_a_fifth_regime_is_refused_and_one_of_the_same_name_replaces(plan):
    base = load_scenario(BASELINE)
    for number in range(MOST_REGIMES - 2):
        plan = plan.with_scenario(own_scenario(f"Own {number}", base, {"setting.subjects": number}, plan.names))
    assert len(plan.names) == MOST_REGIMES
    fifth = own_scenario("One more", base, {"setting.subjects": 8}, plan.names)
    with pytest.raises(InputError, match="at most 4"):
        plan.with_scenario(fifth)
    assert plan.with_scenario(plan.scenarios[-1]).names == plan.names


def test_a_regime_of_ones_own_keeps_what_it_starts_from_and_moves_the_levers_that_were_moved():
    base = load_scenario("neighbourhood-allocation")
    own = own_scenario("Nearest, six sets", base, {"setting.subjects": 6}, ())
    assert own.levers_at(1) == base.levers_at(1) | {"setting.subjects": 6}
    assert own.name == "nearest-six-sets"


def test_names_of_own_regimes_do_not_collide():
    base = load_scenario(BASELINE)
    assert own_scenario("Mine", base, {}, ("mine", "mine-2")).name == "mine-3"
    assert own_scenario("…", base, {}, ()).name == "own"


@pytest.mark.parametrize("name", list(levers()))
def test_no_lever_is_moved_out_of_its_bounds(name):
    with pytest.raises(InputError):
        own_scenario("Mine", load_scenario(BASELINE), {name: "far out"}, ())


def test_a_title_is_asked_for():
    with pytest.raises(InputError, match="title"):
        own_scenario("  ", load_scenario(BASELINE), {}, ())


def test_a_plan_of_somebody_elses_scenarios_gets_stand_still_and_bounds():
    alone = load_scenario("neighbourhood-allocation")
    plan = plan_from((alone,), replicates=1000)
    assert plan.names == (BASELINE, alone.name)
    assert plan.replicates == 50
    with pytest.raises(InputError, match="too many"):
        plan_from(tuple(own_scenario(f"Own {n}", alone, {}, ()) for n in range(4)), 2)


def test_every_shipped_scenario_is_offered_but_the_one_for_trying():
    assert {"stand-still", "neighbourhood-allocation", "open-enrolment-without-tables"} <= set(offered())
    assert "toytown" not in offered()
