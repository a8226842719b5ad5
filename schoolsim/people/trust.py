"""Trust among the staff of a school: the one place where everybody who hangs on it reads it."""

from __future__ import annotations

from typing import Any

import numpy as np


def staff_trust(schools: Any) -> np.ndarray:
    """Trust among the staff of each school [J], 0 to 1: from long ago, what leadership added, less what blame costs."""
    return np.clip(schools.staff_trust + schools.trust_won - schools.trust_lost, 0.0, 1.0)
