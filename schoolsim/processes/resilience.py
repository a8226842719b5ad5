"""What ties a pupil to a school, and how it weakens the hold of risks (M09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

NOWHERE = 65535
"""`pupils.school_known` of a pupil who has not yet been anywhere."""
HEAVIEST = 2.0
CAPACITIES, ONE_OF_THREE = 2, 1.0 / 3.0


def resilience(
    system: SchoolSystem, draws: Draws, *, first: float, growth: float, carried: float, usual_known: float,
    own_sd: float, shield: float, by_view: float,
) -> Flows:  # fmt: skip
    """Pupils come to belong where people stay, and risks bear less on those who do.

    What happens: Belonging grows in a school where the adults who teach a pupil were there before, stands still where
        they are new, and is mostly lost by moving school. It grows further where the school is there for capacities of
        every kind. Pupils differ in it whatever group they are of. Needs and poverty cost those who belong less, and
        those who do not more, in presence, taking part and growth.
    Evidence: six schools of very poor intakes where no child was written off, relations were warm and staff stayed
        (E366 for how many moved there); no size is known.
    Leaves out: what adults do to be known (M33), friends, safety (M72), moves in mid-year (M07).
    """
    pupils = system.pupils
    usual, years = usual_belonging(first, growth, carried, usual_known), pupils.year_group
    before = usual[np.maximum(years - 1, 0)] + pupils.belonging
    own = own_sd * draws.lasting().normal(pupils.id, "own")
    held = np.append(by_view * (system.schools.view_held[:, CAPACITIES] - ONE_OF_THREE), 0.0).astype(np.float32)
    allowed = known_adults(system, usual_known) + held.take(pupils.school, mode="wrap")
    now = before + growth * (allowed + own - before)
    here = pupils.school.astype(np.uint16)  # -1, no school, becomes NOWHERE
    moved = np.flatnonzero(here != pupils.school_known)
    now[moved] = carried * before[moved]
    begins = moved[(pupils.school_known[moved] == NOWHERE) & (years[moved] == 0)]
    now[begins] = usual[0] + own[begins]
    pupils.belonging[:] = now - usual[years]
    pupils.risk_weight[:] = np.clip(1.0 - shield * pupils.belonging, 0.0, HEAVIEST)
    pupils.school_known[:] = here
    return NOTHING


def usual_belonging(first: float, growth: float, carried: float, usual_known: float) -> np.ndarray:
    """Belonging by year group of a pupil who moves school once, into year 7 [12]."""
    path = [first]
    for year in range(1, YEAR_GROUPS):
        moves = year == FIRST_SECONDARY_YEAR
        path.append(carried * path[-1] if moves else path[-1] + growth * (usual_known - path[-1]))
    return np.array(path)


def known_adults(system: SchoolSystem, usual_known: float) -> np.ndarray:
    """Share of each pupil's teachers who were in the school the year before [n]; without classes the usual share."""
    classes, pupils = system.classes, system.pupils
    share = np.full(len(pupils), usual_known, np.float32)
    if not len(classes):
        return share
    joined = np.append(system.teachers.joined, system.elapsed)  # the last is nobody, -1
    known = np.append(joined[classes.teacher] < system.elapsed, False).astype(np.float32)
    young = pupils.year_group < FIRST_SECONDARY_YEAR
    rows = np.flatnonzero(young & (pupils.school >= 0))
    share[rows] = known.take(pupils.class_group[:, 0].take(rows), mode="wrap")  # -1 is the last: no class
    rows = np.flatnonzero(~young & (pupils.school >= 0))
    seats = pupils.class_group.take(rows, axis=0)
    share[rows] = known.take(seats, mode="wrap") @ np.full(seats.shape[1], 1.0 / seats.shape[1], np.float32)
    return share
