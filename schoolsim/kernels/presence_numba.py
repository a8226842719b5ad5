"""One term of attendance and participation for every pupil, compiled. Twin: `presence_plain`."""

from __future__ import annotations

from math import exp

from numba import njit

from schoolsim.kernels.presence_plain import Absence, TakingPart

__all__ = ["Absence", "TakingPart", "attend", "take_part"]


@njit(cache=True, error_model="numpy")
def attend(attendance, attendance_year, usual, year_group, fsm6, school, climate, trait, risk_weight, unmet, of_needs,
           spell, before, how):  # fmt: skip
    """Sessions attended this term and in the year so far, in place; arguments as in `presence_plain.attend`."""
    half, centre = len(usual) // 2, 0.5 * (how.trait_sd**2 + how.term_sd**2)
    for i in range(len(attendance)):
        log_ratio = how.trait_sd * trait[i] + how.term_sd * spell[i] - centre
        log_ratio += climate[school[i]] + risk_weight[i] * of_needs[unmet[i]]
        absence = min(usual[year_group[i] + half * fsm6[i]] * exp(log_ratio), how.highest)
        attendance[i] = 1.0 - absence
        attendance_year[i] = (before * attendance_year[i] + attendance[i]) / (before + 1)


@njit(cache=True, error_model="numpy")
def take_part(participation, presence_effect, attendance, norm, year_group, school, ties, trait, ses, risk_weight,
              unmet, count, ambition_effect, home_distance, expected_short, engagement_lost, terms_since_move, mood,
              how):  # fmt: skip
    """Participation, and the growth that engaged time gives, in place; arguments as in `presence_plain.take_part`."""
    usual_share = how.typical_share - how.usual_loss
    for i in range(len(participation)):
        usual = norm[year_group[i]]
        share = how.typical_share + how.trait_sd * trait[i] + how.ses_slope * ses[i] + how.term_sd * mood[i]
        share += how.missed_slope * (attendance[i] - usual)
        share -= how.need_cost * (risk_weight[i] * count[unmet[i]] - how.usual_unmet)
        share += ambition_effect[i] - how.distance_cost * (home_distance[i] - 1.0)
        share += ties[max(school[i], 0)] - how.expectation_slope * expected_short[i] - engagement_lost[i]
        since = terms_since_move[i]
        if since < how.forgotten:
            share -= how.unsettled_loss * how.unsettled_keeps**since
        participation[i] = min(max(share, 0.0), 1.0)
        engaged = attendance[i] * participation[i]
        if since == 0:
            engaged *= 1.0 - how.lost_between_schools
        presence_effect[i] = how.growth_per_engaged_year * (engaged - usual * usual_share)
