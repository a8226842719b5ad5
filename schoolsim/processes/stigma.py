"""What a published judgement does to how a school is spoken of by those who might come to it (M51)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def stigma(system: SchoolSystem, draws: Draws, *, by_grade: list[float], living_down: float, usual: float) -> Flows:
    """A published grade sticks: failure at once, and for years after; praise as well.

    What happens: Once a report is printed, families, applicants and parents know the grade. Bad news is believed at
        once; a better grade is believed a part of the way each year. Where grades are not published, what was known is
        forgotten at the same pace.
    Evidence: improving urban schools, chapters 1 and 5; E195; sizes are assumptions.
    Leaves out: what papers make of it, rumours where nothing is published, reports that families read in full.
    """
    schools = system.schools
    told = np.asarray([usual, *by_grade])[schools.inspection_grade] - usual
    target = told if system.levers["inspection.published"] else np.zeros(len(schools))
    worse = target > schools.stigma
    schools.stigma[:] += np.where(worse, 1.0, living_down) * (target - schools.stigma)
    return NOTHING
