"""Needs of pupils, packed in bits: which there are, and which of them nobody meets."""

from __future__ import annotations

from typing import Any

import numpy as np

NEEDS = ("health", "housing", "income")
"""Each is one bit of `pupils.needs` and of `pupils.needs_met`, in this order."""
KNOWN = 128
"""Bit of `pupils.needs` that is set once a child's needs have been drawn for the first time."""
ANY = 2 ** len(NEEDS) - 1
BITS = (np.arange(ANY + 1)[:, None] >> np.arange(len(NEEDS))) & 1
"""Which needs each code of unmet needs stands for [8, 3]."""
COUNT = BITS.sum(axis=1).astype(np.float32)
"""How many needs each code stands for [8]."""


def unmet(pupils: Any) -> np.ndarray:
    """Code of the needs of each pupil that nobody meets [n], 0 to 7."""
    return np.asarray(pupils.needs & ~pupils.needs_met & ANY)
