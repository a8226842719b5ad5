"""What words carry, what only working together carries, and what comes home."""

import numpy as np
import pytest

from tests.little import Little


def recycled(learnt=(0.0,), trust=0.5, subject=0, off=(), **values):
    """A school after its summer, whose teachers learnt so much by working together the summer before."""
    count = len(learnt)
    system = Little(
        schools={"id": [0], "phase": [1], "staff_trust": [trust]},
        teachers={"id": np.arange(count), "learnt_together": learnt, "subject": np.full(count, subject)},
        term=2, off=off,
    )  # fmt: skip
    return system.lives("knowledge_recycling", **({"tacit_share": 0.6, "refined_share": 0.5} | values))


def test_words_carry_what_can_be_told_whatever_the_trust():
    assert recycled(trust=0.0).schools.carried_by_words == recycled(trust=1.0).schools.carried_by_words
    assert recycled().schools.carried_by_words == pytest.approx([0.4])


@pytest.mark.parametrize(("trust", "carried"), [(0.0, 0.4), (0.5, 0.7), (1.0, 1.0)])
def test_working_together_carries_the_rest_as_far_as_trust_goes(trust, carried):
    assert recycled(trust=trust).schools.carried_together == pytest.approx([carried])


def test_what_colleagues_took_over_comes_home_to_the_one_they_had_it_from():
    assert recycled([0.0, 0.10, 0.20]).teachers.returned == pytest.approx([0.5 * 0.10, 0, 0])


def test_nothing_comes_home_to_newcomers_who_were_not_there():
    assert recycled([np.nan, 0.0, 0.30]).teachers.returned == pytest.approx([0, 0.5 * 0.10, 0])


def test_nothing_comes_home_from_another_department():
    assert recycled([0.0, 0.10, 0.0], subject=[1, 1, 2]).teachers.returned == pytest.approx([0.5 * 0.05, 0, 0])


def test_switched_off_every_contact_carries_all_and_nothing_comes_home():
    system = recycled([0.0, 0.1], trust=0.0, off=["M18"])
    assert (system.schools.carried_by_words, system.schools.carried_together) == (1, 1)
    assert system.teachers.returned.tolist() == [0, 0]
