"""Families who move in mid-year: some to another home, all to look for another school (M07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.grapevine import KINDS, kind_of_family
from schoolsim.people.ids import rank_within
from schoolsim.people.moving import Moving, from_whom, leavers, neighbourhood
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.people.transfer import UNREACHABLE, TransferRound, by_id, round_of, side_by_side
from schoolsim.process import SPRING, Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

MOVING_TERM = SPRING
"""When the moves of a school year are taken to happen, all at once."""
TIES = 1e-6
"""SD of position, times luck: it decides between families of equal position, in whatever order rows stand."""
HOME = ("home_area", "easting", "northing")


def mobility(
    system: SchoolSystem, draws: Draws, *, moving_chance: float, poverty_ratio: float, care_ratio: float,
    deprivation_slope: float, deprivation_at_mean: float, apt_sd: float, apt_by_position: float,
    highest_chance: float, home_share: float, range_km: float,
) -> Flows:  # fmt: skip
    """Some families move home, or quarrel with the school, and ask for a place elsewhere in mid-year.

    What happens: As spring begins, each family may move: likelier the poor, those in poor streets,
        looked-after children and those apt to move again, more often families of low position. Most move home, into
        one that another family leaves: families nearest in means exchange homes not far from each other, so that no
        street loses or gains. All of them look for another school; admissions say which has a place left empty.
    Evidence: P11, E114, E366, E369; U6 and I 3.3.2 for the schools at the upper end.
    Leaves out: moves at other times of the year, into and out of the place, of brothers and sisters together, by
        families dissatisfied with results; pupils excluded.
    """
    how = Moving(
        moving_chance, poverty_ratio, care_ratio, deprivation_slope, deprivation_at_mean, apt_sd, apt_by_position,
        highest_chance,
    )  # fmt: skip
    pupils = system.pupils
    rows = leavers(pupils, system.deprivation, system.national["all"], how, draws)
    rows = rows[pupils.school[rows] >= 0]
    moved = rows[draws.event(pupils.id[rows], home_share, "moves home")]
    told = np.full(len(pupils), -1)
    told[moved] = _exchange_homes(system, moved, range_km, draws)
    system.rounds = [_round(system, rows, told)] if len(rows) else []
    return {"moved home": pupils.id[moved], "left in mid-year": pupils.id[rows]}


def _exchange_homes(system: SchoolSystem, rows: np.ndarray, range_km: float, draws: Draws) -> np.ndarray:
    """Families of one kind with children of one phase take over homes not far away, from those nearest in position.

    Returns the school that the child whose home it was has been at [n].
    """
    pupils = system.pupils
    east, north = draws.uniform(np.arange(2), "grid")
    square = neighbourhood(pupils.easting[rows], pupils.northing[rows], range_km, (east, north))
    secondary = pupils.year_group[rows] >= FIRST_SECONDARY_YEAR
    kind = kind_of_family(pupils, rows)
    alike = np.unique(2 * (KINDS * square + kind) + secondary, return_inverse=True)[1]
    position = pupils.ses[rows] + TIES * draws.uniform(pupils.id[rows], "finds a home")
    takes = rows[from_whom(alike, _there_and_back(alike, position))]
    for name in HOME:
        pupils.get(name)[rows] = pupils.get(name)[takes]
    return pupils.school[takes]


def _there_and_back(alike: np.ndarray, position: np.ndarray) -> np.ndarray:
    """Turns [n] in which those alike come up by every second position and down by the others: the next is near."""
    rank = rank_within(alike, position)
    return np.where(rank % 2 == 0, rank, 2 * len(rank) - rank)


def _round(system: SchoolSystem, rows: np.ndarray, told: np.ndarray) -> TransferRound:
    """One round of all year groups, with the places left empty; nobody goes back to the school they leave."""
    pupils, schools = system.pupils, system.schools
    free = schools.places - roll_by_year_group(pupils.school, pupils.year_group, len(schools))
    rounds = []
    for year in np.unique(pupils.year_group[rows]).tolist():
        mine = by_id(pupils, rows[pupils.year_group[rows] == year])
        round_ = round_of(pupils, mine, year, schools, system.in_view, free[:, year])
        position = np.full(len(schools), -1)
        position[round_.schools] = np.arange(len(round_.schools))
        round_.here = position[pupils.school[mine]]
        rounds.append(round_)
    round_ = side_by_side(rounds)
    round_.told = told[round_.pupils]
    there = round_.schools[round_.positions()]
    round_.distance[(there == pupils.school[round_.pupils][:, None]) | schools.selective[there]] = UNREACHABLE
    return round_
