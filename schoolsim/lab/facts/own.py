"""Which schools of a place are looked at for the facts."""

from __future__ import annotations

import numpy as np
import pandas as pd


def own_schools(frame: pd.DataFrame) -> np.ndarray:
    """Which schools [j] are the authority's own."""
    return ~frame["in_halo"].to_numpy(bool) if "in_halo" in frame else np.ones(len(frame), bool)
