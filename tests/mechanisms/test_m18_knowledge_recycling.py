"""M18, a process: what is not in words moves only by working together, which pupils of those who learn so show."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure, worlds

HOURS = {kind: f"professional_learning.{kind}_hours" for kind in ("together", "told", "material")}
YEARS, SEEDS = 2, (1, 2, 3)


def only(kind, *off, parameters=None):
    """Thirty hours of one kind and none of the others."""
    return settings(*off, parameters=parameters, levers={name: 0 for name in HOURS.values()} | {HOURS[kind]: 30})


def level(session):
    return outcome(session, "attainment", stage=16, group="all", basis="true")


HEADS = "M22"
"""Off in both of two worlds, since heads make more of hours of working together alone."""


def better_together(*off, parameters=None):
    """What pupils know more at 16 where teachers work together than where they are told, for as long [seeds]."""
    both = (only(kind, HEADS, *off, parameters=parameters) for kind in ("together", "told"))
    return np.subtract(*(each(level, asked, YEARS, SEEDS) for asked in both))


def test_working_together_gives_pupils_more_than_being_told_only_with_it():
    assert sure(better_together() - better_together("M18")) > 2
    assert better_together("M18") == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_it_does_so_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "knowledge_recycling")
    difference = better_together(parameters=ends) - better_together("M18")
    assert (difference > 0).all()
    assert sure(difference) > 2


def test_pupils_know_less_for_what_words_cannot_carry():
    assert sure(each(level, settings("M18")) - each(level)) > 2


def test_those_whose_practice_others_take_over_gain_by_it_only_with_it():
    def gained(session):
        return session.system.teachers.returned.max()

    assert (each(gained) > 0.005).all()
    assert (each(gained, settings("M18")) == 0).all()


def test_teachers_of_a_nation_that_carries_on_stand_still_with_it():
    assert np.mean([world.system.teachers.practice.mean() for world in worlds()]) == pytest.approx(0, abs=0.05)
