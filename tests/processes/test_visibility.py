"""Leaders in the corridors."""

import numpy as np
import pytest

from tests.little import Little


def calm(corridors):
    system = Little(schools={"id": [0]}, heads={"id": [1], "corridors": [corridors]})
    return float(system.lives("visibility", calm_by_time=2.0, usual_corridors=0.1).schools.corridor_calm[0])


def test_more_time_than_usual_calms_and_less_does_not():
    assert (calm(0.1), calm(0.3), calm(0.0)) == pytest.approx((0.0, 0.4, -0.2))


def test_a_calm_school_has_less_room_for_disruption_in_the_same_term():
    def disrupting(corridor_calm):
        pupils = {"id": np.arange(300), "school": [0] * 300, "year_group": [3] * 300, "disruption_trait": [3.0] * 300,
                  "class_group": np.repeat(np.arange(10), 30)[:, None] + np.zeros(8)}  # fmt: skip
        classes = {"id": np.arange(10), "school": [0] * 10, "year_group": [3] * 10, "pupil_count": [30] * 10}
        system = Little(pupils=pupils, classes=classes, schools={"id": [0], "corridor_calm": [corridor_calm]})
        return system.lives("behaviour").pupils.disruptive.sum()

    assert disrupting(0.7) < disrupting(0.0)
