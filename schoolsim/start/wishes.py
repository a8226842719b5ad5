"""Which schools the families of the start had wished for: talk about schools has run its course before year 1."""

from __future__ import annotations

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.grapevine import heard_of
from schoolsim.people.rolls import share_by_school
from schoolsim.people.transfer import TransferRound, round_of
from schoolsim.processes.choice import Family, by_position, family_of, phase_of, standing
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, YEAR_GROUPS
from schoolsim.system import SchoolSystem

LONGEST_TALK = 0.95
"""Beyond this share of wishes handed on, talk would not come to an end."""


def wishes_of_the_past(system: SchoolSystem, draws: Draws) -> None:
    """Write down the school that the family of every pupil of the start had named first.

    In the long run wishes lie so far away from where children like theirs are as a family's own weighing has been
    handed on. As few families as can be were refused: those of whom a school took more than had wished for it.
    """
    pupils, family = system.pupils, family_of(system.values["choice"])
    poor = share_by_school(pupils.school, pupils.fsm, len(system.schools))
    named = np.array(pupils.school, np.int32)
    for year in range(YEAR_GROUPS):
        rows = np.flatnonzero((pupils.year_group == year) & (pupils.school >= 0))
        if len(rows):
            round_ = round_of(pupils, rows, year, system.schools, system.in_view)
            named[rows] = _named(system, round_, poor, family, draws)
    with pupils.opened_for("choice"):
        pupils.first_preference[:] = named


def _named(
    system: SchoolSystem, round_: TransferRound, poor: np.ndarray, family: Family, draws: Draws
) -> np.ndarray:
    """Rows of the schools [n] that the families of some pupils in a year group had named first."""
    pupils, there = system.pupils, round_.positions()
    since = FIRST_SECONDARY_YEAR * phase_of(round_)
    heard = heard_of(pupils, round_, family.grapevine_prior, since)
    heard[~np.isfinite(round_.distance)] = -np.inf
    talk = 1.0 - min(family.wishes_heard, LONGEST_TALK)
    went, wished = _shares(heard), _shares(heard + _own_weighing(system, round_, poor, family) / talk)
    ids, school = pupils.id[round_.pupils], pupils.school[round_.pupils]
    luck = (draws.uniform(ids, why) for why in ("was refused", "had named"))
    column = wished_elsewhere(went, wished, round_.schools[there] == school[:, None], *luck)
    return np.where(column < 0, school, round_.schools[there[np.arange(len(there)), column]])


def wished_elsewhere(
    went: np.ndarray, wished: np.ndarray, here: np.ndarray, refused: np.ndarray, drawn: np.ndarray
) -> np.ndarray:
    """Columns of the schools that families had wished for, if not for the one their child is at; else -1 [n].

    Args:
        went, wished: shares of children like theirs, at schools and by what their families wished for [n, k].
        here: which column the child is at [n, k].
        refused, drawn: uniforms [n].
    """
    stay = np.where(here.any(axis=1), np.sum(np.minimum(wished / np.maximum(went, 1e-12), 1.0) * here, axis=1), 1.0)
    ladder = np.cumsum(np.maximum(wished - went, 0.0), axis=1)
    column = np.sum(ladder <= (drawn * ladder[:, -1])[:, None], axis=1)
    return np.where((refused < stay) | (ladder[:, -1] <= 0), -1, np.minimum(column, went.shape[1] - 1))


def _shares(logs: np.ndarray) -> np.ndarray:
    share = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(share / share.sum(axis=1, keepdims=True))


def _own_weighing(
    system: SchoolSystem, round_: TransferRound, poor: np.ndarray, family: Family
) -> np.ndarray:
    """What families make of schools beside what they hear of children like theirs, in logits [n, k]."""
    ses = np.clip(system.pupils.ses[round_.pupils], -2.0, 2.0).astype(float)[:, None]
    schools, own = round_.schools, family.own_judgement
    hears, reads = (by_position(ses, sd) ** -2.0 for sd in (family.word_of_mouth_sd, family.table_error_sd))
    printed = standing(system.schools.published_result, schools)[schools].astype(float)
    known = np.isfinite(printed)
    reputation = system.schools.reputation[schools].astype(float)
    belief = _belief(hears, reads, reputation, np.nan_to_num(printed), known, round_.positions())
    per_km = family.distance_weight[phase_of(round_)] * family.distance_factor * family.distance_ses_ratio ** (-ses / 2)
    by_result = family.result_weight * 10 * family.result_spread * family.ses_ratio ** (ses / 2)
    by_peers = -family.peer_weight * 10 * round_.of_column(poor[schools])
    away = np.where(np.isfinite(round_.distance), round_.distance, 0.0)
    return np.asarray(own * (by_result * belief + by_peers + per_km * away))


def _belief(
    hears: np.ndarray, reads: np.ndarray, reputation: np.ndarray, printed: np.ndarray, known: np.ndarray,
    there: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """What families of such precision believe of results without any error of their own [n, k]."""
    reads = reads * known[there]
    return np.asarray((hears * reputation[there] + reads * printed[there]) / (1.0 + hears + reads))
