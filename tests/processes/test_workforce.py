"""Who teaches: the same people next year, but for those who leave and those hired."""

import numpy as np
import pytest

from tests.little import Little

STAY = {"leaving_chance": [0.0, 0.0], "retirement_age": 999, "specialists_short": [0.0] * 9}
LOST = {"moving_share": [0.0, 0.0]}
"""Those who leave are gone: none looks for a post around here."""


def school(pupils=60, year_group=8, **values):
    """One school of so many pupils in one year group, after its teachers have been hired."""
    rows = {"id": np.arange(pupils), "year_group": [year_group] * pupils, "school": [0] * pupils}
    return Little(pupils=rows, schools={"id": [0]}).lives("workforce", **(STAY | values))


def next_year(system, **values):
    system.state.elapsed = system.elapsed = system.elapsed + 1
    system.flows.clear()
    return system.lives("workforce", **values)


def people(system):
    """Everything about the teachers but age and experience, by id."""
    table = system.teachers
    rows = zip(table.school.tolist(), table.subject.tolist(), table.quality.tolist(), strict=True)
    return dict(zip(table.id.tolist(), rows, strict=True))


def test_a_teacher_who_stays_is_the_same_person_next_year():
    system = school(600)
    before = people(system)
    after = people(next_year(system, leaving_chance=[0.3, 0.3]))
    stayed = before.keys() & after.keys()
    assert 0 < len(stayed) < len(before)
    assert {name: before[name] for name in stayed} == {name: after[name] for name in stayed}


def test_everybody_is_a_year_older_and_more_experienced():
    system = school()
    age, experience = system.teachers.age.copy(), system.teachers.experience.copy()
    next_year(system)
    assert (system.teachers.age == age + 1).all()
    assert (system.teachers.experience == experience + 1).all()


def test_a_secondary_department_has_a_teacher_for_every_five_classes():
    system = school(28 * 6)
    assert np.bincount(system.teachers.subject).tolist() == [2] * 8


def test_a_primary_has_one_teacher_a_class():
    system = school(61, year_group=3)
    assert system.teachers.subject.tolist() == [-1, -1, -1]


def test_departments_let_go_when_classes_are_fewer_and_hire_when_they_are_more():
    system = school(28 * 11)
    system.pupils.keep(np.arange(28 * 11) < 28 * 6)
    assert next_year(system).flows["made redundant"] == 8
    assert len(system.teachers) == 16
    assert next_year(system).flows == {"resigned": 0, "moved": 0, "retired": 0, "made redundant": 0, "hired": 0}


def test_those_let_go_do_not_include_those_who_leave_anyway():
    system = school(28 * 11)
    system.pupils.keep(np.arange(28 * 11) < 28 * 6)
    next_year(system, leaving_chance=[1.0, 1.0], **LOST)
    assert (system.flows["resigned"], system.flows["made redundant"], system.flows["hired"]) == (24, 0, 16)


def test_as_many_leave_as_the_chance_says_and_are_replaced():
    system = school(28 * 5 * 50)
    size = len(system.teachers)
    flows = next_year(system, leaving_chance=[0.0, 0.13], **LOST).flows
    assert flows["resigned"] / size == pytest.approx(0.13, abs=0.05)
    assert flows["hired"] == flows["resigned"]


def test_a_higher_chance_of_leaving_only_adds_leavers():
    few, many = (set(people(next_year(school(2000), leaving_chance=[0, chance], **LOST))) for chance in (0.1, 0.3))
    assert set(people(school(2000))) & many < few


def test_class_teachers_and_subject_teachers_leave_by_their_own_chance():
    assert next_year(school(300, year_group=3), leaving_chance=[0.0, 1.0]).flows["resigned"] == 0
    assert next_year(school(300, year_group=8), leaving_chance=[0.0, 1.0]).flows["hired"] > 0


def test_teachers_retire_at_the_age_of_retirement():
    system = school()
    oldest = system.teachers.age.max()
    flows = next_year(system, retirement_age=int(oldest) + 1).flows
    assert flows["retired"] == flows["hired"] > 0
    assert system.teachers.age.max() <= oldest


def test_those_hired_are_a_fair_draw_of_the_nations_teachers():
    quality = school(28 * 5 * 300).teachers.quality
    assert len(quality) > 2000
    assert (quality.mean(), quality.std()) == pytest.approx((0, 1), abs=0.07)


def test_new_graduates_are_young_and_have_not_taught():
    teachers = school(28 * 5 * 50, new_graduate_share=1.0).teachers
    assert (teachers.experience == 0).all()
    assert 22 <= teachers.age.min() < teachers.age.max() < 28


def test_others_hired_bring_the_years_they_taught_and_nobody_taught_as_a_child():
    teachers = school(28 * 5 * 50, new_graduate_share=0.0).teachers
    assert 4 < teachers.experience.mean() < 12
    assert (teachers.age - teachers.experience >= 22).all()


def test_ids_of_teachers_are_unique_and_never_used_again():
    system, seen, hired = school(2000), set(), 0
    for _ in range(8):
        ids = next_year(system, leaving_chance=[0.4, 0.4]).teachers.id.tolist()
        assert len(set(ids)) == len(ids)
        hired += system.flows["hired"]
        seen |= set(ids)
    assert hired > 100
    assert len(seen) >= hired


def two_schools(appeal=(0.0, 0.0), pupils=28 * 5 * 60):
    """Two secondary schools, the first teachers of which have been hired."""
    half = pupils // 2
    rows = {"id": np.arange(2 * half), "year_group": [8] * (2 * half), "school": np.repeat([0, 1], half)}
    schools = {"id": [0, 1], "phase": [1, 1], "appeal": appeal}
    return Little(pupils=rows, schools=schools).lives("workforce", **STAY)


def of_school(system, column):
    return [system.teachers.get(column)[system.teachers.school == row].mean() for row in (0, 1)]


def test_a_school_that_looks_better_gets_better_and_more_experienced_people():
    system = two_schools(appeal=(1.0, -1.0))
    better, worse = of_school(system, "quality")
    older, younger = of_school(system, "experience")
    assert better > worse + 0.3
    assert older > younger + 1


def test_schools_that_look_alike_share_the_nations_teachers_evenly():
    assert np.subtract(*of_school(two_schools(), "quality")) == pytest.approx(0, abs=0.2)


def test_some_of_those_who_leave_turn_up_elsewhere_as_the_same_people():
    system = two_schools()
    before = dict(zip(system.teachers.id.tolist(), system.teachers.school.tolist(), strict=True))
    next_year(system, leaving_chance=[0.0, 0.3], moving_share=[0.0, 1.0])
    after = dict(zip(system.teachers.id.tolist(), system.teachers.school.tolist(), strict=True))
    moved = [name for name in before.keys() & after.keys() if before[name] != after[name]]
    assert len(moved) == system.flows["moved"] > 20
    joined = dict(zip(system.teachers.id.tolist(), system.teachers.joined.tolist(), strict=True))
    assert {joined[name] for name in moved} == {2}


def test_who_would_get_only_the_own_school_stays():
    system = school(2000)
    before = people(system)
    next_year(system, leaving_chance=[0.0, 0.3], moving_share=[0.0, 1.0])
    assert people(system) == before
    assert system.flows["resigned"] == system.flows["moved"] == 0


def test_people_look_elsewhere_and_all_posts_are_filled_still():
    system = two_schools()
    size = len(system.teachers)
    next_year(system, leaving_chance=[0.0, 0.3], moving_share=[0.0, 0.5])
    assert len(system.teachers) == size == len(set(system.teachers.id.tolist()))
    assert system.flows["hired"] == system.flows["resigned"]


def test_who_is_likelier_to_leave_leaves_more():
    system = school(28 * 5 * 50)
    system.put("teachers", leaving_factor=np.where(np.arange(len(system.teachers)) % 2, 2.0, 0.0))
    likely = set(system.teachers.id[1::2].tolist())
    gone = set(people(system)) - set(people(next_year(system, leaving_chance=[0.0, 0.2], **LOST)))
    assert gone and gone <= likely


def test_while_the_past_is_lived_schools_have_staff_for_the_rolls_of_the_start():
    system = school(28)
    system.state.staffed_for = np.tile(np.where(np.arange(12) == 8, 28 * 6, 0), (1, 1))
    assert np.bincount(next_year(system).teachers.subject).tolist() == [2] * 8


SHORT = {"specialists_short": [0.0, 0.5] + [0.0] * 7, "short_factor": 1.0}


def test_where_no_specialist_applies_posts_stay_vacant_or_go_to_others():
    every_post = school(28 * 5 * 80, specialists_short=[0.0] * 9)
    none = school(28 * 5 * 80, taken_by_others=[0.0, 0.0], **SHORT)
    others = school(28 * 5 * 80, taken_by_others=[0.0, 1.0], **SHORT)
    english = len(every_post.teachers) // 8
    assert every_post.schools.vacant_posts.sum() == 0 and every_post.teachers.specialist.all()
    assert none.schools.vacant_posts[0, 1] / english == pytest.approx(0.5, abs=0.15)
    assert len(none.teachers) + none.schools.vacant_posts.sum() == len(every_post.teachers)
    assert (~others.teachers.specialist).sum() / english == pytest.approx(0.5, abs=0.15)
    assert set(others.teachers.subject[~others.teachers.specialist].tolist()) == {0}


def test_a_school_that_looks_worse_has_more_posts_without_a_specialist():
    system = two_schools(appeal=(1.0, -1.0))
    system.put("teachers", leaving_factor=np.full(len(system.teachers), 10.0))
    next_year(system, leaving_chance=[0.0, 0.1], taken_by_others=[0.0, 0.0], specialists_short=[0.2] * 9)
    assert system.schools.vacant_posts[1].sum() > 2 * system.schools.vacant_posts[0].sum() > 0


def test_a_post_that_stays_vacant_is_open_again_next_year():
    system = school(28 * 5 * 80, taken_by_others=[0.0, 0.0], **SHORT)
    vacant = system.schools.vacant_posts.sum()
    next_year(system, **STAY)
    assert system.flows["hired"] == vacant > 0 == system.schools.vacant_posts.sum()
