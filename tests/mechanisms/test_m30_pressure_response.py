"""M30, a process: heads who are pressed lead by decree, bend the school to results and stop listening to pupils."""

import numpy as np
import pytest

from tests.mechanisms.heads import end_of, pairs
from tests.mechanisms.on_and_off import sure

HARD = {"accountability.pressure": 2.5}
OWN = tuple(f"leadership.{name}_by_pressure" for name in ("directive", "results", "token"))


def moved(measure, **more):
    """What the mechanism moves under hard pressure [seeds]."""
    found = pairs("M30", levers=HARD, **more)
    return np.array([measure(on.system) - measure(off.system) for on, off in found])


def takes_part(system):
    return system.pupils.participation.mean()


def directs_itself(system):
    return system.pupils.self_direction.mean()


def staff_lead(system):
    return system.schools.staff_capacity.mean()


@pytest.mark.parametrize("measure", [takes_part, directs_itself, staff_lead])
def test_under_pressure_pupils_take_less_part_direct_themselves_less_and_staff_wait(measure):
    assert sure(moved(measure)) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
@pytest.mark.parametrize("measure", [takes_part, directs_itself, staff_lead])
def test_they_do_so_at_both_ends_of_its_parameters(measure, end):
    assert sure(moved(measure, parameters=end_of(end, *OWN))) < -2


def test_at_the_pressure_of_2019_the_nation_stays_where_it_is():
    found = pairs("M30")
    assert abs(np.mean([takes_part(on.system) - takes_part(off.system) for on, off in found])) < 0.0005


def test_schools_of_low_standing_feel_more_of_it():
    for on, _ in pairs("M30"):
        assert np.corrcoef(on.system.heads.narrowing, on.system.schools.reputation)[0, 1] < -0.5
