"""What schools come to mean by inclusion."""

import numpy as np
import pytest

from tests.little import Little


def school(view, held=(1 / 3, 1 / 3, 1 / 3), posts=0.0, **values):
    system = Little(
        schools={"id": [0], "view_held": [held], "inclusion_posts": [posts]}, heads={"id": [1], "view": [view]}
    )  # fmt: skip
    return system.lives("inclusion", **({"taking_over": 0.3, "posts_growth": 0.2} | values)).schools


def test_a_school_moves_towards_its_head_s_view():
    assert school(1, held=(1, 0, 0)).view_held[0] == pytest.approx([0.7, 0.3, 0.0])


def test_posts_for_another_view_slow_it():
    assert school(1, held=(1, 0, 0), posts=1.0).view_held[0] == pytest.approx([0.85, 0.15, 0.0])


def test_posts_grow_while_head_and_school_agree_and_fall_away_where_they_do_not():
    assert school(0, held=(1, 0, 0)).inclusion_posts == pytest.approx([0.2])
    assert school(1, held=(1, 0, 0), posts=1.0).inclusion_posts == pytest.approx([0.8])


def needs_met(held, **values):
    """Share of a thousand pupils in need whom services of the school reach."""
    system = Little(
        pupils={"id": np.arange(3000), "school": [0] * 3000, "needs": [128 + 7] * 3000},
        schools={"id": [0], "view_held": [held]}, heads={"id": [1]},
    )  # fmt: skip
    met = system.lives("barriers", met_by_view=0.6, **values).pupils
    return (met.needs_met > 0).sum() / (met.needs > 128).sum()


def test_where_barriers_are_taken_away_more_needs_are_met():
    assert needs_met((0, 1, 0)) > 1.2 * needs_met((1, 0, 0))
