"""What teachers can do after so many years, beside the gift they have (M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ALL_SUBJECTS
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def experience(
    system: SchoolSystem, draws: Draws, *, curve_years: list[float], curve: list[float], curve_factor: float,
    usual_gain: list[float],
) -> Flows:  # fmt: skip
    """Teachers of few years give their classes less than they will.

    What happens: Classes gain least with a teacher in the first year, more each year up to the fifth, and hardly
        more after the tenth. The nation's usual mix of years counts as nothing.
    Evidence: E339, P26.
    Leaves out: what makes the years count: watching one another, help for beginners (M16).
    """
    teachers = system.teachers
    usual = np.asarray(usual_gain)[(teachers.subject != ALL_SUBJECTS).astype(int)]
    gained = np.interp(teachers.experience, curve_years, curve)
    teachers.experience_effect[:] = curve_factor * (gained - usual)
    return NOTHING
