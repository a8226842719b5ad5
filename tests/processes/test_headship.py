"""Who leads each school, who leaves, and who comes."""

import numpy as np
import pytest

from schoolsim.processes import headship
from tests.little import Little

STAYS = {"leaving_chance": [0.0001, 0.0001]}


def schools(count=4000, phase=1, elapsed=5, levers=None, **heads):
    """Schools with a head each, or none yet."""
    rows = {"id": np.zeros(count)} | heads
    return Little(
        elapsed=elapsed, levers=levers, schools={"id": np.arange(count), "phase": [phase] * count}, heads=rows
    )  # fmt: skip


def in_post(count=4000, **heads):
    usual = {"id": np.arange(count) + 1, "age": [45] * count, "joined": [0] * count, "experience": [3] * count}
    return schools(count, **(usual | heads))


def test_every_school_gets_a_head_of_its_own():
    heads = schools().lives("headship").heads
    assert len(np.unique(heads.id)) == 4000 and (heads.id > 0).all()
    assert heads.skill.mean() == pytest.approx(0, abs=0.05) and heads.skill.std() == pytest.approx(1, abs=0.05)
    assert np.bincount(heads.view) / 4000 == pytest.approx([0.4, 0.35, 0.25], abs=0.03)


def test_the_first_heads_have_been_there_for_some_years():
    heads = schools().lives("headship").heads
    years = 5 - heads.joined
    assert years.mean() == pytest.approx(1 / 0.105 - 2.5, abs=2.0)
    assert (heads.age < 64).mean() > 0.9


def test_about_as_many_leave_as_is_usual():
    system = in_post()
    before = system.heads.id.copy()
    system.lives("headship", leaving_by_confidence=0.0)
    assert (system.heads.id != before).mean() == pytest.approx(0.105, abs=0.02)
    assert system.flows["head left"] == (system.heads.id != before).sum() == system.flows["head appointed"]


def test_more_leave_under_pressure_and_fewer_who_are_confident():
    pressed = in_post(levers={"accountability.pressure": 3.0}).lives("headship")
    sure = in_post(confidence=[2.0] * 4000).lives("headship", keeps=1.0)
    usual = in_post().lives("headship")
    assert pressed.flows["head left"] > 1.3 * usual.flows["head left"] > 1.3 * sure.flows["head left"]


def test_whoever_is_old_retires_and_whoever_is_sent_away_goes(monkeypatch):
    assert in_post(age=[63] * 4000).lives("headship", **STAYS).flows["head left"] == 4000
    monkeypatch.setattr(headship, "removed_heads", lambda system: system.schools.id < 10)
    assert in_post().lives("headship", **STAYS).flows["head left"] == pytest.approx(10, abs=3)


def test_who_comes_is_new_here():
    heads = in_post(age=[63] * 4000).lives("headship").heads
    assert (heads.joined == 5).all()
    assert heads.age.min() >= 34 and (heads.experience == 0).mean() == pytest.approx(0.8, abs=0.05)


def test_results_better_than_what_the_school_is_known_for_raise_confidence():
    system = Little(
        schools={"id": [0, 1], "phase": [1, 1], "actual_result": [2.0, 1.0]}, heads={"id": [7, 8], "joined": [0, 0]}
    ).lives("headship", keeps=0.5, own_sd=0.0, confidence_by_results=1.0, **STAYS)
    assert system.heads.confidence == pytest.approx([0.5, -0.5])
