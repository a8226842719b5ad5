"""What staff can lead themselves, and which way of leading pays."""

import pytest

from tests.little import Little

PAYS = {"directive_pays": 0.5, "distributed_pays": 0.7, "usual_gain": 0.0}


def school(style, capacity=0.5, trust=0.6, corridors=0.1, practice=0.0, **values):
    system = Little(
        schools={"id": [0], "staff_capacity": [capacity], "staff_trust": [trust]},
        teachers={"id": [1], "school": [0], "practice": [practice]},
        heads={"id": [1], "style": [style], "corridors": [corridors]},
    )  # fmt: skip
    usual = {"growth": 0.0, "usual_trust": 0.6, "usual_corridors": 0.1}
    return system.lives("staff_capacity", **(PAYS | usual | values)).schools


def test_being_told_pays_while_staff_cannot_lead_themselves():
    assert school(0.0, 0.1).style_gain == pytest.approx([0.45])
    assert school(1.0, 0.1).style_gain == pytest.approx([0.07])


def test_sharing_pays_when_they_can():
    assert school(1.0, 0.9).style_gain > school(0.0, 0.9).style_gain


def test_staff_learn_to_lead_where_leadership_is_shared_and_trust_is_there():
    assert school(0.8, growth=0.5).staff_capacity == pytest.approx([0.65])
    assert school(0.8, growth=0.5, trust=0.3).staff_capacity == pytest.approx([0.45])
    assert school(0.8, growth=0.5, practice=0.5).staff_capacity > school(0.8, growth=0.5).staff_capacity


def test_a_head_who_decides_everything_or_is_everywhere_teaches_them_to_wait():
    assert school(0.0, growth=0.5).staff_capacity == pytest.approx([0.25])
    assert school(0.5, growth=0.5, corridors=0.3).staff_capacity < school(0.5, growth=0.5).staff_capacity
