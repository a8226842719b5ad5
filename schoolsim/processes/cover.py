"""What a class loses that has no teacher of its own, or one trained for another subject (M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def cover(
    system: SchoolSystem, draws: Draws, *, cover_loss: float, outside_loss: float, usual_cover: list[float],
    usual_outside: list[float],
) -> Flows:  # fmt: skip
    """Somebody stands before every class, but not always somebody who knows the subject, or who stays.

    What happens: The classes of a vacant post are covered, by whoever is free and by people from an agency, and gain
        less; classes of a teacher trained for another subject gain somewhat less. What is usual in the nation, subject
        by subject, counts as nothing.
    Evidence: E331, E336, E337, P29; sizes are assumptions.
    Leaves out: what cover costs, and the colleagues who give their free periods for it.
    """
    classes, teachers = system.classes, system.teachers
    taught = classes.teacher >= 0
    outside = taught.copy()
    outside[taught] = ~teachers.specialist[classes.teacher[taught]]
    field = classes.subject + 1
    usual = cover_loss * np.asarray(usual_cover) + outside_loss * np.asarray(usual_outside)
    classes.cover_effect[:] = usual[field] - cover_loss * ~taught - outside_loss * outside
    return NOTHING
