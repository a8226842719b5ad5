"""M31, a process: pupils who see that something comes of what they say learn more; being asked alone does nothing."""

import numpy as np
import pytest

from tests.mechanisms.heads import apart, learnt, other, pairs
from tests.mechanisms.on_and_off import at_end, sure

HEARD, TOKEN, NEVER_ASKED = other(voice=0.9), other(voice=0.1), other(voice=0.0)
SLOPE = "participation.voice_slope"


def found(rule, **more):
    return np.array([apart(learnt(*pair)) for pair in pairs("M31", rule, **more)])


def test_pupils_who_are_heard_know_more():
    assert sure(found(HEARD)) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "pupil_voice", turned=("token_below",)) | {SLOPE: at_end(end, "participation")[SLOPE]}
    assert sure(found(HEARD, parameters=ends)) > 2


def test_token_voice_is_worth_no_more_than_none():
    assert (found(TOKEN) == found(NEVER_ASKED)).all()


def test_where_pupils_are_not_heard_they_know_less():
    assert sure(found(TOKEN)) < -2
