"""Who gets which school: named rules that the levers `admissions.allocation` and `admissions.priority` pick from.

The first turns a transfer round into lists (columns of its schools in view [n, ranks]), the second says what decides
between children with equal claims [n, ranks].
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schoolsim.people.ids import rank_within
from schoolsim.people.transfer import TransferRound, nearest_first

CARE_BEFORE_ALL = 1e6
PLAN_BEFORE_OTHERS = 1e5
FAITH_BEFORE_SIBLINGS = 4e4
SIBLING_BEFORE_OTHERS = 2e4
CATCHMENT_BEFORE_DISTANCE = 1e4
LOGISTIC_NORMAL = 1.702
"""Slope at which the logistic curve is within 0.01 of the normal one."""
NEAREST_TRIED = 16
"""How far down an allocation by distance tries in one go; it bounds the work, not who gets what."""
Lots = Callable[[], np.ndarray]
"""Draws lots for each entry of the lists: uniforms [n, ranks]."""


def nearest_named_first(round_: TransferRound) -> np.ndarray:
    """Every family's list is the nearest schools in order; what the family thinks is not asked.

    The few who find all of them full are placed with the rest, in the nearest school with room.
    """
    return nearest_first(round_.offered(), min(NEAREST_TRIED, round_.distance.shape[1]))


def families_order(round_: TransferRound) -> np.ndarray:
    """Every family's own list, or the nearest schools where families have formed none."""
    return nearest_named_first(round_) if round_.lists is None else round_.lists


ALLOCATIONS: dict[str, Callable[[TransferRound], np.ndarray]] = {
    "preference": families_order,
    "neighbourhood": nearest_named_first,
}


def nearer_home(round_: TransferRound, lists: np.ndarray, lots: Lots | None = None) -> np.ndarray:
    """The nearer home first: kilometres, less than nothing [n, ranks]."""
    return -np.take_along_axis(round_.distance, np.maximum(lists, 0), axis=1)


def own_catchment(round_: TransferRound, lists: np.ndarray, lots: Lots | None = None) -> np.ndarray:
    """Those to whom the school is the nearest that takes them come first; then the nearer home [n, ranks]."""
    own = lists == round_.distance.argmin(axis=1)[:, None]
    return CATCHMENT_BEFORE_DISTANCE * own + nearer_home(round_, lists)


def by_ballot(round_: TransferRound, lists: np.ndarray, lots: Lots) -> np.ndarray:
    """The luck of the draw, another for every school [n, ranks]."""
    return lots()


PRIORITIES: dict[str, Callable[[TransferRound, np.ndarray, Lots], np.ndarray]] = {
    "distance": nearer_home,
    "catchment": own_catchment,
    "ballot": by_ballot,
}
"""What decides between children with equal claims, more before less; the lever `admissions.priority` picks one."""


def siblings_first(round_: TransferRound, lists: np.ndarray) -> np.ndarray:
    """Those whose elder sibling stays at the school come before others there [n, ranks]."""
    if round_.sibling is None:
        return no_difference(round_, lists)
    there = round_.position(lists)
    return SIBLING_BEFORE_OTHERS * ((there == round_.sibling[:, None]) & (there >= 0))


def faith_first(round_: TransferRound, lists: np.ndarray) -> np.ndarray:
    """Where a school asks for a faith, children of that faith come before others [n, ranks]."""
    if round_.takes_first is None or round_.of_faith is None:
        return no_difference(round_, lists)
    there = round_.position(lists)
    asked = np.where(there >= 0, round_.takes_first[there], 0)
    return FAITH_BEFORE_SIBLINGS * ((asked > 0) & (asked == round_.of_faith[:, None]))


def no_difference(round_: TransferRound, lists: np.ndarray) -> np.ndarray:
    """Nobody comes first for it [n, ranks]."""
    return np.zeros(lists.shape)


SIBLINGS: dict[bool, Callable[[TransferRound, np.ndarray], np.ndarray]] = {True: siblings_first, False: no_difference}
"""What an elder sibling at the school counts for; the lever `admissions.sibling_priority` picks one."""

FAITH: dict[bool, Callable[[TransferRound, np.ndarray], np.ndarray]] = {True: faith_first, False: no_difference}
"""What faith counts for in church schools with admissions of their own; `admissions.faith_priority` picks one."""


def as_printed(last: np.ndarray, there: np.ndarray, own: np.ndarray, ses: np.ndarray, weight: float) -> np.ndarray:
    """Who comes first is what the printed rule says [n, ranks]."""
    return last


def leaning(last: np.ndarray, there: np.ndarray, own: np.ndarray, ses: np.ndarray, weight: float) -> np.ndarray:
    """Schools that put applicants in order themselves lean towards the better off [n, ranks].

    With forms, visits and conversations a family's position bears on its place in the queue: so much `weight` on the
    share of the nation's families that are worse off, and the rest on the place by the printed rule.

    Args:
        last: what the printed rule says; more comes before less [n, ranks].
        there: positions of the schools named, -1 after the last [n, ranks].
        own: schools that put applicants in order themselves [m].
        ses: position of the family, national SD [n].
        weight: of position in the order.
    """
    mine = (there >= 0) & own[there]
    school = there[mine]
    place = (rank_within(school, last[mine]) + 0.5) / np.bincount(school, minlength=1)[school]
    worse_off = 1.0 / (1.0 + np.exp(-LOGISTIC_NORMAL * np.broadcast_to(ses[:, None], there.shape)[mine]))
    leant = last.copy()
    leant[mine] = (1.0 - weight) * place + weight * worse_off
    return leant


ORDERS = {"schools": leaning, "authority": as_printed}
"""How applicants are put in order by who does it; the lever `admissions.ordered_by` picks one."""


def claims(
    round_: TransferRound, lists: np.ndarray, in_care: np.ndarray, plan: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Looked-after children first, then those whose plan names the school, then by what is `last` [n, ranks].

    A school that admits by test takes those who did best in it, whatever is last.
    Source: School Admissions Code 2014, paragraphs 1.6, 1.7 and 1.18.
    """
    if round_.selective is not None and round_.score is not None:
        by_test = round_.selective[np.maximum(round_.position(lists), 0)]
        last = np.where(by_test, -round_.score[:, None], last)
    first = CARE_BEFORE_ALL * in_care + PLAN_BEFORE_OTHERS * plan
    return first[:, None] + last
