"""Whether staff believe that anything can change."""

import numpy as np
import pytest

from tests.little import Little

STILL = {"keeps": 1.0, "own_sd": 0.0, "line": -1.5, "stuck_share": 0.1, "win_chance": 0.0}


def school(belief=0.0, moving=1.0, morale=0.0, acceptance=1 / 9, count=1, **values):
    energy = np.full((count, 9), 1 / 9)
    energy[:, 1] = acceptance
    system = Little(
        schools={"id": np.arange(count), "phase": [1] * count, "staff_belief": [belief] * count,
                 "moving": [moving] * count},
        teachers={"id": np.arange(count), "school": np.arange(count), "morale": [morale] * count},
        heads={"id": np.arange(count) + 1, "energy_on": energy},
    )  # fmt: skip
    return system.lives("staff_belief", **(STILL | values)).schools


def test_staff_who_have_lost_heart_come_to_expect_nothing():
    assert school(morale=-2.0, keeps=0.5, by_morale=1.0).staff_belief == pytest.approx([-1.0])


def test_below_a_line_nothing_moves():
    assert school(belief=-1.4).moving == [1.0]
    assert school(belief=-1.6).moving == pytest.approx([0.1])


def test_helplessness_lasts_until_belief_is_well_above_the_line():
    assert school(belief=-1.2, moving=0.1).moving == pytest.approx([0.1])
    assert school(belief=-0.9, moving=0.1).moving == [1.0]


def test_a_first_win_lifts_belief_and_gets_things_moving_and_is_likelier_for_who_works_on_it():
    schools = (school(-3.0, 0.1, acceptance=energy, count=2000, win_chance=0.2) for energy in (0.1, 0.3))
    won = [(one.moving == 1).mean() for one in schools]
    assert won == pytest.approx([0.18, 0.54], abs=0.04)
    assert school(-3.0, 0.1, win_chance=9.0, win_lift=0.8, count=200).staff_belief.max() == -1.0
