"""Whose gap a school works on, and who pays for it."""

import numpy as np
import pytest

from tests.little import Little

NONE_USUAL = {"attention": 0.02, "usual_attention": [[0.0] * 3] * 2}


def school(target, poor=(True, False, False, False), action=0.0, **values):
    count, built = len(poor), np.zeros((1, 9))
    built[0, 4] = action
    system = Little(
        pupils={"id": np.arange(count), "school": [0] * count, "fsm6": poor, "year_group": [8] * count},
        schools={"id": [0], "phase": [1], "built": built}, heads={"id": [1], "target": [target]},
    )  # fmt: skip
    return system.lives("targets", **(NONE_USUAL | values))


def test_members_gain_what_the_others_lose():
    found = school(0).pupils.attention
    assert found == pytest.approx([0.015, -0.005, -0.005, -0.005])
    assert school(0).flows["worked on"] == 1


def test_without_a_target_nobody_gains():
    assert school(-1).pupils.attention == pytest.approx([0.0] * 4)


def test_more_action_brings_more():
    assert school(0, action=1.0).pupils.attention[0] == pytest.approx(0.03)


def test_what_is_usual_in_the_nation_counts_as_nothing():
    system = school(-1, usual_attention=[[0.0] * 3, [0.004, 0.0, 0.0]])
    assert system.pupils.attention[0] - system.pupils.attention[1] == pytest.approx(-0.004)


def test_whoever_is_worked_on_takes_more_part():
    def part(attention):
        pupils = {"id": [1], "school": [0], "year_group": [8], "attendance": [0.95], "attention": [attention]}
        return float(Little(pupils=pupils, schools={"id": [0]}).lives("participation").pupils.participation[0])

    assert part(0.02) - part(0.0) == pytest.approx(0.02, abs=1e-6)
