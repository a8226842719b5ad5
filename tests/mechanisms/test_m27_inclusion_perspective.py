"""M27, a process: schools that mean different things by inclusion reach pupils in different ways."""

import numpy as np
import pytest

from tests.mechanisms.heads import by_school, pairs
from tests.mechanisms.on_and_off import at_end, sure

BARRIERS, CAPACITIES = 1, 2


def slope(on, off, view, column):
    """How much more a column is moved by it, for schools wholly of a view over others."""
    moved = by_school(on.system, on.system.pupils.get(column)) - by_school(off.system, off.system.pupils.get(column))
    return np.polyfit(on.system.schools.view_held[:, view], moved, 1)[0]


def found(view, column, **more):
    return np.array([slope(*pair, view, column) for pair in pairs("M27", **more)])


def test_pupils_come_to_school_more_where_barriers_are_taken_away():
    assert sure(found(BARRIERS, "attendance_year")) > 2


def test_risks_weigh_less_where_capacities_of_every_kind_count():
    assert sure(found(CAPACITIES, "risk_weight")) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_both_hold_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "inclusion") | {
        path: value for path, value in at_end(end, "barriers", "resilience").items() if path.endswith("_view")
    }
    assert sure(found(BARRIERS, "attendance_year", parameters=ends)) > 2
    assert sure(found(CAPACITIES, "risk_weight", parameters=ends)) < -2


def test_posts_make_what_was_begun_last():
    on = pairs("M27")[0][0].system
    lasting = on.elapsed - on.heads.joined > 6
    assert on.schools.inclusion_posts[lasting].mean() > on.schools.inclusion_posts[~lasting].mean()


def test_without_it_all_schools_are_alike_in_it():
    for _, off in pairs("M27"):
        assert np.ptp(off.system.schools.view_held) == 0
        assert (off.system.schools.inclusion_posts == 0).all()
