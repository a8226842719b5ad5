"""How schools look to those who teach, or might."""

import numpy as np
import pytest

from tests.little import Little

NATION = 0.25
"""About the national share of disadvantaged pupils; tests compare, so it need not be exact."""


def market(poor=(0, 4), experience=(10, 10), reputation=(0.0, 0.0), **values):
    """Two secondary schools of four pupils each, so many of them poor, with a teacher each."""
    fsm6 = np.concatenate([np.arange(4) < count for count in poor])
    system = Little(
        pupils={"id": np.arange(8), "school": np.repeat([0, 1], 4), "year_group": [8] * 8, "fsm6": fsm6},
        schools={"id": [0, 1], "phase": [1, 1], "reputation": reputation},
        teachers={"id": [1, 2], "school": [0, 1], "subject": [0, 0], "experience": experience},
    )
    return system.lives("labour_market", **values)


def test_a_school_of_many_poor_pupils_looks_worse():
    appeal = market(poverty_push=[0.0, 0.1], pull_factor=1.0).schools.appeal
    assert appeal[0] - appeal[1] == pytest.approx(5 * 0.1)  # five steps of twenty points


def test_a_school_as_poor_as_the_nation_and_of_no_reputation_looks_like_any():
    system = market(poor=(1, 1))
    system.national["secondary"]["fsm6"] = NATION
    assert system.lives("labour_market").schools.appeal == pytest.approx([0, 0], abs=1e-6)


def test_a_better_reputation_draws():
    appeal = market(poor=(1, 1), reputation=(1.0, -1.0), reputation_pull=[0.0, 0.2], pull_factor=1.0).schools.appeal
    assert appeal[0] - appeal[1] == pytest.approx(0.4)


def test_primary_schools_draw_by_their_own_weights():
    system = market(reputation_pull=[0.1, 0.2], poverty_push=[0.0, 0.0], reputation=(1.0, 1.0))
    system.put("schools", phase=[0, 1])
    appeal = system.lives("labour_market").schools.appeal
    assert appeal == pytest.approx([0.1, 0.2])


def test_teachers_in_their_first_years_are_likelier_to_leave():
    leaving = market(poor=(1, 1), experience=(4, 5), early_leaving=0.6, early_years=5).teachers.leaving_factor
    assert leaving[0] / leaving[1] == pytest.approx(np.exp(0.6))


def test_the_usual_mix_of_years_leaves_as_often_as_the_nation():
    system = market(poor=(1, 1), experience=(4, 5), early_share=[0.5, 0.5], poverty_leaving=0.0)
    assert system.teachers.leaving_factor.mean() == pytest.approx(1)


def test_teachers_leave_sooner_where_pupils_are_poor():
    leaving = market(poverty_leaving=0.1).teachers.leaving_factor
    assert leaving[1] / leaving[0] == pytest.approx(np.exp(5 * 0.1))
