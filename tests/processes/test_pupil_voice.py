"""Whether anything comes of what pupils say."""

import pytest

from tests.little import Little

HOW = {"token_below": 0.2, "usual_heard": 0.25, "growth": 0.5}


def known(voice, before=0.0):
    system = Little(schools={"id": [0], "pupil_voice": [before]}, heads={"id": [1], "voice": [voice]})
    return float(system.lives("pupil_voice", **HOW).schools.pupil_voice[0])


def test_pupils_learn_over_years_that_they_are_heard():
    assert known(1.0) == pytest.approx(0.375)
    assert known(1.0, before=0.375) == pytest.approx(0.5625)


def test_token_voice_is_no_voice():
    assert known(0.2) == known(0.0) == pytest.approx(-0.125)


def test_those_who_are_heard_take_more_part():
    def part(voice):
        pupils = {"id": [1], "school": [0], "year_group": [8], "attendance": [0.95]}
        system = Little(pupils=pupils, schools={"id": [0], "pupil_voice": [voice]})
        return float(system.lives("participation", voice_slope=0.04).pupils.participation[0])

    assert part(0.5) - part(0.0) == pytest.approx(0.02, abs=1e-6)
