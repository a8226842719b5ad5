"""Lives as timelines: what is told of a pupil, a teacher and a school is what the world's tables held."""

import numpy as np
import pytest

from schoolsim.errors import InputError
from schoolsim.lab.timelines import follow, listed_of, timeline_of
from schoolsim.lab.timelines.telling import check_name
from tests.little import plan

PLAN = plan(years=3)


@pytest.fixture(scope="module")
def world():
    return follow(PLAN, cache=False)


def longest(frame, key):
    return frame[key].value_counts().sort_index().idxmax()


def test_numbers_are_the_same_for_the_same_plan(world):
    again = follow(PLAN, cache=False)
    assert (again.pupils["pupil"].to_numpy() == world.pupils["pupil"].to_numpy()).all()


def test_a_childs_life_has_a_line_for_every_summer_it_is_seen(world):
    pupil = longest(world.pupils, "pupil")
    told = timeline_of("pupil", str(pupil), world)
    assert [year for year, _ in told.years] == [0, 1, 2, 3]
    row = world.pupils[(world.pupils["pupil"] == pupil) & (world.pupils["year"] == 2)].iloc[0]
    assert f"Attends {100 * row['attendance_year']:.0f}%" in told.years[2][1]
    assert str(row["school"]) in told.years[2][1]


def test_what_happened_to_a_child_is_told_in_its_term(world):
    admitted = next(event for event in world.events if event.what == "admitted" and event.year == 2)
    seen = world.pupils[(world.pupils["year"] == 2) & world.pupils["id"].isin(admitted.ids)].iloc[0]
    told = dict(timeline_of("pupil", str(seen["pupil"]), world).years)
    assert "Happened:" in told[2] and "admitted (autumn)" in told[2]


def test_tests_are_told_in_the_summer_they_are_sat(world):
    sat = world.pupils[(world.pupils["year"] == 1) & (world.pupils["year_group"] == 6)].iloc[0]
    told = dict(timeline_of("pupil", str(sat["pupil"]), world).years)
    assert "the tests at 11 show" in told[1]
    assert "the tests" not in told.get(2, "")


def test_a_teacher_who_resigns_is_told_to_and_why(world):
    resigned = np.concatenate([event.ids for event in world.events if event.what == "resigned" and event.year == 2])
    gone = world.teachers[(world.teachers["year"] == 1) & world.teachers["id"].isin(resigned)].iloc[0]
    told = timeline_of("teacher", str(gone["teacher"]), world)
    assert told.years[-1][0] == 1
    assert "Not there next year: resigned." in told.years[-1][1]


def test_a_teachers_classes_hold_all_pupils_of_a_primary(world):
    one = world.teachers[world.teachers["school"].astype(str) == "Toytown-P01"]
    schools = world.schools[world.schools["school"] == "Toytown-P01"].set_index("year")["roll"]
    assert one.groupby("year")["pupil_count"].sum().to_dict() == schools.to_dict()


def test_a_school_tells_rolls_staff_and_its_place_in_the_table(world):
    told = timeline_of("school", "Toytown-S01", world)
    rolls = world.schools[world.schools["school"] == "Toytown-S01"].set_index("year")["roll"]
    change = int(rolls[1] - rolls[0])
    assert f"{rolls[1]} pupils ({f'{change:+d}' if change else 'as before'})" in told.years[1][1]
    assert "of 2 in the table" in told.years[1][1]
    assert "of them new" in told.years[1][1]


def test_those_listed_can_be_asked_for(world):
    for kind in ("pupil", "teacher", "school"):
        names = [str(row[kind]) for row in listed_of(kind, world)]
        assert names == sorted(set(names), key=names.index)
        assert len(timeline_of(kind, names[0], world).years) == 4


@pytest.mark.parametrize("kind", ["pupil", "teacher"])
def test_a_number_nobody_has_is_refused(kind, world):
    with pytest.raises(InputError, match=f"no such {kind} in this world; found: 99999; allowed: 1 to"):
        timeline_of(kind, "99999", world)


def test_a_name_that_nobody_can_have_is_refused_before_any_world_is_run():
    with pytest.raises(InputError, match="a pupil is named by a number"):
        check_name("pupil", "Anna", PLAN)
    with pytest.raises(InputError, match=r"no such school; found: Toytown-S09.*Did you mean 'Toytown-S0"):
        check_name("school", "Toytown-S09", PLAN)
    check_name("school", "Toytown-S01", PLAN)
