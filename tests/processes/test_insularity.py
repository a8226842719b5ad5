"""Whether schools keep to themselves."""

import numpy as np
import pytest

from tests.little import Little

SYSTEM = {"inspection.weight_raw": 0, "inspection.weight_value_added": 0, "inspection.weight_breadth": 0}


def sharing(levers=None, **columns):
    system = Little(levers=levers, schools={"id": np.arange(2)} | columns)
    for _ in range(12):
        system.lives("insularity")
    return system.schools.sharing


def test_as_things_stood_in_2019_nothing_changes():
    assert sharing() == pytest.approx(np.ones(2))


def test_pressure_on_schools_judged_alone_turns_them_inwards_and_less_of_it_opens_them():
    assert (sharing({"accountability.pressure": 2}) < 0.9).all()
    assert (sharing({"accountability.pressure": 0.5}) > 1.05).all()
    first, second = sharing(measures_pressure=np.array([0.6, 0.0]))
    assert first < second


def test_judged_together_they_share_whatever_the_pressure():
    found = sharing(SYSTEM | {"inspection.weight_system": 1, "accountability.pressure": 2})
    assert (found > 1.1).all()


def test_reviews_by_peers_open_them():
    assert (sharing({"inspection.review_days": 4}) > 1.1).all()
    assert (sharing({"inspection.review_days": 8}) > sharing({"inspection.review_days": 4})).all()


def test_something_is_always_left():
    assert (sharing({"accountability.pressure": 3}, measures_pressure=np.full(2, 3.0)) >= 0.3 - 1e-6).all()
