"""A headteacher as a Mesa agent: a window on the row of whoever leads a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from schoolsim.agents.school import School
from schoolsim.rules.leading import ACTIVITIES, VIEWS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


class Headteacher(mesa.Agent):
    """The headship of one school; who holds it changes, and `see("id")` with it.

    Attributes:
        school: the school led.
    """

    model: SchoolSystem

    def __init__(self, model: SchoolSystem, school: School) -> None:
        super().__init__(model)
        self.school = school

    def see(self, column: str) -> np.generic | np.ndarray:
        """What the table of heads holds of whoever leads the school: `head.see("style")`."""
        return self.model.heads.get(column)[self.school.row]

    @property
    def energy(self) -> dict[str, float]:
        """Share of time for each of the nine activities."""
        return dict(zip(ACTIVITIES, np.asarray(self.see("energy_on"), float).tolist(), strict=True))

    @property
    def view(self) -> str:
        """What inclusion means to the head."""
        return VIEWS[int(self.see("view"))]

    @property
    def years_here(self) -> int:
        """School years in this post."""
        return self.model.elapsed - int(self.see("joined"))
