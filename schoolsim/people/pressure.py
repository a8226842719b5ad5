"""How hard each school is held to account: the one place where everybody who acts on pressure reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def pressure(system: SchoolSystem) -> np.ndarray:
    """Pressure on each school [J], in that of 2019: the nation's, as the lever sets it, by what threatens the school.

    A visit that is near and a category add to it; visits that are far off take from it, so that 2019's mean is 1.
    """
    schools, nation = system.schools, float(system.levers["accountability.pressure"])
    return np.asarray(nation * np.maximum(1.0 + schools.visit_pressure + schools.measures_pressure, 0.0))
