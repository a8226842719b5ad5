"""Who needs a new school this autumn, and where there is room: the paperwork before choice and admissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.draws import Draws
from schoolsim.people.families import find_elder_siblings
from schoolsim.people.grapevine import heard_of
from schoolsim.people.selection import sit_the_test
from schoolsim.people.transfer import TransferRound, transfer_rounds
from schoolsim.process import Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def transfer(system: SchoolSystem, draws: Draws, *, passes_per_place: float, elder_sibling: list[float]) -> Flows:
    """Children who start school, have outgrown theirs or have just arrived look for a place.

    What happens: One round for each year group to be entered, with the free places of every school teaching it.
        Before a round with selective schools, those who live near one sit its test, and the best of their kind pass,
        as many as go from their streets and some more. Some children have an elder sibling at one of the schools.
    Evidence: age ranges and rolls of the start.
    Leaves out: moves in mid-year and by choice at other ages (M07); siblings who start together; that siblings
        share a roof: they share a small area, an ethnicity and nearly a position.
    """
    system.rounds = transfer_rounds(system.pupils, system.schools, system.in_view)
    find_elder_siblings(system.pupils, system.schools, system.rounds, elder_sibling, draws)
    for round_ in system.rounds:
        _ask_for_faith(system, round_)
        if round_.year_group >= FIRST_SECONDARY_YEAR:
            _test(system, round_, passes_per_place)
    system.admissions_summary.clear()
    return {"sought a school": system.pupils.id[system.pupils.school < 0]}


def _ask_for_faith(system: SchoolSystem, round_: TransferRound) -> None:
    """Church schools that admit for themselves ask families for their faith."""
    round_.takes_first = (system.schools.faith * system.schools.own_admissions)[round_.schools]
    round_.of_faith = system.pupils.faith[round_.pupils]


def _test(system: SchoolSystem, round_: TransferRound, passes_per_place: float) -> None:
    """Let those sit the test who live near a school that admits by it."""
    selective = system.schools.selective[round_.schools]
    if selective.any():
        round_.selective = selective
        prior = float(system.values["choice"]["grapevine_prior"])
        wishes = float(system.values["choice"]["wishes_heard"])
        round_.heard = heard_of(system.pupils, round_, prior, round_.year_group, wishes)
        sit_the_test(system.pupils, round_, passes_per_place)
