"""Who gets which school: named rules that the levers `admissions.allocation` and `admissions.priority` pick from.

The first turns a transfer round into lists (columns of its schools in view [n, ranks]), the second says what decides
between children with equal claims [n, ranks].
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schoolsim.people.transfer import TransferRound, nearest_first

CARE_BEFORE_ALL = 1e6
PLAN_BEFORE_OTHERS = 1e5
CATCHMENT_BEFORE_DISTANCE = 1e4
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


def claims(
    round_: TransferRound, lists: np.ndarray, in_care: np.ndarray, plan: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Looked-after children first, then those whose plan names the school, then by what is `last` [n, ranks].

    A school that admits by test takes those who did best in it, whatever is last.
    Source: School Admissions Code 2014, paragraphs 1.6, 1.7 and 1.18, in a first form without siblings and faith.
    """
    if round_.selective is not None and round_.score is not None:
        by_test = round_.selective[np.maximum(round_.position(lists), 0)]
        last = np.where(by_test, -round_.score[:, None], last)
    first = CARE_BEFORE_ALL * in_care + PLAN_BEFORE_OTHERS * plan
    return first[:, None] + last
