"""M28, a process: work with families bears fruit sooner where head and community fit."""

import numpy as np
import pytest

from schoolsim.rules.leading import ALIGNMENT, AREA_FOCUS, ASSOCIATION
from tests.mechanisms.heads import by_school, only, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

PARTNERS = other(slice(None), energy=only(ASSOCIATION, ALIGNMENT, AREA_FOCUS))
MORE_WORK = {"parental_engagement.hours": 6}


def slope(on, off, column):
    """How much more a column of pupils is moved by it for one SD of fit."""
    moved = by_school(on.system, on.system.pupils.get(column)) - by_school(off.system, off.system.pupils.get(column))
    return np.polyfit(on.system.heads.fit, moved, 1)[0]


def found(column="home_distance", **more):
    more = {"levers": MORE_WORK, "years": 2} | more
    return np.array([slope(*pair, column) for pair in pairs("M28", PARTNERS, **more)])


def test_home_and_school_come_nearer_where_head_and_community_fit():
    assert sure(found()) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    speed = {path: value for path, value in at_end(end, "embedding").items() if path.endswith("fit_speed")}
    assert sure(found(parameters=at_end(end, "contextual_fit", turned=("spread",)) | speed)) < -2


def test_trust_grows_sooner_there_too():
    def slope_of_trust(on, off):
        return np.polyfit(on.system.heads.fit, on.system.schools.trust_won - off.system.schools.trust_won, 1)[0]

    assert sure(np.array([slope_of_trust(*pair) for pair in pairs("M28", PARTNERS, years=2)])) > 2


def test_fit_is_nought_in_the_nation():
    assert abs(np.mean([on.system.heads.fit.mean() for on, _ in pairs("M28")])) < 0.35
