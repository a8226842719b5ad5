"""How well head and community fit one another (M28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.rules import grouping

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

FURTHEST = 2.0


def contextual_fit(
    system: SchoolSystem, draws: Draws, *, usual_mismatch: float, spread: float, learning_years: float,
    learnt: float, usual_learnt: float,
) -> Flows:  # fmt: skip
    """Heads find their way to families sooner when these are people among whom they feel at home.

    What happens: The further the position of the school's families lies from those among whom the head feels at home,
        the worse the fit; years in the post mend part of it. Where the fit is better, what the head does for
        partnership (association, alignment, area focus) takes hold faster.
        fit = (usual_mismatch - |background - families| ) / spread + learnt * (1 - exp(-years / learning_years)).
    Evidence: leading for social inclusion 3.2.6; no size is known.
    Leaves out: faith, language and ethnic group, what a community holds against a school (M73), choosing a school.
    """
    heads, pupils = system.heads, system.pupils
    families = grouping.means(pupils.ses, pupils.school, len(heads))
    apart = np.abs(heads.background - families)
    years = np.maximum(system.elapsed - heads.joined, 0)
    known = learnt * (1.0 - np.exp(-years / learning_years)) - usual_learnt
    fit = (usual_mismatch - np.nan_to_num(apart, nan=usual_mismatch)) / spread + known
    heads.fit[:] = np.clip(fit, -FURTHEST, FURTHEST)
    return NOTHING
