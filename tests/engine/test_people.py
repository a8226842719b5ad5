"""One pupil and one teacher as objects: windows on rows, with the people around them."""

import numpy as np
import pytest

from schoolsim.agents import Pupil, Teacher


@pytest.fixture
def pupil(town):
    pupils = town.system.pupils
    return Pupil(town.system, pupils.id[np.flatnonzero(pupils.year_group == 8)[0]])


def test_a_pupil_is_what_the_table_says_at_the_moment(town, pupil):
    assert pupil.attendance == town.system.pupils.attendance[pupil.row]
    assert pupil.of_school.row == pupil.school


def test_a_pupil_sits_in_a_class_for_every_subject_and_each_has_its_teacher(pupil):
    assert len(pupil.classes) == 8
    assert set(pupil.classes.get("year_group")) == {8}
    assert set(pupil.teachers.get("school")) == {pupil.school}


def test_classmates_sit_in_the_same_class_and_are_others(town, pupil):
    mates = pupil.classmates
    assert pupil.row not in mates.index and len(mates) > 5
    assert (mates.get("class_group")[:, 0] == pupil.class_group[0]).all()


def test_a_teacher_teaches_those_who_sit_in_the_classes(town, pupil):
    teacher = Teacher(town.system, pupil.teachers.get("id")[0])
    assert pupil.row in teacher.pupils.index
    assert set(teacher.classes.get("teacher")) == {teacher.row}
    assert teacher.of_school.label == pupil.of_school.label


def test_who_is_not_there_is_not_made_up(town):
    with pytest.raises(KeyError, match="no -5 in the table of pupils"):
        Pupil(town.system, -5)
    with pytest.raises(KeyError, match="no -5 in the table of teachers"):
        Teacher(town.system, -5)


def test_a_person_cannot_be_written(pupil):
    with pytest.raises(ValueError, match="read-only"):
        pupil.attainment[0] = 3.0
