"""What has come of a head's work: the one place where everybody who hangs on leadership reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def led(system: SchoolSystem, activity: int) -> np.ndarray:
    """What each school has of an activity above the usual [J], as a share of the usual.

    Part of it hangs on the head, the rest is built into people and structures.
    """
    if not len(system.heads):
        return np.zeros(len(system.schools))
    return np.asarray(system.heads.carried[:, activity] + system.schools.built[:, activity])


def removed_heads(system: SchoolSystem) -> np.ndarray:
    """Schools whose head somebody else has sent away since last autumn [J]."""
    return np.asarray(system.schools.head_removed >= system.elapsed - 1.0)
