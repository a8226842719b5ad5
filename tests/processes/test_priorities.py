"""How much a school has taken on, and what is left of each hour."""

import numpy as np
import pytest

from tests.little import Little

HOURS = [f"professional_learning.{kind}_hours" for kind in ("together", "told", "material")]


def autumn(running=0.0, new=0, given_up=0, training=0, agree=0, off=(), **values):
    """Schools [n] in autumn, in which so much ran before; they meant to train for so many hours of each kind."""
    before = np.atleast_1d(running)
    levers = {"priorities.new_initiatives": new, "priorities.abandoned_share": given_up}
    levers |= {"standard_practice.share": agree} | dict.fromkeys(HOURS, training)
    system = Little(schools={"id": np.arange(len(before)), "initiatives": before}, levers=levers, off=off)
    usual = {"ending": 0.25, "hours_of_initiative": 10, "hours_to_agree": 40, "hours_to_give": 70}
    return system.lives("priorities", **(usual | values)).schools


def test_some_of_what_runs_ends_by_itself_and_some_is_given_up():
    assert autumn(4.0).initiatives == pytest.approx([3.0])
    assert autumn(4.0, given_up=0.5).initiatives == pytest.approx([1.5])


def test_new_things_come_on_top_some_schools_taking_on_more_than_others():
    taken_on = autumn(np.zeros(4000), new=2).initiatives
    assert taken_on.mean() == pytest.approx(2, rel=0.05)
    assert taken_on.min() < 0.1 < 6 < taken_on.max()


def test_who_has_hours_enough_gets_all_of_them():
    assert autumn(4.0, training=10).effective_share == pytest.approx([1.0])  # 30 + 30 of 70 hours


def test_who_has_taken_on_too_much_gets_a_part_of_each():
    assert autumn(8.0, training=10).effective_share == pytest.approx([70 / 90])


def test_agreeing_takes_hours_too():
    assert autumn(4.0, training=10, agree=0.5).effective_share == pytest.approx([70 / 80])


def test_to_give_something_up_leaves_more_for_the_rest():
    assert autumn(12.0, given_up=0.5).effective_share > autumn(12.0).effective_share


def test_switched_off_everything_gets_its_hours():
    schools = autumn(20.0, new=3, off=["M21"])
    assert (schools.initiatives, schools.effective_share) == (0, 1)
