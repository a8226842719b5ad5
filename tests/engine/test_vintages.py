"""A world of 1997 runs on the norms, groups and rules of 1997, and stays one when it is saved."""

import numpy as np
import pytest

from schoolsim.parameters import load_sheets
from schoolsim.people.population import ETHNICITIES
from schoolsim.rules.grades import five_good_em, gcse_grades
from schoolsim.scenario import scenario_from
from schoolsim.session import Session, world_of

THEN, NOW = "england_1997", "england_2019"


def plan(vintage, place="toytown:3x10"):
    return scenario_from({"name": "trial", "title": "A trial", "place": place, "vintage": vintage, "settling_years": 0})


@pytest.fixture(scope="module")
def worlds():
    return {vintage: Session(plan(vintage), seed=1) for vintage in (NOW, THEN)}


def leavers(session):
    pupils = session.system.pupils
    rows = np.flatnonzero(pupils.year_group == 11)
    return five_good_em(gcse_grades(pupils.measured_16[rows], session.system.norms))


def test_marks_are_those_of_the_vintage(worlds):
    then, now = worlds[THEN].system, worlds[NOW].system
    assert then.values["grades"]["grade_shares_maths"] == load_sheets(THEN)["grades.grade_shares_maths"].value
    assert (then.norms.grades_16 > now.norms.grades_16).all()


def test_fewer_reach_five_good_grades(worlds):
    assert leavers(worlds[THEN]).mean() < leavers(worlds[NOW]).mean() - 0.15


def test_more_sessions_are_missed_and_fewer_pupils_belong_to_minorities(worlds):
    then, now = worlds[THEN].system.pupils, worlds[NOW].system.pupils
    assert then.attendance_year.mean() < now.attendance_year.mean() - 0.01
    british = ETHNICITIES.index("white_british")
    assert (then.ethnicity == british).mean() > (now.ethnicity == british).mean() + 0.08


def test_the_tables_show_what_they_showed(worlds):
    assert worlds[THEN].system.levers["league_tables.metric"] == "threshold"
    assert worlds[NOW].system.levers["league_tables.metric"] == "points"


def test_worlds_of_two_vintages_share_nothing():
    assert world_of(plan(THEN)) != world_of(plan(NOW))


def test_a_saved_world_keeps_its_vintage(worlds, tmp_path):
    loaded = Session.load(worlds[THEN].save(tmp_path / "world"))
    assert (loaded.scenario.vintage, loaded.system.place.title) == (THEN, worlds[THEN].system.place.title)
    assert loaded.system.values == worlds[THEN].system.values


def test_parameters_drawn_for_a_world_come_on_top_of_those_of_its_vintage():
    drawn = load_sheets().draw(1, 1)
    values = Session(plan(THEN, "toytown"), seed=1, drawn=drawn).system.values
    assert values["choice"]["single_choice_share"] == drawn["choice.single_choice_share"]
    assert values["attendance"]["base_absence"] == load_sheets(THEN)["attendance.base_absence"].value
