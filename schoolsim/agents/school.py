"""A school as a Mesa agent: a window on its row of the schools table and on its pupils."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from schoolsim.table import Rows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


class School(mesa.Agent):
    """One school.

    Attributes:
        row: its row in `system.schools`.
        label: the neutral name by which outputs call it.
    """

    model: SchoolSystem

    def __init__(self, model: SchoolSystem, row: int, label: str) -> None:
        super().__init__(model)
        self.row, self.label = row, label

    def see(self, column: str) -> np.generic | np.ndarray:
        """What the table of schools holds of it: `school.see("published_result")`."""
        return self.model.schools.get(column)[self.row]

    @property
    def pupils(self) -> Rows:
        """Its pupils, with the words of an AgentSet."""
        return self.model.pupils.select(self.model.pupils.school == self.row)

    @property
    def teachers(self) -> Rows:
        """Its teachers, with the words of an AgentSet."""
        return self.model.teachers.select(self.model.teachers.school == self.row)

    @property
    def roll(self) -> int:
        """Pupils on roll."""
        return len(self.pupils)

    @property
    def free_places(self) -> int:
        """Places in the year groups it teaches that nobody takes."""
        return int(np.sum(self.see("places"))) - self.roll
