"""Who needs a new school this autumn, and where there is room: the paperwork before choice and admissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.draws import Draws
from schoolsim.people.transfer import transfer_rounds
from schoolsim.process import Flows

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def transfer(system: SchoolSystem, draws: Draws) -> Flows:
    """Children who start school, have outgrown theirs or have just arrived look for a place.

    What happens: One round for each year group to be entered, with the free places of every school teaching it.
    Evidence: age ranges and rolls of the start.
    Leaves out: moves in mid-year and by choice at other ages (M07).
    """
    system.rounds = transfer_rounds(system.pupils, system.schools, system.in_view)
    system.admissions_summary.clear()
    return {"sought a school": system.pupils.id[system.pupils.school < 0]}
