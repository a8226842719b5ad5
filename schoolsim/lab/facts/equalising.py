"""Figures of S39: how much of the gap at 16 is gone when something has been equal through a whole life at school.

Children who enter reception in year 1 sit their examinations in year 12, so nobody of that summer knew it otherwise.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim.lab.facts.arms import under
from schoolsim.lab.facts.pooled import SECONDARY, Figures, Material, gap_at

LIVED_THROUGH = 12
EQUALISED = {
    "schools": "schools-alike", "teachers": "teachers-alike", "schools_and_teachers": "both-alike",
    "early_years": "early-years-alike", "homes": "homes-alike",
}  # fmt: skip
"""What is made equal, and the run in which it is, by the name of the number."""


def gap_removed(material: Material) -> Figures:
    """S39: changes of the gap at 16 as shares of it, and how far homes go beyond the largest of the others."""
    whole = _gap(material["pupils"])
    change = {name: _gap(material[under("pupils", arm)]) / whole - 1.0 for name, arm in EQUALISED.items()}
    others = [value for name, value in change.items() if name != "homes"]
    return {**change, "homes_beyond_others": change["homes"] - min(others), "gap": whole}


def _gap(pupils: pd.DataFrame) -> float:
    gap = gap_at(pupils, SECONDARY, LIVED_THROUGH)
    return gap if gap > 0 else np.nan
