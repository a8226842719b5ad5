"""M12: the quality of teaching matters more to disadvantaged pupils (a process), who get less of it (a pattern)."""

import numpy as np
import pytest

from tests.mechanisms.on_and_off import AS_SHIPPED, at_end, each, outcome, settings, sure, worlds
from tests.mechanisms.test_m20_teacher_labour_market import difference as with_market
from tests.mechanisms.test_m20_teacher_labour_market import lessons

OFF = settings("M12")
SEEDS = (1, 2, 3, 4)


def ends(end):
    path = "learning.poor_depend_more"
    return settings(parameters={path: at_end(end, "learning")[path]})


def slopes(on=AS_SHIPPED):
    """Months gained by M12 for each SD a year that the present class gains, others and disadvantaged [seeds, 2]."""
    pairs = zip(worlds(on, seeds=SEEDS), worlds(OFF, seeds=SEEDS), strict=True)
    return np.array([[_slope(one.system, other.system, poor) for poor in (False, True)] for one, other in pairs])


def _slope(on, off, poor):
    """Of the same primary pupils in the same classes with and without it."""
    gain = on.classes.teaching_effect + on.classes.cover_effect
    same, place = np.isin(on.pupils.id, off.pupils.id), np.argsort(off.pupils.id)
    rows = np.flatnonzero(same & (on.pupils.year_group < 7) & (on.pupils.fsm6 == poor) & (on.pupils.school >= 0))
    twin = place[np.searchsorted(off.pupils.id[place], on.pupils.id[rows])]
    moved = on.pupils.attainment[rows, 0] - off.pupils.attainment[twin, 0]
    return np.polyfit(gain[on.pupils.class_group[rows, 0]], moved, 1)[0]


def test_a_better_class_helps_disadvantaged_pupils_more_than_others():
    others, poor = slopes().T
    assert (poor > 0).all()
    assert sure(poor - others) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["low", "high"])
def test_it_does_so_at_both_ends_of_its_range(end):
    others, poor = slopes(ends(end)).T
    assert sure(poor - others) > 2


def test_the_nation_learns_as_much_with_it_as_without():
    mean = lambda session: outcome(session, "attainment", group="all", stage=11, basis="true")  # noqa: E731
    assert (each(mean, seeds=SEEDS) - each(mean, OFF, seeds=SEEDS)).mean() == pytest.approx(0, abs=0.01)


def test_the_gap_stays_about_what_it_was():
    gap = lambda session: outcome(session, "gap_sd", group="fsm6", stage=16, basis="true")  # noqa: E731
    assert (each(gap, seeds=SEEDS) - each(gap, OFF, seeds=SEEDS)).mean() == pytest.approx(0, abs=0.04)


def test_lessons_add_less_where_pupils_are_poor_with_a_market_of_teachers_and_not_without():
    found = with_market(lessons)
    assert found.mean() < -0.02
    assert sure(found) < -2
