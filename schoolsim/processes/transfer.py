"""Who needs a new school this autumn, and where there is room: the paperwork before choice and admissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.draws import Draws
from schoolsim.people.selection import sit_the_test
from schoolsim.people.transfer import transfer_rounds
from schoolsim.process import Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def transfer(system: SchoolSystem, draws: Draws, *, passes_per_place: float) -> Flows:
    """Children who start school, have outgrown theirs or have just arrived look for a place.

    What happens: One round for each year group to be entered, with the free places of every school teaching it.
        Before a round with selective schools, those who live near one sit its test, and the best pass.
    Evidence: age ranges and rolls of the start.
    Leaves out: moves in mid-year and by choice at other ages (M07).
    """
    system.rounds = transfer_rounds(system.pupils, system.schools, system.in_view)
    for round_ in system.rounds:
        if round_.year_group >= FIRST_SECONDARY_YEAR:
            sit_the_test(system.pupils, system.schools.selective, round_, passes_per_place)
    system.admissions_summary.clear()
    return {"sought a school": system.pupils.id[system.pupils.school < 0]}
