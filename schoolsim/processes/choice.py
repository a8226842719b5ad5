"""Families rank schools on distance, what they know of results, and who goes there (M36)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
from schoolsim.people.faith import heard_given_faith
from schoolsim.people.grapevine import heard_of, schools_of_neighbours
from schoolsim.people.population import ETHNICITIES
from schoolsim.people.rolls import share_by_school
from schoolsim.people.selection import heard_given_pass
from schoolsim.people.transfer import TransferRound
from schoolsim.process import AUTUMN, NOTHING, Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


@dataclass(frozen=True)
class Family:
    """How families weigh schools; see `parameters/choice.yaml` for the units."""

    distance_weight: list[float]
    distance_factor: float
    distance_ses_ratio: float
    result_weight: float
    peer_weight: float
    ses_ratio: float
    word_of_mouth_sd: list[float]
    table_error_sd: list[float]
    result_spread: float
    taste_sd: float
    own_judgement: float
    grapevine_prior: float
    selective_uptake: float
    closure_weight: float
    sibling_weight: float
    wishes_heard: float
    ethnic_weight: float
    stigma_weight: float


def family_of(values: Mapping[str, Any]) -> Family:
    """The part of the sheet of `choice` that says how families weigh schools."""
    return Family(**{name: values[name] for name in Family.__dataclass_fields__})


def choice(
    system: SchoolSystem, draws: Draws, *, distance_weight: list[float], distance_factor: float,
    distance_ses_ratio: float, result_weight: float, peer_weight: float, ses_ratio: float,
    word_of_mouth_sd: list[float], table_error_sd: list[float], result_spread: float, taste_sd: float,
    single_choice_share: float, candidate_count: list[int], own_judgement: float, grapevine_prior: float,
    selective_uptake: float, closure_weight: float, sibling_weight: float, wishes_heard: float,
    ethnic_weight: float, stigma_weight: float, neighbours_asked: int,
) -> Flows:  # fmt: skip
    """Every family whose child needs a school writes its list.

    What happens: A family knows best the schools to which children like its own, from the streets around, go already
        or had hoped to go, and those of its faith. Beside that it weighs the schools in view by distance (more
        heavily the poorer it is), by what it believes of their results, by the poverty of the children seen there,
        and by how many are of its own ethnic group. Belief mixes what people say (with an error that is larger for
        poorer families) and, where tables are published, the printed result; the less sure the news, the more a
        family takes a school to be like any other. One that may close, or that inspectors failed, is shunned; one at
        which an elder child of the family stays is wanted most. Some name a single school. In mid-year there is no
        time for all that: who looks for a place asks a few neighbours like them where their children go.
    Evidence: E130, E132 to E134, E147 to E149; P50 to P53.
    Leaves out: tactical listing; what brothers and sisters say of a school; news from other areas.
    """
    if system.term != AUTUMN:
        ask_neighbours(system, int(neighbours_asked))
        return NOTHING
    family = Family(distance_weight, distance_factor, distance_ses_ratio, result_weight, peer_weight, ses_ratio,
                    word_of_mouth_sd, table_error_sd, result_spread, taste_sd, own_judgement, grapevine_prior,
                    selective_uptake, closure_weight, sibling_weight, wishes_heard, ethnic_weight,
                    stigma_weight)  # fmt: skip
    fsm = share_by_school(system.pupils.school, system.pupils.fsm, len(system.schools))
    groups = shares_of_groups(system)
    for round_ in system.rounds:
        round_.lists = lists_of(system, draws, round_, fsm, groups, family, int(candidate_count[phase_of(round_)]))
        ids = system.pupils.id[round_.pupils]
        round_.lists[draws.event(ids, single_choice_share, "names one school"), 1:] = -1
        first = round_.position(round_.lists[:, :1])[:, 0]
        system.pupils.first_preference[round_.pupils] = np.where(first < 0, -1, round_.schools[first])
    return NOTHING


def ask_neighbours(system: SchoolSystem, asked: int) -> None:
    """Lists of those who look for another school in mid-year: where children of neighbours like them go.

    A family that moved home asks the one whose home it was first.
    """
    for round_ in system.rounds:
        named = schools_of_neighbours(system.pupils, round_.pupils, asked, system.term_index)
        if round_.told is not None:
            named = np.column_stack([round_.told, named])
        round_.lists = kernel("hearsay").columns_of(named, round_.distance, round_.positions(), round_.schools)


def lists_of(
    system: SchoolSystem, draws: Draws, round_: TransferRound, fsm: np.ndarray, groups: np.ndarray, family: Family,
    considered: int,
) -> np.ndarray:  # fmt: skip
    """The lists that the families of a round write, positions in its schools [n, lines], -1 after the last."""
    ses = np.clip(system.pupils.ses[round_.pupils], -2.0, 2.0).astype(float)
    schools, own = round_.schools, family.own_judgement
    per_km = own * family.distance_weight[phase_of(round_)] * family.distance_factor
    heard = round_.heard
    if heard is None:
        heard = heard_of(system.pupils, round_, family.grapevine_prior, round_.year_group, family.wishes_heard)
    known = heard + heard_given_pass(round_, family.selective_uptake) + _of_siblings(round_, family.sibling_weight)
    known += heard_given_faith(system.pupils, round_, system.schools.faith[schools])
    known += own * family.ethnic_weight * 10 * _own_group(system, round_, groups)
    return kernel("preferences").rank(
        round_.offered(), round_.positions(), known,
        system.pupils.id[round_.pupils], system.schools.id[schools],
        per_km * family.distance_ses_ratio ** (-ses / 2),
        own * family.result_weight * 10 * family.result_spread * family.ses_ratio ** (ses / 2),
        by_position(ses, family.word_of_mouth_sd), by_position(ses, family.table_error_sd),
        system.schools.reputation[schools].astype(float),
        standing(system.schools.published_result, schools)[schools].astype(float),
        -own * family.peer_weight * 10 * fsm[schools] - _shunned(system, family)[schools],
        family.taste_sd, min(considered, round_.distance.shape[1]),
        int(system.levers["admissions.preference_count"]),
        draws.key("weighs schools"),
    )  # fmt: skip


def _shunned(system: SchoolSystem, family: Family) -> np.ndarray:
    """What a school that may close, or that inspectors found wanting, loses of families' wishes, in logits [J]."""
    return np.asarray(family.closure_weight * system.schools.may_close + family.stigma_weight * system.schools.stigma)


def shares_of_groups(system: SchoolSystem) -> np.ndarray:
    """Share of each school's pupils who are of each ethnic group [J, groups]."""
    pupils, groups = system.pupils, len(ETHNICITIES)
    here = pupils.school >= 0
    cells = groups * pupils.school[here].astype(np.int64) + pupils.ethnicity[here]
    number = np.bincount(cells, minlength=groups * len(system.schools)).reshape(-1, groups)
    return np.asarray(number / np.maximum(number.sum(axis=1, keepdims=True), 1))


def _own_group(system: SchoolSystem, round_: TransferRound, groups: np.ndarray) -> np.ndarray:
    """Share of the pupils of each school in view who are of the family's ethnic group [n, k]."""
    share, own = groups[round_.schools], system.pupils.ethnicity[round_.pupils]
    return share.ravel().take(share.shape[1] * round_.positions() + own[:, None])


def _of_siblings(round_: TransferRound, weight: float) -> np.ndarray | float:
    """What an elder sibling at the school adds to a family's wish for it, in logits [n, k]."""
    return 0.0 if round_.sibling is None else weight * (round_.positions() == round_.sibling[:, None])


def standing(result: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Results [J] in SD between the schools `among`; NaN where a school has none."""
    known = result[among]
    known = known[np.isfinite(known)]
    spread = known.std() if len(known) > 1 else 0.0
    if spread == 0:
        return np.where(np.isfinite(result), 0.0, np.nan)
    return (result - known.mean()) / spread


def phase_of(round_: TransferRound) -> int:
    """0 for primary, 1 for secondary."""
    return int(round_.year_group >= FIRST_SECONDARY_YEAR)


def by_position(ses: np.ndarray, low_and_high: list[float]) -> np.ndarray:
    """A value between that of families one SD below and one SD above, on a log scale [n]."""
    low, high = low_and_high
    return low * (high / low) ** ((np.clip(ses, -1.0, 1.0) + 1.0) / 2.0)
