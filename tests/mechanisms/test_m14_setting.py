"""M14, a process: higher sets get the teachers thought better, and those who began higher pull away in set subjects."""

import numpy as np
import pytest

from schoolsim.rules.scale import SUBJECTS
from tests.mechanisms.on_and_off import at_end, each, settings, sure, worlds

OFF = settings("M14")
SEEDS = tuple(range(1, 7))
SET = [SUBJECTS.index(name) for name in ("english", "maths", "science")]
MIXED = [SUBJECTS.index(name) for name in ("arts", "technology", "physical_education")]
CORNERS = {"modes": settings(), "all low": settings(parameters=at_end(0, "setting")),
           "all high": settings(parameters=at_end(1, "setting"))}  # fmt: skip


def pulls_away(session):
    """Months in years 9 to 11 for each month of tests at 11, in subjects in sets less in those in mixed classes:
    teaching and learning lie between."""
    pupils = session.system.pupils
    rows = pupils.year_group >= 9
    before = pupils.measured_11[rows].mean(axis=1)
    known = np.isfinite(before)
    apart = pupils.attainment[rows][:, SET].mean(axis=1) - pupils.attainment[rows][:, MIXED].mean(axis=1)
    return np.polyfit(before[known], apart[known], 1)[0]


@pytest.mark.parametrize("corner", CORNERS)
def test_those_who_began_higher_pull_away_in_subjects_with_sets(corner):
    assert sure(each(pulls_away, CORNERS[corner], seeds=SEEDS) - each(pulls_away, OFF, seeds=SEEDS)) > 2


def test_they_are_held_back_where_the_best_are_given_the_lowest_sets():
    turned = settings(levers={"setting.teachers_to_top": -0.7})
    assert sure(each(pulls_away, turned, years=3) - each(pulls_away, years=3)) < -2


def test_without_it_teachers_are_rated_alike_and_sets_get_them_by_lot():
    def tie(session):
        classes, teachers = session.system.classes, session.system.teachers
        rows = classes.set_rank > 0
        return np.corrcoef(classes.set_rank[rows], teachers.quality[classes.teacher[rows]])[0, 1]

    assert abs(each(tie, OFF, seeds=SEEDS).mean()) < 0.05
    assert sure(each(tie, seeds=SEEDS)) < -2
    assert all((session.system.teachers.rating == 0).all() for session in worlds(OFF, seeds=SEEDS))
