"""M22, a process: what heads give their energy to reaches pupils by many ways, each activity by its own."""

import numpy as np
import pytest

from schoolsim.rules.leading import ACTIVITIES
from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.heads import learnt, only, other, pairs
from tests.mechanisms.on_and_off import at_end, sure


def more_where_well_led(on, off):
    """Months that pupils know more with heads than without for each unit of what their school has of leadership."""
    led = (on.system.heads.carried + on.system.schools.built).mean(axis=1)
    return np.polyfit(led, learnt(on, off), 1)[0]


def test_pupils_of_schools_that_are_well_led_know_more():
    found = np.array([more_where_well_led(*pair) for pair in pairs("M22")])
    assert sure(found) > 2
    assert 0.2 < found.mean() < 3


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    found = pairs("M22", parameters=at_end(end, "leadership", turned=("complementarity", "first_years_loss")))
    assert sure(np.array([more_where_well_led(*pair) for pair in found])) > 2


def test_the_nation_stays_where_it_is():
    found = [learnt(*pair).mean() for pair in pairs("M22")]
    assert abs(np.mean(found)) < 0.3


def town(*activities):
    """The invented town after three years of heads who do nothing but these activities."""
    world = Session(plan(years=3, settling_years=0, parameters={"leadership.complementarity": 0.2}), seed=1)
    return world.decide(other(slice(None), energy=only(*activities), corridors=0.1, target=0)).run().system


def shows(system):
    """What each activity is to move, by its name; more is more of it."""
    pupils, schools, teachers = system.pupils, system.schools, system.teachers
    return {
        "acceptance": -np.nanmean(teachers.deficit_belief), "advocacy": teachers.morale.mean(),
        "action": -schools.initiatives.mean(), "application": -pupils.disruptive.mean(),
        "association": schools.carried_together.mean(), "alignment": -pupils.home_distance.mean(),
        "area_focus": (pupils.needs_met > 0).mean(),
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ACTIVITIES if name not in ("awareness", "analysis")])
def test_each_activity_has_an_effect_of_its_own(name):
    others = [code for code, activity in enumerate(ACTIVITIES) if activity != name]
    assert shows(town(ACTIVITIES.index(name)))[name] > shows(town(*others))[name]


def test_heads_who_are_aware_and_analyse_find_gaps_to_work_on():
    def without_target(*activities):
        world = Session(plan(place="toytown:6x30", years=3, settling_years=0), seed=1)
        world.decide(other(slice(None), energy=only(*activities))).run()
        return (world.system.heads.target < 0).mean()

    assert without_target(0, 3) < min(without_target(1, 3), without_target(0, 1))


def test_without_it_no_head_moves_anything():
    for _, off in pairs("M22"):
        heads, schools = off.system.heads, off.system.schools
        assert (heads.energy_on == 0).all() and (heads.carried == 0).all() and (schools.built == 0).all()
        assert (schools.upheaval_cost == 0).all() and (off.system.pupils.attention == 0).all()
