"""The gaps that schools work on, since their heads looked for them (M24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.process import Flows
from schoolsim.processes.leadership import groups_of_targets
from schoolsim.rules import grouping
from schoolsim.rules.leading import ACTION, ANALYSIS
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def targets(
    system: SchoolSystem, draws: Draws, *, attention: float, usual_attention: list[list[float]]
) -> Flows:  # fmt: skip
    """A school that has seen a gap turns to those behind, with time that others then do not get.

    What happens: Where the head's analysis has found a gap, teachers turn to the pupils of that group: who is behind,
        whose work is marked first, who is asked. Those pupils take more part, the others a little less; the school's
        mean stays. A better analysis finds those who need it, and more action brings more of it about. A gap that
        nobody looked for gets nothing.
        attention * (1 + action) * (1 + analysis / 2), for members less their share of the school.
    Evidence: framework for action on awareness, analysis and target groups; sizes are assumptions.
    Leaves out: pupils near a threshold (M40), several gaps at once, what is done in particular.
    """
    pupils, heads, count = system.pupils, system.heads, len(system.heads)
    acts = np.maximum(1.0 + led(system, ACTION), 0.0) * np.maximum(1.0 + 0.5 * led(system, ANALYSIS), 0.0)
    attended = np.zeros(len(pupils), np.float32)
    secondary, national = (pupils.year_group >= FIRST_SECONDARY_YEAR).astype(int), _national(system)
    reached = []
    for code, member in enumerate(groups_of_targets(system)):
        size = np.append(np.where(heads.target == code, attention * acts, 0.0), 0.0).astype(np.float32)
        share = np.nan_to_num(grouping.means(member, pupils.school, count))
        less = np.append(size[:-1] * share, 0.0).astype(np.float32)
        attended += member * size.take(pupils.school, mode="wrap") - less.take(pupils.school, mode="wrap")
        usual = np.asarray(usual_attention, np.float32)[:, code]
        attended -= usual.take(secondary) * (member - national[:, code].take(secondary))
        reached.append(member & (size[:-1] > 0).take(pupils.school, mode="wrap") & (pupils.school >= 0))
    pupils.attention[:] = attended
    return {"worked on": pupils.id[np.any(reached, axis=0)]}


def _national(system: SchoolSystem) -> np.ndarray:
    """Shares of the nation's pupils who are of each group, by phase [2, 3]."""
    rows = [system.national[phase] for phase in ("primary", "secondary")]
    return np.array([[row["fsm6"], row["sen_support"] + row["ehcp"], row["eal"]] for row in rows], np.float32)
