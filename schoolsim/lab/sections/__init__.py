"""The sections of the report, in reading order."""

from collections.abc import Callable

from schoolsim.lab.digest import Digest
from schoolsim.lab.sections import certainty, contributed, making, schools, variation, whom
from schoolsim.lab.sections.parts import Section

SECTIONS: tuple[Callable[[Digest], Section], ...] = (
    whom.section,
    variation.section,
    schools.section,
    certainty.section,
    contributed.section,
    making.cost,
    making.assumptions,
    making.making,
)
__all__ = ["SECTIONS", "Section"]
