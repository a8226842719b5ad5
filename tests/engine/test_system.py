"""The clock and the rules of a running system."""

import mesa
import pytest

from schoolsim.session import Session
from tests.little import plan


def test_the_system_is_a_mesa_model(town):
    assert isinstance(town.system, mesa.Model)


def test_three_terms_make_a_year(town):
    seen = []
    for _ in range(4):
        town.system.step()
        seen.append((town.system.year, town.system.term))
    assert seen == [(1, 0), (1, 1), (1, 2), (2, 0)]


def test_every_term_has_a_number_of_its_own(town):
    numbers = []
    for _ in range(7):
        town.system.step()
        numbers.append(town.system.term_index)
    assert numbers == list(range(numbers[0], numbers[0] + 7))


def test_settling_years_come_before_year_one():
    session = Session(plan(settling_years=2))
    assert session.year == -2
    assert session.step(3).year == -1


def test_a_dated_change_holds_in_its_years_only(settled):
    change = {"path": "league_tables.published", "value": False, "from": 2, "until": 2}
    town = settled.fork(plan(changes=[change]))
    printed = []
    for year in (1, 2, 3):
        town.run_to(year)
        printed.append(town.system.levers["league_tables.published"])
    assert printed == [True, False, True]


def test_the_regime_does_not_rule_the_settling_years(settled):
    town = settled.fork(plan(regime="neighbourhood-allocation"))
    assert town.system.levers["admissions.allocation"] == "preference"
    town.step()
    assert town.system.levers["admissions.allocation"] == "neighbourhood"


def test_a_parameter_of_the_plan_wins_over_one_drawn():
    drawn = {"choice.result_weight": 0.5, "choice.peer_weight": 0.3}
    session = Session(plan(parameters={"choice.result_weight": 0.6}), drawn=drawn)
    values = session.system.values["choice"]
    assert (values["result_weight"], values["peer_weight"]) == (0.6, 0.3)


@pytest.mark.parametrize("mechanism", ["M01", "M11"])
def test_a_structure_switched_off_has_no_variance(mechanism):
    values = Session(plan(mechanisms={mechanism: False})).system.values
    names = {"M01": ("cohorts", "ses_entry"), "M11": ("teaching", "teacher_sd")}[mechanism]
    found = values[names[0]][names[1]]
    assert found in (0.0, [0.0, 0.0])


def test_flows_are_counted_by_the_year(town):
    town.step(3)
    first = town.system.flows["finished"]
    town.step(3)
    assert town.system.flows["finished"] == pytest.approx(first, rel=0.3)


def test_effects_of_groups_are_centred_on_the_nations_shares_not_the_towns(town):
    assert town.system.national["secondary"]["fsm6"] == town.system.place.facts["national"]["secondary"]["fsm6"]
    assert town.system.national["primary"]["in_care"] == town.system.values["population"]["in_care_share"]
