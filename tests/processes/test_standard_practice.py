"""What a school agrees on, how fast it takes, and whom it pulls where."""

import numpy as np
import pytest

from tests.little import Little


def agreed(practice=(0.0,), wanted=0.5, trust=0.5, before=0.0, words=1.0, subject=0, off=(), **values):
    """A school in autumn whose staff agree on ways of working."""
    count = len(practice)
    system = Little(
        schools={"id": [0], "phase": [1], "staff_trust": [trust], "agreed_share": [before],
                 "carried_by_words": [words]},
        teachers={"id": np.arange(count), "practice": practice, "subject": np.full(count, subject)},
        levers={"standard_practice.share": wanted}, off=off,
    )  # fmt: skip
    return system.lives("standard_practice", **({"largest_step": 0.4, "lift": 0.5} | values))


@pytest.mark.parametrize(("trust", "share"), [(1.0, 0.4), (0.5, 0.2), (0.0, 0.0)])
def test_the_less_trust_the_smaller_the_step(trust, share):
    assert agreed(trust=trust).schools.agreed_share == pytest.approx([share])


def test_nobody_goes_further_than_was_wanted_and_what_is_given_up_goes_in_steps_too():
    assert agreed(before=0.45).schools.agreed_share == pytest.approx([0.5])
    assert agreed(before=0.45, wanted=0).schools.agreed_share == pytest.approx([0.25])


def test_with_full_trust_the_standard_is_above_the_usual_and_the_best_are_left_free():
    effect = agreed([1.0, 0.0], trust=1.0, wanted=0.4).teachers.standard_effect
    assert effect == pytest.approx([0, 0.4 * (0.5 + 0.5 * 0.5)])


def test_without_trust_the_standard_is_the_usual_and_the_best_are_pulled_down():
    effect = agreed([1.0, 0.0], trust=0.0, before=0.4).teachers.standard_effect
    assert effect == pytest.approx([-0.4 * 0.5, 0.4 * 0.5])


def test_only_what_can_be_told_can_be_agreed_on():
    whole, part = (agreed([1.0, 0.0], words=words).teachers.standard_effect for words in (1.0, 0.4))
    assert part == pytest.approx(0.4 * whole)


def test_departments_have_ways_of_their_own():
    effect = agreed([1.0, 0.0], subject=[1, 2], trust=0.0, before=0.4).teachers.standard_effect
    assert effect == pytest.approx([0, 0])


def test_a_school_that_agrees_on_nothing_leaves_all_as_they_are():
    assert agreed([1.0, 0.0], wanted=0).teachers.standard_effect.tolist() == [0, 0]


def test_switched_off_nobody_follows_what_was_agreed_on():
    system = agreed([1.0, 0.0], before=0.4, off=["M17"])
    assert system.schools.agreed_share == 0
    assert system.teachers.standard_effect.tolist() == [0, 0]
