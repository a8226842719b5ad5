"""Whether anything comes of what pupils say (M31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def pupil_voice(
    system: SchoolSystem, draws: Draws, *, token_below: float, usual_heard: float, growth: float
) -> Flows:
    """Pupils who see that something is done about what they say take more part; being asked alone does nothing.

    What happens: A head means to act on some share of what pupils are asked. Up to a point it is token: councils that
        meet and change nothing. Above it pupils learn over some years that they are heard, and take more part.
        heard = max(voice - token_below, 0) / (1 - token_below).
    Evidence: leading for social inclusion 3.2.3, U5; no size is known.
    Leaves out: who of the pupils is heard, what they ask for, trust lost by asking in vain.
    """
    heard = np.maximum(system.heads.voice - token_below, 0.0) / (1.0 - token_below) - usual_heard
    system.schools.pupil_voice[:] += growth * (heard - system.schools.pupil_voice)
    return NOTHING
