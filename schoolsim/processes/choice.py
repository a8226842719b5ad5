"""Families rank schools on distance, what they know of results, and who goes there (M36)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import kernel
from schoolsim.people.grapevine import heard_of, schools_of_neighbours
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


def choice(
    system: SchoolSystem, draws: Draws, *, distance_weight: list[float], distance_factor: float,
    distance_ses_ratio: float, result_weight: float, peer_weight: float, ses_ratio: float,
    word_of_mouth_sd: list[float], table_error_sd: list[float], result_spread: float, taste_sd: float,
    single_choice_share: float, candidate_count: list[int], own_judgement: float, grapevine_prior: float,
    selective_uptake: float, closure_weight: float, neighbours_asked: int,
) -> Flows:  # fmt: skip
    """Every family whose child needs a school writes its list.

    What happens: A family knows best the schools to which children like its own, from the streets around, go
        already. Beside that it weighs the schools in view by distance (more heavily the poorer it is), by what it
        believes of their results, and by the poverty of the children seen there. Belief mixes what people say
        (with an error that is larger for poorer families) and, where tables are published, the printed result;
        the less sure the news, the more a family takes a school to be like any other; one that may close is shunned.
        Some name a single school.
        In mid-year there is no time for all that: who looks for a place asks a few neighbours like them where their
        children go.
    Evidence: E130, E132 to E134, E147 to E149; P50 to P53.
    Leaves out: siblings and faith by name (both are in where children like theirs go), ethnicity, tactical listing.
    """
    if system.term != AUTUMN:
        ask_neighbours(system, draws, int(neighbours_asked))
        return NOTHING
    family = Family(distance_weight, distance_factor, distance_ses_ratio, result_weight, peer_weight, ses_ratio,
                    word_of_mouth_sd, table_error_sd, result_spread, taste_sd, own_judgement,
                    grapevine_prior, selective_uptake, closure_weight)  # fmt: skip
    fsm = share_by_school(system.pupils.school, system.pupils.fsm, len(system.schools))
    for round_ in system.rounds:
        round_.lists = lists_of(system, draws, round_, fsm, family, int(candidate_count[_phase(round_)]))
        ids = system.pupils.id[round_.pupils]
        round_.lists[draws.event(ids, single_choice_share, "names one school"), 1:] = -1
        first = round_.position(round_.lists[:, :1])[:, 0]
        system.pupils.first_preference[round_.pupils] = np.where(first < 0, -1, round_.schools[first])
    return NOTHING


def ask_neighbours(system: SchoolSystem, draws: Draws, asked: int) -> None:
    """Lists of those who look for another school in mid-year: where children of neighbours like them go."""
    for round_ in system.rounds:
        named = schools_of_neighbours(system.pupils, round_.pupils, asked, system.term_index, draws)
        round_.lists = kernel("hearsay").columns_of(named, round_.distance, round_.positions(), round_.schools)


def lists_of(
    system: SchoolSystem, draws: Draws, round_: TransferRound, fsm: np.ndarray, family: Family, considered: int
) -> np.ndarray:
    """The lists that the families of a round write, positions in its schools [n, lines], -1 after the last."""
    ses = np.clip(system.pupils.ses[round_.pupils], -2.0, 2.0).astype(float)
    schools, own = round_.schools, family.own_judgement
    per_km = own * family.distance_weight[_phase(round_)] * family.distance_factor
    heard = round_.heard
    if heard is None:
        heard = heard_of(system.pupils, round_, family.grapevine_prior, round_.year_group)
    known = heard + heard_given_pass(round_, family.selective_uptake)
    return kernel("preferences").rank(
        round_.offered(), round_.positions(), known,
        system.pupils.id[round_.pupils], system.schools.id[schools],
        per_km * family.distance_ses_ratio ** (-ses / 2),
        own * family.result_weight * 10 * family.result_spread * family.ses_ratio ** (ses / 2),
        _by_position(ses, family.word_of_mouth_sd), _by_position(ses, family.table_error_sd),
        system.schools.reputation[schools].astype(float),
        standing(system.schools.published_result, schools)[schools].astype(float),
        -own * family.peer_weight * 10 * fsm[schools] - family.closure_weight * system.schools.may_close[schools],
        family.taste_sd, min(considered, round_.distance.shape[1]),
        int(system.levers["admissions.preference_count"]),
        draws.key("weighs schools"),
    )  # fmt: skip


def standing(result: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Results [J] in SD between the schools `among`; NaN where a school has none."""
    known = result[among]
    known = known[np.isfinite(known)]
    spread = known.std() if len(known) > 1 else 0.0
    if spread == 0:
        return np.where(np.isfinite(result), 0.0, np.nan)
    return (result - known.mean()) / spread


def _phase(round_: TransferRound) -> int:
    return int(round_.year_group >= FIRST_SECONDARY_YEAR)


def _by_position(ses: np.ndarray, low_and_high: list[float]) -> np.ndarray:
    """A value between that of families one SD below and one SD above, on a log scale [n]."""
    low, high = low_and_high
    return low * (high / low) ** ((np.clip(ses, -1.0, 1.0) + 1.0) / 2.0)
