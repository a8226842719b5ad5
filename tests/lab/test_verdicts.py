"""A verdict only where the interval, as shown, supports it."""

import numpy as np
import pytest

from schoolsim.lab.effects import Effect
from schoolsim.lab.verdicts import GapEffect, Verdict, judge

HALF_DIGIT = 0.005
UP = Effect(mean=0.05, low=0.03, high=0.07, n=10, agree_count=10)
DOWN = UP.mirrored()
FLAT = Effect(mean=0.0, low=-0.02, high=0.02, n=10, agree_count=5)
NARROWER = Effect(before=0.7, after=0.6, mean=-0.1, low=-0.12, high=-0.08, n=10, agree_count=10)
WIDER = Effect(before=0.6, after=0.7, mean=0.1, low=0.08, high=0.12, n=10, agree_count=10)


@pytest.mark.parametrize(
    ("effect", "better", "verdict"),
    [
        (DOWN, "lower", Verdict.BETTER),
        (DOWN, "higher", Verdict.WORSE),
        (UP, "higher", Verdict.BETTER),
        (UP, "", Verdict.DIFFERENT),
        (FLAT, "lower", Verdict.NONE),
        (Effect(mean=0.1, n=1), "lower", Verdict.UNKNOWN),
    ],
)
def test_verdict_follows_the_interval_and_the_better_side(effect, better, verdict):
    assert judge(effect, better, HALF_DIGIT) is verdict


def test_an_effect_whose_interval_touches_zero_when_rounded_is_not_shown():
    assert judge(Effect(mean=0.01, low=0.004, high=0.016, n=10), "higher", HALF_DIGIT) is Verdict.NONE
    assert judge(Effect(mean=0.01, low=0.006, high=0.014, n=10), "higher", HALF_DIGIT) is Verdict.BETTER


@pytest.mark.parametrize(
    ("gap", "behind", "ahead", "verdict"),
    [
        (NARROWER, UP, UP, Verdict.ALL_GAIN),
        (NARROWER, UP, FLAT, Verdict.LEVELLED_UP),
        (NARROWER, UP, DOWN, Verdict.TRADED),
        (NARROWER, FLAT, DOWN, Verdict.LEVELLED_DOWN),
        (NARROWER, DOWN, DOWN, Verdict.LEVELLED_DOWN),
        (NARROWER, FLAT, FLAT, Verdict.NARROWED),
        (WIDER, DOWN, UP, Verdict.PULLED_APART),
        (FLAT, UP, DOWN, Verdict.NONE),
        (Effect(), UP, UP, Verdict.UNKNOWN),
    ],
)
def test_narrowing_is_named_by_who_moved(gap, behind, ahead, verdict):
    assert GapEffect.of(gap, behind, ahead).verdict(HALF_DIGIT) is verdict


def test_levelled_up_needs_a_loss_as_large_as_the_gain_to_be_excluded():
    vague = Effect(mean=-0.02, low=-0.08, high=0.04, n=3)
    assert GapEffect.of(NARROWER, UP, vague).verdict(HALF_DIGIT) is Verdict.NARROWED


def test_levelled_down_needs_a_gain_as_large_as_the_loss_to_be_excluded():
    vague = Effect(mean=0.02, low=-0.04, high=0.08, n=3)
    assert GapEffect.of(NARROWER, vague, DOWN).verdict(HALF_DIGIT) is Verdict.NARROWED


def test_a_gap_in_favour_of_the_group_widens_when_its_lead_grows():
    girls_lead_more = Effect(before=-0.2, after=-0.3, mean=-0.1, low=-0.12, high=-0.08, n=10)
    found = GapEffect.of(girls_lead_more, group=UP, rest=DOWN)
    assert found.verdict(HALF_DIGIT) is Verdict.PULLED_APART
    assert (found.group_is, found.behind, found.ahead) == ("ahead", DOWN, UP)


@pytest.mark.parametrize(("before", "after"), [(0.1, -0.3), (-0.1, 0.3), (0.3, -0.1), (-0.3, 0.1)])
def test_a_gap_that_changes_sides_is_wider_exactly_when_it_is_larger_in_size(before, after):
    found = GapEffect.of(Effect(before=before, after=after, mean=after - before, n=10), FLAT, FLAT)
    assert np.sign(found.gap.mean) == np.sign(abs(after) - abs(before))
