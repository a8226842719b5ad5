"""The numpy twin of `presence_numba`, written as the equations read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Absence(NamedTuple):
    """Sizes of what makes pupils miss sessions; units as in `parameters/attendance.yaml`."""

    trait_sd: float
    term_sd: float
    highest: float


class TakingPart(NamedTuple):
    """Sizes of what makes pupils take part; units as in `parameters/participation.yaml`.

    `usual_unmet` is the nation's needs a pupil that nobody meets, `usual_loss` what usual moves cost in participation,
    `forgotten` the terms after which nothing is left of having moved.
    """

    typical_share: float
    trait_sd: float
    ses_slope: float
    missed_slope: float
    expectation_slope: float
    term_sd: float
    growth_per_engaged_year: float
    need_cost: float
    distance_cost: float
    lost_between_schools: float
    unsettled_loss: float
    unsettled_keeps: float
    usual_unmet: float
    usual_loss: float
    forgotten: int


def attend(attendance, attendance_year, usual, year_group, fsm6, school, climate, trait, risk_weight, unmet, of_needs,
           spell, before, how):  # fmt: skip
    """Sessions attended this term and in the year so far, in place.

    Args:
        attendance, attendance_year: shares of sessions, float32 [N]; the second of the year so far.
        usual: absence of others and of disadvantaged pupils by year group, one after the other [24].
        year_group, fsm6, trait, risk_weight: of the pupils, [N].
        school: row of the school [N]; -1, none, takes the last of `climate`.
        climate: log ratio of absence by school [J + 1].
        unmet: code of needs that nobody meets [N], 0 to 7.
        of_needs: log ratio of absence by that code [8].
        spell: the term's luck, standard normal [N].
        before: terms of the year that have passed.
        how: an `Absence`.
    """
    trait, risk_weight, year_so_far = _doubles(trait, risk_weight, attendance_year)
    log_ratio = how.trait_sd * trait + how.term_sd * spell - 0.5 * (how.trait_sd**2 + how.term_sd**2)
    log_ratio += climate.take(school, mode="wrap") + risk_weight * of_needs[unmet]
    half = len(usual) // 2
    absence = np.minimum(usual.take(year_group + half * fsm6, mode="clip") * np.exp(log_ratio), how.highest)
    attendance[:] = 1.0 - absence
    attendance_year[:] = (before * year_so_far + attendance.astype(float)) / (before + 1)


def take_part(participation, presence_effect, attendance, norm, year_group, school, ties, trait, ses, risk_weight,
              unmet, count, ambition_effect, home_distance, expected_short, engagement_lost, terms_since_move, mood,
              how):  # fmt: skip
    """Share of attended time in which pupils take part, and the growth that engaged time gives, in place.

    Args:
        participation: share, float32 [N].
        presence_effect: SD a year above or below the norm of the age, float32 [N].
        attendance, year_group, trait, ses, risk_weight, ambition_effect, home_distance, expected_short,
            engagement_lost, terms_since_move: of the pupils, [N].
        norm: attendance of the nation by year group [12].
        school: row of the school [N]; -1, none, takes the first.
        ties: what close ties with families add, by school [J].
        unmet: code of needs that nobody meets [N].
        count: needs by that code [8].
        mood: the term's luck, standard normal [N].
        how: a `TakingPart`.
    """
    usual, since = norm.take(year_group, mode="clip"), terms_since_move.astype(float)
    attendance, trait, ses, risk_weight, ambition_effect, home_distance, expected_short, engagement_lost = _doubles(
        attendance, trait, ses, risk_weight, ambition_effect, home_distance, expected_short, engagement_lost
    )
    share = how.typical_share + how.trait_sd * trait + how.ses_slope * ses + how.term_sd * mood
    share += how.missed_slope * (attendance - usual)
    share -= how.need_cost * (risk_weight * count[unmet] - how.usual_unmet)
    share += ambition_effect - how.distance_cost * (home_distance - 1.0)
    share += ties.take(school, mode="clip") - how.expectation_slope * expected_short - engagement_lost
    share -= np.where(since < how.forgotten, how.unsettled_loss * how.unsettled_keeps**since, 0.0)
    participation[:] = np.clip(share, 0.0, 1.0)
    engaged = attendance * participation.astype(float) * np.where(since == 0, 1.0 - how.lost_between_schools, 1.0)
    presence_effect[:] = how.growth_per_engaged_year * (engaged - usual * (how.typical_share - how.usual_loss))


def _doubles(*columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """Columns as the compiled kernel reckons with them: with as many digits as there are."""
    return tuple(column.astype(float) for column in columns)
