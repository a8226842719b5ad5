"""The turn of the school year: leavers go, everybody moves up, a new cohort and incomers arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import pupil_id, rank_within
from schoolsim.process import Flows
from schoolsim.processes.entry import entry_attainment
from schoolsim.rules.scale import LAST_YEAR_GROUP

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

ENTRY_YEAR_GROUPS = 7
ARRIVALS_APART = 4096
PAST = ("learning", "assessment")
NOBODY = np.empty(0, np.int64)


def cohorts(system: SchoolSystem, draws: Draws, **entry: Any) -> Flows:
    """Year 11 leaves, the rest move up, some cross the border, new children and incomers arrive.

    What happens: A new reception cohort is made of children who live where, and belong to the groups that,
        children of the start did (the seven primary year groups in turn), with luck of their own. Where the
        authority's schools teach fewer (more) pupils in a year group than in the one before, pupils leave
        (arrive) over the border at that age, drawn evenly.
    Evidence: rolls of the start; P02, P04, P06, P09, P10 for attainment on entry.
    Leaves out: births, migration and house building; who it is that crosses the border.
    """
    pupils = system.pupils
    pupils.year_group[:] += 1
    gone = pupils.year_group > LAST_YEAR_GROUP
    crossing = _crossing(system, draws)
    flows = {"finished": pupils.id[gone], "crossed the border": pupils.id[crossing]}
    new = _new_cohort(system, draws, entry)
    incomers = [_incomers(system, draws, year) for year in _short_year_groups(system).tolist()]
    pupils.keep(~gone & ~crossing, then=[new, *incomers])
    flows["entered reception"] = new["id"]
    flows["arrived over the border"] = np.concatenate([NOBODY, *(rows["id"] for rows in incomers)])
    return flows


def _crossing(system: SchoolSystem, draws: Draws) -> np.ndarray:
    """Who leaves over the border: pupils [N] of year groups that hold fewer than the one before."""
    before = np.maximum(np.roll(system.target_roll, 1), 1)
    stays = np.append(np.minimum(1.0, system.target_roll / before), 1.0)  # year 12 has left already
    stays[0] = 1.0
    rows = np.flatnonzero(stays[system.pupils.year_group] < 1.0)
    chance = 1.0 - stays[system.pupils.year_group[rows]]
    crossing = np.zeros(len(system.pupils), bool)
    crossing[rows] = draws.event(system.pupils.id[rows], chance, "crosses the border")
    return crossing


def _short_year_groups(system: SchoolSystem) -> np.ndarray:
    """Year groups that hold more pupils than the one before, so that some must arrive."""
    return 1 + np.flatnonzero(np.diff(system.target_roll) > 0)


def _new_cohort(system: SchoolSystem, draws: Draws, entry: dict[str, Any]) -> dict[str, np.ndarray]:
    year = system.elapsed % ENTRY_YEAR_GROUPS
    rows = _copies(system, draws, year, int(system.target_roll[0]), arriving_in=0, alike=("start",))
    rows["attainment"] = entry_attainment(rows, system.national["primary"], draws, **entry)
    return rows


def _incomers(system: SchoolSystem, draws: Draws, year_group: int) -> dict[str, np.ndarray]:
    """Pupils who arrive at the start of `year_group` with a past like that of those a year younger."""
    wanted = int(system.target_roll[year_group] - system.target_roll[year_group - 1])
    return _copies(system, draws, year_group - 1, wanted, arriving_in=year_group, alike=("start", *PAST))


def _copies(
    system: SchoolSystem, draws: Draws, template_year: int, wanted: int, arriving_in: int, alike: tuple[str, ...]
) -> dict[str, np.ndarray]:
    """New pupils made after `wanted` of the start's pupils of one year group, in the columns of the owners `alike`.

    Lasting luck is drawn anew; all other columns take their default until their process writes them.
    """
    models = system.templates
    pool = np.flatnonzero(models["year_group"] == template_year)
    order = np.argsort(draws.uniform(models["id"][pool], f"template for {arriving_in}"), kind="stable")
    same = [name for name, column in system.pupils.columns.items() if column.owner in alike]
    rows = {name: models[name][pool[order[:wanted]]] for name in same}
    cohort = system.elapsed - arriving_in
    rows["id"] = _new_ids(rows["home_area"], cohort, arriving_in)
    rows["year_group"] = np.full(len(rows["id"]), arriving_in)
    return rows | lasting_traits(rows["id"], draws)


def lasting_traits(ids: np.ndarray, draws: Draws) -> dict[str, np.ndarray]:
    """What stays with a pupil for life and is nobody's doing: standard normals [n] each."""
    return {name: draws.normal(ids, name) for name in ("absence_trait", "participation_trait")}


def _new_ids(area: np.ndarray, cohort: int, arriving_in: int) -> np.ndarray:
    """Ids of pupils of one cohort; those who arrive later count on from a number of their own."""
    order = rank_within(area) + ARRIVALS_APART * arriving_in
    return pupil_id(np.full(len(area), cohort), area, order)
