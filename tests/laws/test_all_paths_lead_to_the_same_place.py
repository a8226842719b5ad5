"""Fork then act = plan from the start; save, load, go on = straight run; forks leave one another alone."""

import pandas as pd
import pytest

from schoolsim.session import Session
from tests.little import plan

OPENED = {"admissions.allocation": "neighbourhood", "league_tables.published": False}


def same(one, other):
    """Metrics and schools equal to the last bit."""
    for name in ("metrics", "schools"):
        left, right = getattr(one.observe(), name), getattr(other.observe(), name)
        pd.testing.assert_frame_equal(left, right, check_exact=True, check_categorical=False)
    return True


def different(one, other):
    return not one.observe().metrics["value"].equals(other.observe().metrics["value"])


def test_to_fork_and_act_is_to_have_planned_it(settled):
    acted = settled.fork()
    for path, value in OPENED.items():
        acted.act(path, value)
    planned = Session(plan(levers=OPENED))
    assert same(acted.run(), planned.run())
    assert different(acted, settled.fork().run())


def test_to_act_later_is_to_have_planned_it_for_later(settled):
    acted = settled.fork().run_to(1).act("league_tables.published", False).run()
    change = {"path": "league_tables.published", "value": False, "from": 2}
    assert same(acted, Session(plan(changes=[change])).run())


def test_to_act_on_a_parameter_is_to_have_planned_it(settled):
    acted = settled.fork().act("choice.result_weight", 0.8).run()
    change = {"path": "choice.result_weight", "value": 0.8, "from": 1}
    assert same(acted, Session(plan(changes=[change])).run())
    assert different(acted, settled.fork().run())


def test_to_fork_under_a_plan_is_to_have_followed_it_from_the_start(settled):
    other = plan(regime="neighbourhood-allocation")
    assert same(settled.fork(other).run(), Session(other).run())


@pytest.mark.parametrize("terms", [0, 1, 5])
def test_to_save_load_and_go_on_is_to_have_gone_straight_on(world, tmp_path, terms):
    session = world.fork().step(terms)
    loaded = Session.load(session.save(tmp_path / "town.npz"))
    assert same(loaded.run(), session.run())


def test_to_save_before_the_town_has_settled_changes_nothing(tmp_path):
    session = Session(plan(years=1)).step(2)
    loaded = Session.load(session.save(tmp_path / "town.npz"))
    assert same(loaded.run(), session.run())


def test_to_save_twice_on_the_way_changes_nothing(world, tmp_path):
    session = world.fork()
    for terms in (2, 4):
        session = Session.load(session.step(terms).save(tmp_path / "town.npz"))
    assert same(session.run(), world.fork().run())


def test_two_forks_of_one_session_do_not_touch_one_another(settled):
    one, other = settled.fork(plan(regime="neighbourhood-allocation")), settled.fork()
    for _ in range(9):
        one.step()
        other.step()
    assert same(one, settled.fork(plan(regime="neighbourhood-allocation")).run())
    assert same(other, settled.fork().run())


def test_a_fork_knows_what_the_original_saw_and_not_what_it_sees_later(settled):
    session = settled.fork().run_to(1)
    twin = session.fork()
    session.run_to(2)
    assert set(twin.observe().metrics["year"]) == {0, 1}
    assert same(twin.run(), session.run())


def test_to_run_in_steps_is_to_run_at_once(world):
    stepped, at_once = world.fork(), world.fork().run()
    for _ in range(3 * (at_once.year - stepped.year)):
        stepped.step()
    assert same(stepped, at_once)
