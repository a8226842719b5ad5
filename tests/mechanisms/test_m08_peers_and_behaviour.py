"""M08, a process: disruption spreads, stops where there is no room, and tests of all who sit there show it."""

import numpy as np
import pytest

from schoolsim.rules import grouping
from tests.mechanisms.on_and_off import STILL, at_end, each, gained, settings, sure, worlds

OFF = settings("M08")
SEEDS = tuple(range(1, 17))


def ends(end):
    """Everything that makes disruption cost more at one end; room and calm stay in their ranges' other end."""
    return settings(*STILL, parameters=at_end(end, "behaviour", turned=("calm_per_hour", "settling_pace")))


CORNERS = {"modes": settings(*STILL), "all low": ends(0), "all high": ends(1)}
CALM = settings("M08", *STILL)


def beside_calm(measure, asked):
    """A measure of every world [seeds] beside the same pupils in calm classes."""
    pairs = zip(worlds(asked, seeds=SEEDS), worlds(CALM, seeds=SEEDS), strict=True)
    return np.array([measure(*pair) for pair in pairs])


def cost_to_bystanders(on, off):
    """Months that pupils of years 2 to 6 stand lower for a class of those likely to disrupt, who do not themselves."""
    system, pupils = on.system, on.system.pupils
    form, likely = pupils.class_group[:, 0], pupils.disruption_trait > 1.2
    around = grouping.means(likely.astype(float), form, len(system.classes))
    rows = (pupils.year_group >= 2) & (pupils.year_group <= 6) & ~likely & (form >= 0)
    return np.polyfit(around[form[rows]], gained(on, off)[rows], 1)[0]


def cost_to_the_poor(on, off):
    """Months that disadvantaged pupils of secondary age lose more than others."""
    pupils, lost = on.system.pupils, -gained(on, off)
    old = pupils.year_group > 6
    return lost[old & pupils.fsm6].mean() - lost[old & ~pupils.fsm6].mean()


@pytest.mark.parametrize("corner", CORNERS)
def test_who_sits_with_disruptive_pupils_learns_less(corner):
    assert sure(beside_calm(cost_to_bystanders, CORNERS[corner])) < -2


@pytest.mark.parametrize("corner", CORNERS)
def test_it_costs_the_poor_more(corner):
    assert sure(beside_calm(cost_to_the_poor, CORNERS[corner])) > 2


def test_it_costs_them_more_at_the_high_end_than_at_the_low():
    low, high = (beside_calm(cost_to_the_poor, CORNERS[f"all {end}"]) for end in ("low", "high"))
    assert sure(high - low) > 2


def test_calmer_schools_learn_more():
    def mean(session):
        return session.system.pupils.attainment[:, :3].mean()

    calm = settings(levers={"behaviour.common_hours": 60})
    assert sure(each(mean, calm, years=3) - each(mean, years=3)) > 2


def test_without_it_nobody_disrupts_and_no_class_loses():
    for session in worlds(OFF):
        assert not session.system.pupils.disruptive.any()
        assert (session.system.classes.behaviour_effect == 0).all()
        assert (session.system.pupils.engagement_lost == 0).all()
