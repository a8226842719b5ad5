"""A local authority as a Mesa agent: it knows its schools and coordinates admissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from schoolsim.agents.school import School

if TYPE_CHECKING:
    from mesa.agent import AgentSet

    from schoolsim.system import SchoolSystem


class Authority(mesa.Agent):
    """The local authority of a place; one for now, several when a halo is built."""

    model: SchoolSystem

    def __init__(self, model: SchoolSystem, title: str) -> None:
        super().__init__(model)
        self.title = title

    @property
    def schools(self) -> AgentSet[School]:
        """Its schools."""
        return self.model.agents_by_type[School]

    @property
    def unfilled_share(self) -> float:
        """Share of all places that nobody takes."""
        places = self.model.schools.places.sum()
        return float(1.0 - (self.model.pupils.school >= 0).sum() / max(places, 1))
