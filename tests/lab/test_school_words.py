"""What is said of one school, and that nothing is said which its runs do not support."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.digest import Digest
from schoolsim.lab.school_words import about_school
from schoolsim.lab.verdicts import Verdict
from tests.lab import invented

OTHERS = ("neighbourhood-allocation", "open-enrolment-without-tables")


@pytest.fixture(scope="module")
def digest():
    return Digest.of(invented.metrics(3, 5), invented.schools(3, 1), invented.manifest())


def runs(shift=0.0, replicates=5, **columns):
    """A school in some runs of every regime; in year 5 the first alternative has `shift` pupils more."""
    rows = [
        {"regime": regime, "year": year, "replicate": replicate, "phase": "secondary", "places": 900,
         "roll": 800 + 10 * replicate + (shift + replicate) * (regime == OTHERS[0]) * (year > 0),
         "fsm6_share": 0.3, "attainment_true": -0.1, "attainment_measured": -0.12} | columns
        for regime in ("stand-still", *OTHERS)
        for year in (0, 5)
        for replicate in range(replicates)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def said(digest, frame, year=5):
    return [str(sentence) for sentence in about_school(digest, frame)[year]]


def test_a_school_is_told_with_the_spread_over_its_runs(digest):
    first, second, *_ = said(digest, runs())
    assert first == (
        "In year 5 under stand-still it has 820 pupils (800 to 840 over 5 runs) on 900 places; "
        "30.0% (30.0 to 30.0 over 5 runs) are disadvantaged (FSM6)."
    )
    assert "-0.10 SD (-0.10 to -0.10 over 5 runs)" in second and "measured it is -0.12 SD" in second


def test_a_difference_is_told_with_its_interval_where_the_runs_show_it(digest):
    sentence = about_school(digest, runs(shift=60))[5][2]
    assert sentence.kind is Verdict.DIFFERENT and sentence.regime == OTHERS[0]
    assert "its roll is 62 pupils larger than under stand-still [60 to 64] (5 of 5 paired runs agree)" in str(sentence)
    assert "No difference is shown in share of disadvantaged pupils (FSM6) [0.0 to 0.0 points]" in str(sentence)


def test_fewer_pupils_are_called_fewer(digest):
    assert "62 pupils smaller" not in said(digest, runs(shift=60))[2]
    assert "58 pupils smaller than under stand-still [56 to 60]" in said(digest, runs(shift=-60))[2]


def test_what_may_be_luck_is_not_called_a_difference(digest):
    frame = runs()
    luck = np.where((frame["regime"] == OTHERS[0]) & (frame["replicate"] % 2 == 0), 90, -60)
    sentence = about_school(digest, frame.assign(roll=frame["roll"] + luck))[5][2]
    assert sentence.kind is Verdict.NONE and "no difference is shown from stand-still in roll [" in str(sentence)


def test_one_run_shows_no_difference_at_all(digest):
    sentence = about_school(digest, runs(shift=60, replicates=1))[5][2]
    assert sentence.kind is Verdict.UNKNOWN and "fewer than two runs" in str(sentence)


def test_before_the_regimes_start_nothing_is_compared(digest):
    *level, last = said(digest, runs(shift=60), year=0)
    assert level[0].startswith("At the start it has 820 pupils")
    assert last == "No regime has started yet: all are the same."


def test_what_is_not_known_of_a_school_is_left_out(digest):
    told = said(digest, runs(attainment_true=np.nan, attainment_measured=np.nan))
    assert not any("attainment" in sentence for sentence in told)


def test_a_year_that_nobody_recorded_is_said_to_be_unknown(digest):
    assert said(digest, runs(), year=3)[0] == "Nothing is recorded of this school in year 3."
