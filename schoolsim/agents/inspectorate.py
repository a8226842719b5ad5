"""The inspectorate as a Mesa agent: it knows which schools it visits next and which it watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from schoolsim.agents.school import School
from schoolsim.rules.inspection import GRADES, OUTSTANDING

if TYPE_CHECKING:
    from mesa.agent import AgentSet

    from schoolsim.system import SchoolSystem


class Inspectorate(mesa.Agent):
    """Those who inspect the schools of a place."""

    model: SchoolSystem

    @property
    def watched(self) -> AgentSet[School]:
        """Schools in special measures."""
        in_measures = self.model.schools.in_measures
        return self.model.agents_by_type[School].select(lambda school: bool(in_measures[school.row]))

    @property
    def next_due(self) -> School:
        """The school whose next visit is due first."""
        first = int(np.argmin(self.model.schools.visit_due))
        return self.model.agents_by_type[School].select(lambda school: school.row == first).to_list()[0]

    @property
    def grades(self) -> dict[str, int]:
        """How many schools hold each grade."""
        held = self.model.schools.inspection_grade
        return {name: int((held == code).sum()) for code, name in enumerate(GRADES, OUTSTANDING)}

    @property
    def days(self) -> float:
        """Days spent on the schools this school year."""
        return float(self.model.schools.inspector_days.sum())
