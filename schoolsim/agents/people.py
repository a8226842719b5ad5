"""One pupil or teacher as an object, for whoever wants to look at a person: a window, never a second copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.agents.school import School
from schoolsim.table import One, Rows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


class Person(One):
    """A row of a table of people together with the system it lives in; columns are attributes."""

    def __init__(self, system: SchoolSystem, one: One) -> None:
        super().__init__(one.table, one.row)
        self.system = system

    @property
    def of_school(self) -> School | None:
        """The school attended or worked in, as an agent; None while there is none."""
        row = int(self.school)
        if row < 0:
            return None
        return self.system.agents_by_type[School].select(lambda school: school.row == row).to_list()[0]


class Pupil(Person):
    """One pupil of a running system, by id.

    Raises:
        KeyError: nobody on roll has the id.
    """

    def __init__(self, system: SchoolSystem, id: int) -> None:
        super().__init__(system, system.pupils.one(id))

    @property
    def classes(self) -> Rows:
        """The classes sat in, one a subject; the same one for all in primary years."""
        return self.system.classes.select(np.unique(self.class_group[self.class_group >= 0]))

    @property
    def teachers(self) -> Rows:
        """Who teaches these."""
        known = self.classes.get("teacher")
        return self.system.teachers.select(np.unique(known[known >= 0]))

    @property
    def classmates(self) -> Rows:
        """The others who sit in the first of these classes."""
        seats = self.table.get("class_group")[:, 0]
        same = np.flatnonzero((seats == self.class_group[0]) & (seats >= 0))
        return self.table.select(same[same != self.row])


class Teacher(Person):
    """One teacher of a running system, by id.

    Raises:
        KeyError: nobody in post has the id.
    """

    def __init__(self, system: SchoolSystem, id: int) -> None:
        super().__init__(system, system.teachers.one(id))

    @property
    def classes(self) -> Rows:
        """The classes taught."""
        return self.system.classes.select(self.system.classes.teacher == self.row)

    @property
    def pupils(self) -> Rows:
        """Who sits in them."""
        mine = np.isin(self.system.pupils.class_group, self.classes.index).any(axis=1)
        return self.system.pupils.select(mine)
