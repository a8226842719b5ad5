"""What change costs before it settles."""

import numpy as np
import pytest

from tests.little import Little

HOW = {"of_agreeing": 1.0, "settling": 0.4, "coaching": 0.5, "cost": 0.03, "usual_upheaval": [0.0, 0.0]}


def school(change=0.0, before=0.0, agreed=0.0, agreed_before=0.0, hours=0.0, advocacy=0.0):
    built = np.zeros((1, 9))
    built[0, 2] = advocacy
    system = Little(
        levers={"professional_learning.together_hours": hours},
        schools={"id": [0], "phase": [1], "upheaval": [before], "agreed_share": [agreed],
                 "agreed_before": [agreed_before], "built": built},
        heads={"id": [1], "change": [change]},
    )  # fmt: skip
    return system.lives("upheaval", **HOW).schools


def test_change_is_felt_at_once_and_settles_over_years():
    assert school(change=0.5).upheaval_cost == pytest.approx([0.015])
    assert school(before=0.5).upheaval == pytest.approx([0.5 * np.exp(-0.4)])


def test_coaching_shortens_it_the_more_so_where_the_head_stands_behind_it():
    assert school(before=1.0, hours=10).upheaval == pytest.approx([np.exp(-0.9)])
    assert school(before=1.0, hours=10, advocacy=1.0).upheaval == pytest.approx([np.exp(-1.4)])


def test_what_is_newly_agreed_on_is_change_once():
    first = school(agreed=0.4, agreed_before=0.1)
    assert first.upheaval == pytest.approx([0.3])
    assert first.agreed_before == pytest.approx([0.4])
    assert school(agreed=0.4, agreed_before=0.4).upheaval == pytest.approx([0.0])


def test_classes_lose_by_it():
    rows = {"id": [1], "school": [0], "subject": [0]}
    system = Little(schools={"id": [0], "phase": [1], "upheaval_cost": [0.02]}, classes=rows)
    assert system.lives("teaching").classes.teaching_effect == pytest.approx([-0.02])
