"""How hard each school is held to account: the one place where everybody who acts on pressure reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def pressure(system: SchoolSystem) -> np.ndarray:
    """Pressure on each school [J], in that of 2019: the nation's, as the lever sets it."""
    return np.full(len(system.schools), float(system.levers["accountability.pressure"]))
