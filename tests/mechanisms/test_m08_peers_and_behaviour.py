"""M08, a process: disruption spreads, stops where there is no room, and tests of all who sit there show it."""

import numpy as np
import pytest

from schoolsim.rules import grouping
from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure, worlds

OFF = settings("M08")
SEEDS = tuple(range(1, 9))


def ends(end):
    """Everything that makes disruption cost more at one end; room and calm stay in their ranges' other end."""
    return settings(parameters=at_end(end, "behaviour", turned=("calm_per_hour", "settling_pace")))


def gap(session):
    """The gap of disadvantaged pupils, mean of 11, 14 and 16: learning, and so two processes downstream."""
    return np.mean([outcome(session, "gap_sd", group="fsm6", stage=stage, basis="measured") for stage in (11, 14, 16)])


def cost_to_bystanders(session):
    """How much lower pupils of years 2 to 6 stand, in months a unit of share, for those in their class likely to
    disrupt: pupils who do not disrupt themselves, given their own position."""
    system, pupils = session.system, session.system.pupils
    form, likely = pupils.class_group[:, 0], pupils.disruption_trait > 1.2
    around = grouping.means(likely.astype(float), form, len(system.classes))
    rows = (pupils.year_group >= 2) & (pupils.year_group <= 6) & ~likely & (form >= 0)
    table = np.stack([np.ones(rows.sum()), around[form[rows]], pupils.ses[rows], pupils.fsm6[rows]], axis=1)
    return np.linalg.lstsq(table, pupils.attainment[rows, :3].mean(axis=1), rcond=None)[0][1]


def test_who_sits_with_disruptive_pupils_learns_less():
    difference = each(cost_to_bystanders, seeds=SEEDS) - each(cost_to_bystanders, OFF, seeds=SEEDS)
    assert difference.mean() < 0
    assert sure(difference) < -2


@pytest.mark.parametrize("end", [None, 0, 1], ids=["modes", "all low", "all high"])
def test_it_costs_the_poor_more(end):
    asked = settings() if end is None else ends(end)
    assert sure(each(gap, asked, seeds=SEEDS) - each(gap, OFF, seeds=SEEDS)) > 2


def test_it_costs_them_more_at_the_high_end_than_at_the_low():
    assert sure(each(gap, ends(1), seeds=SEEDS) - each(gap, ends(0), seeds=SEEDS)) > 2


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
