"""The learning process: what is handed to the equation, and how new subjects begin."""

import numpy as np
import pytest

from schoolsim.places.england import national_shares
from schoolsim.processes.learning import SIGMA
from tests.little import Little

QUIET = {"pupil_luck_sd": [0.0, 0.0], "subject_luck_sd": [0.0, 0.0], "new_subject_sd": 0.0,
         "girls_flow": [[0.0] * 8] * 2, "growth_of_leads": 1.0, "drift_to_own_level": 0.0,
         "poor_depend_more": 0.0}  # fmt: skip


def after(term=1, schools=None, classes=None, values=None, **pupils):
    """True attainment [n, 8] after a term in which nothing happens but what is given."""
    usual = {"year_group": [8] * len(pupils["id"]), "school": [0] * len(pupils["id"])}
    tables = {"schools": schools or {"id": [0]}, "classes": classes or {"id": [0]}}
    system = Little(term=term, pupils=usual | pupils, **tables)
    return system.lives("learning", **(QUIET | (values or {}))).pupils.attainment


def test_presence_and_home_add_to_every_subject():
    found = after(id=[1, 2], home_effect=[0.06, 0], presence_effect=[0.03, 0])
    assert found[0] == pytest.approx([SIGMA[8] / 3 * 0.09] * 8, rel=1e-4)
    assert (found[1] == 0).all()


def test_a_pupil_gains_what_the_own_school_and_year_group_gain():
    cohort = np.zeros((2, 12))
    cohort[1, 8] = 0.02
    found = after(1, {"id": [0, 1], "school_effect": [0, 0.04], "cohort_effect": cohort},
                  id=[1, 2, 3], school=[0, 1, 1], year_group=[8, 8, 9])  # fmt: skip
    assert found[:, 0] == pytest.approx([0, SIGMA[8] / 3 * 0.06, SIGMA[9] / 3 * 0.04], rel=1e-4)


def test_a_subject_gains_what_its_class_gains():
    group = np.full((1, 8), -1)
    group[0, 3] = 1
    found = after(id=[1], class_group=group, classes={"id": [0, 1], "teaching_effect": [0.5, 0.1]})
    assert found[0] == pytest.approx([0, 0, 0, SIGMA[8] / 3 * 0.1, 0, 0, 0, 0], rel=1e-4)


def test_what_a_class_gains_counts_more_for_disadvantaged_pupils_and_once_on_the_whole():
    group = np.zeros((2, 8))
    values = {"poor_depend_more": 0.5}
    classes = {"id": [0], "teaching_effect": [0.4], "cover_effect": [-0.1]}
    found = after(id=[1, 2], fsm6=[False, True], class_group=group, classes=classes, values=values)[:, 0]
    gain = SIGMA[8] / 3 * 0.3
    assert found[1] - found[0] == pytest.approx(gain * 0.5, rel=1e-4)
    poor = national_shares()["secondary"]["fsm6"]
    assert (1 - poor) * found[0] + poor * found[1] == pytest.approx(gain, rel=1e-4)


def test_three_terms_make_the_growth_and_the_drift_of_a_year():
    start = np.array([[10.0, 0, 0, 0, 0, 0, 0, 0]])
    system = Little(pupils={"id": [1], "year_group": [8], "attainment": start}, schools={"id": [0]}, term=1)
    for _ in range(3):
        system.lives("learning", **(QUIET | {"growth_of_leads": 1.015, "drift_to_own_level": 0.1}))
    own = 10 / 8
    assert system.pupils.attainment[0, 0] == pytest.approx(1.015 * (0.9 * 10 + 0.1 * own), rel=1e-4)


def test_girls_gain_on_boys_by_subject():
    flow = [[0.0] * 8, [0.03] + [0.0] * 7]
    found = after(id=[5, 5], female=[True, False], values={"girls_flow": flow})
    assert found[0, 0] - found[1, 0] == pytest.approx(SIGMA[8] / 3 * 0.03, rel=1e-4)
    assert (found[0, 1:] == found[1, 1:]).all()


def test_subjects_first_taught_in_year_7_begin_around_the_pupils_own_mean():
    ids = np.arange(4000)
    start = np.zeros((4000, 8))
    start[:, :3] = [12, 6, 0]
    found = after(0, id=ids, year_group=[7] * 4000, attainment=start, values={"new_subject_sd": 7.0})
    assert (found[:, :3] == start[:, :3]).all()
    assert found[:, 3:].mean(axis=0) == pytest.approx([6] * 5, abs=0.4)
    assert found[:, 3:].std(axis=0) == pytest.approx([7] * 5, rel=0.04)
    assert abs(np.corrcoef(found[:, 3], found[:, 4])[0, 1]) < 0.06


@pytest.mark.parametrize(("term", "year"), [(1, 7), (0, 8), (0, 6)])
def test_new_subjects_begin_in_the_autumn_of_year_7_and_at_no_other_time(term, year):
    found = after(term, id=[1], year_group=[year], attainment=[[12, 6, 0, 1, 1, 1, 1, 1]])
    assert found[0, 3:].tolist() == [1] * 5


def test_the_year_before_secondary_leaves_subjects_not_taught_alone():
    found = after(id=[1], year_group=[6], home_effect=[0.1])
    assert (found[0, :3] > 0).all()
    assert (found[0, 3:] == 0).all()


def test_luck_is_larger_in_secondary_years():
    ids = np.arange(5000)
    sds = {"pupil_luck_sd": [2.6, 6.0]}
    young = after(id=ids, year_group=[4] * 5000, values=sds)[:, 0].std()
    old = after(id=ids, year_group=[9] * 5000, values=sds)[:, 0].std()
    assert (young, old) == pytest.approx((2.6 / 3**0.5, 6.0 / 3**0.5), rel=0.05)
