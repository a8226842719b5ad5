"""Classes and sets: who sits with whom, and in front of which teacher."""

import numpy as np
import pytest

from schoolsim.rules.scale import SUBJECTS
from tests.little import Little

MATHS, ARTS = SUBJECTS.index("maths"), SUBJECTS.index("arts")
STAY = {"leaving_chance": [0.0, 0.0], "retirement_age": 999, "specialists_short": [0.0] * 9}


def school(size=2, subjects=3, **pupils):
    """One school whose classes hold `size` pupils, with `subjects` taught in sets and the teachers it needs."""
    count = len(pupils["id"])
    schools = {"id": [0, 1], "phase": [1, 1], "first_year": [0, 0], "last_year": [11, 11]}
    usual = {"school": [0] * count}
    system = Little(pupils=usual | pupils, schools=schools, levers={"setting.subjects": subjects})
    system.values["classes"]["class_size"] = [size, size]
    return system.lives("workforce", **STAY).lives("classes")


def known(*months):
    """Results at 11 of pupils whose three subjects are all the same."""
    return [[value] * 3 for value in months]


def companions(system, subject):
    """Pupils by class in a subject, as sets of ids."""
    group = system.pupils.class_group[:, subject]
    return {frozenset(system.pupils.id[group == row].tolist()) for row in set(group[group >= 0])}


def teacher_of(system, subject):
    """The teacher's id by pupil in a subject."""
    return system.classes.teacher_id[system.pupils.class_group[:, subject]].tolist()


def next_year(system, **columns):
    """The same school a year on, after workforce and classes."""
    system.state.elapsed = system.elapsed = system.elapsed + 1
    system.put("pupils", year_group=system.pupils.year_group + 1, **columns)
    return system.lives("workforce", **STAY).lives("classes")


def test_the_top_set_has_the_highest_prior_attainment():
    system = school(id=[1, 2, 3, 4], year_group=[8] * 4, measured_11=known(5, -9, 20, 1))
    assert companions(system, MATHS) == {frozenset({3, 1}), frozenset({2, 4})}
    assert system.classes.set_rank[system.pupils.class_group[:, MATHS]].tolist() == [1, 2, 1, 2]


def test_sets_go_by_the_latest_test():
    at_14 = np.full((4, 8), np.nan)
    at_14[:, MATHS] = [1, 2, 3, 4]
    system = school(id=[1, 2, 3, 4], year_group=[10] * 4, measured_11=known(4, 3, 2, 1), measured_14=at_14)
    assert companions(system, MATHS) == {frozenset({3, 4}), frozenset({1, 2})}


def test_a_pupil_without_a_result_is_set_as_if_at_the_norm():
    system = school(id=[1, 2, 3, 4], year_group=[8] * 4, measured_11=known(5, -9, np.nan, 1))
    assert companions(system, MATHS) == {frozenset({1, 4}), frozenset({2, 3})}


def test_subjects_not_set_are_taught_in_mixed_forms_that_keep_together():
    ids = np.arange(60)
    system = school(size=30, id=ids, year_group=[8] * 60, measured_11=known(*ids))
    forms = {frozenset(group) for group in companions(system, ARTS)}
    assert companions(system, SUBJECTS.index("technology")) == forms
    assert (system.classes.set_rank[system.pupils.class_group[:, ARTS]] == 0).all()
    ability = [np.mean(list(form)) for form in forms]
    assert abs(ability[0] - ability[1]) < 12


def test_the_lever_says_how_many_subjects_are_set():
    system = school(subjects=8, id=[1, 2, 3, 4], year_group=[8] * 4, measured_11=known(5, -9, 20, 1))
    assert all(companions(system, subject) == {frozenset({3, 1}), frozenset({2, 4})} for subject in range(8))


def test_a_primary_class_is_one_class_for_all_subjects():
    system = school(id=[1, 2, 3], year_group=[3] * 3)
    group = system.pupils.class_group
    assert (group[:, 0] == group[:, 1]).all()
    assert (group[:, 0] == group[:, 2]).all()
    assert (group[:, 3:] == -1).all()
    assert system.classes.subject.tolist() == [-1, -1]


def test_primary_classes_keep_together_from_year_to_year():
    system = school(size=3, id=[1, 2, 3, 4, 5, 6], year_group=[3] * 6)
    before = companions(system, 0)
    assert companions(next_year(system), 0) == before


def test_no_class_is_larger_than_allowed_and_classes_are_even():
    system = school(size=28, id=np.arange(90), year_group=[9] * 90)
    sizes = np.bincount(system.pupils.class_group[:, ARTS])
    assert sorted(sizes[sizes > 0].tolist()) == [22, 22, 23, 23]


def test_a_class_holds_pupils_of_its_own_school_year_and_subject():
    ids = np.arange(40)
    system = school(size=5, id=ids, year_group=ids % 12, school=ids % 2)
    for subject in range(8):
        group = system.pupils.class_group[:, subject]
        taught, rows = system.classes, group >= 0
        assert (taught.school[group[rows]] == system.pupils.school[rows]).all()
        assert (taught.year_group[group[rows]] == system.pupils.year_group[rows]).all()
        assert set(taught.subject[group[rows]]) <= {subject, -1}


def test_whoever_has_no_school_sits_in_no_class():
    system = school(id=[1, 2], year_group=[8, 8], school=[0, -1])
    assert (system.pupils.class_group[1] == -1).all()


def test_every_class_is_taught_by_somebody_of_its_department():
    system = school(id=np.arange(12), year_group=[8] * 12)
    classes, teachers = system.classes, system.teachers
    assert (teachers.school[classes.teacher] == classes.school).all()
    assert (teachers.subject[classes.teacher] == classes.subject).all()
    assert (teachers.id[classes.teacher] == classes.teacher_id).all()


def test_classes_are_dealt_round_so_that_nobody_has_all():
    system = school(id=np.arange(24), year_group=[8] * 24)
    load = np.bincount(system.classes.teacher, minlength=len(system.teachers))
    assert load.max() - load.min() <= 1


def test_a_class_without_any_teacher_says_so():
    pupil, only = {"id": [1], "year_group": [8], "school": [0]}, {"id": [77], "school": [0], "subject": [ARTS]}
    system = Little(pupils=pupil, schools={"id": [0]}, teachers=only).lives("classes")
    assert system.classes.teacher_id.tolist() == [77 if subject == ARTS else -1 for subject in range(8)]
    assert system.classes.teacher[MATHS] == -1


@pytest.mark.parametrize(("year", "kept"), [(10, True), (8, False)])
def test_year_11_keeps_its_classes_and_its_teachers_of_year_10(year, kept):
    system = school(id=np.arange(24), year_group=[year] * 24, measured_11=known(*range(24)))
    before, teachers = companions(system, MATHS), teacher_of(system, MATHS)
    reshuffled = np.zeros((24, 8))
    reshuffled[:, MATHS] = np.arange(24) * 5 % 24
    next_year(system, measured_14=reshuffled)
    assert (companions(system, MATHS) == before) is kept
    assert (teacher_of(system, MATHS) == teachers) is kept


def test_year_11_gets_a_new_teacher_where_the_old_one_has_left():
    system = school(id=np.arange(24), year_group=[10] * 24, measured_11=known(*range(24)))
    before = np.array(teacher_of(system, MATHS))
    gone = before[0]
    system.teachers.keep(system.teachers.id != gone)
    after = np.array(teacher_of(next_year(system), MATHS))
    assert gone not in after
    assert (after[before != gone] == before[before != gone]).all()


def test_a_class_keeps_its_name_as_long_as_its_cohort_is_there():
    system = school(id=[1, 2, 3, 4], year_group=[8] * 4)
    before = set(system.classes.id.tolist())
    assert set(next_year(system).classes.id.tolist()) == before
    assert len(before) == len(system.classes)


def test_half_the_classes_have_no_teacher_where_half_the_posts_are_vacant():
    system = school(id=np.arange(28 * 6), year_group=[8] * 28 * 6)
    vacant = np.zeros((1, 9), np.int8)
    vacant[0, 3] = (system.teachers.subject == 2).sum()
    taught = system.put("schools", vacant_posts=vacant).lives("classes").classes.teacher >= 0
    assert taught[system.classes.subject == 2].mean() == pytest.approx(0.5, abs=0.1)
    assert taught[system.classes.subject != 2].all()
