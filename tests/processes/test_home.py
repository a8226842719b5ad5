"""What home and needs add to growth, centred on the nation."""

import numpy as np
import pytest

from schoolsim.people.population import ETHNICITIES
from tests.little import Little

NEUTRAL = {"ses_flow": [0, 0], "disadvantage_flow": [0, 0], "support_flow": 0, "plan_flow": 0, "care_flow": 0,
           "eal_flow": 0, "ethnicity_flow": {}}  # fmt: skip


def growth(values, **pupils):
    usual = {"year_group": [7] * len(pupils["id"])}
    return Little(pupils=usual | pupils).lives("home", **(NEUTRAL | values)).pupils.home_effect


@pytest.mark.parametrize(
    ("flow", "column", "level"),
    [("support_flow", "sen", 1), ("plan_flow", "sen", 2), ("care_flow", "in_care", 1), ("eal_flow", "eal", 1)],
)
def test_each_group_has_its_flow_and_no_others(flow, column, level):
    effect = growth({flow: -0.05}, id=[1, 2], **{column: [level, 0]})
    assert effect[0] - effect[1] == pytest.approx(-0.05, rel=1e-4)


def test_an_ethnic_group_has_its_flow_beside_all_others():
    indian, caribbean = ETHNICITIES.index("indian"), ETHNICITIES.index("black_caribbean")
    effect = growth({"ethnicity_flow": {"indian": 0.02}}, id=[1, 2, 3], ethnicity=[indian, 0, caribbean])
    assert effect[0] - effect[1] == pytest.approx(0.02, rel=1e-4)
    assert effect[1] == effect[2] < 0


def test_needs_cost_so_many_times_what_they_cost():
    values = {"plan_flow": -0.05, "support_flow": -0.02, "needs_weight": 2.0}
    effect = growth(values, id=[1, 2, 3], sen=[2, 1, 0])
    assert effect - effect[2] == pytest.approx([-0.10, -0.04, 0], rel=1e-4)


def test_flows_of_a_pupil_in_two_groups_add_up():
    effect = growth({"plan_flow": -0.05, "care_flow": -0.03}, id=[1, 2], sen=[2, 0], in_care=[True, False])
    assert effect[0] - effect[1] == pytest.approx(-0.08, rel=1e-4)


def test_support_and_plan_are_different_flows():
    effect = growth({"plan_flow": -0.05}, id=[1, 2], sen=[1, 0])
    assert effect[0] == effect[1]


def test_poverty_has_a_flow_of_its_own_in_each_phase():
    values = {"ses_flow": [0.001, 0.02], "disadvantage_flow": [-0.003, -0.01]}
    effect = growth(values, id=[1, 2, 3, 4], year_group=[3, 3, 9, 9], ses=[-1, 0, -1, 0], fsm6=[1, 0, 1, 0])
    assert effect[0] - effect[1] == pytest.approx(-0.004, rel=1e-4)
    assert effect[2] - effect[3] == pytest.approx(-0.03, rel=1e-4)


def test_strength_moves_poverty_and_nothing_else():
    values = {"ses_flow": [0, 0.02], "plan_flow": -0.05, "home_strength": 0.0}
    effect = growth(values, id=[1, 2, 3], ses=[2, 0, 0], sen=[0, 0, 2])
    assert effect[0] == effect[1]
    assert effect[2] - effect[1] == pytest.approx(-0.05, rel=1e-4)


def ethnic_groups_of_the_nation(count):
    """Index of ethnicity [n], every group with its national share."""
    shares = np.array([Little().national["all"]["ethnicity"][name] for name in ETHNICITIES])
    return np.searchsorted(np.cumsum(shares) / shares.sum(), (np.arange(count) + 0.5) / count)


@pytest.mark.parametrize(("phase", "year"), [("primary", 3), ("secondary", 9)])
def test_a_country_made_up_as_the_nation_does_not_move(phase, year):
    count = 10_000
    share = Little().national[phase]
    system = {
        "id": np.arange(count), "year_group": [year] * count, "fsm6": np.arange(count) < count * share["fsm6"],
        "eal": np.arange(count) < count * share["eal"], "in_care": np.arange(count) < count * share["in_care"],
        "ethnicity": ethnic_groups_of_the_nation(count),
        "sen": np.repeat([1, 2, 0], np.diff(np.rint(np.cumsum([0, share["sen_support"], share["ehcp"], 1]) * count
                                                     ).clip(max=count).astype(int))),
    }  # fmt: skip
    assert Little(pupils=system).lives("home").pupils.home_effect.mean() == pytest.approx(0, abs=2e-5)
