"""Who takes part, and what engaged time gives: attendance gates participation, both gate learning (M02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def participation(
    system: SchoolSystem, draws: Draws, *, typical_share: float, trait_sd: float, ses_slope: float,
    missed_slope: float, term_sd: float, growth_per_engaged_year: float,
) -> Flows:  # fmt: skip
    """Pupils take part in the lessons they attend, less so when they have missed many.

    What happens: Engaged time is attendance times participation; what it lies above or below the national norm
        of the age is growth gained or lost. The norm stays where it was at the start.
    Evidence: E302, P15 for what absence costs in all.
    Leaves out: belonging, voice, expectations and needs (M04, M05, M09, M31).
    """
    pupils = system.pupils
    norm = (1.0 - np.asarray(system.values["attendance"]["base_absence"])).take(pupils.year_group, mode="clip")
    person = trait_sd * pupils.participation_trait + ses_slope * pupils.ses
    missed = missed_slope * (pupils.attendance - norm)
    term = term_sd * draws.normal(pupils.id, "term")
    pupils.participation[:] = np.clip(typical_share + person + missed + term, 0.0, 1.0)
    engaged = pupils.attendance * pupils.participation
    pupils.presence_effect[:] = growth_per_engaged_year * (engaged - norm * typical_share)
    return NOTHING
