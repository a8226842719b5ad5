"""The start: pupils with a past, people in post, schools within their places."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.draws import Draws
from schoolsim.people.grapevine import kind_of_family
from schoolsim.rules.scale import STAGES, sigma
from schoolsim.session import Session
from schoolsim.start import start_system
from schoolsim.start.schooling import school_history
from schoolsim.start.schools import _order, appeal
from tests.little import plan


@pytest.fixture(scope="module")
def start():
    """The town at the start, before any year was simulated."""
    return start_system(plan(), seed=1)


@pytest.fixture(scope="module")
def city():
    """A larger town at the start, for shares and spreads."""
    return start_system(plan(place="toytown:6x30"), seed=1)


def test_the_same_seed_makes_the_same_start_to_the_bit_and_another_does_not(start):
    again, other = start_system(plan(), seed=1), start_system(plan(), seed=2)
    for table, rows in start.tables.items():
        for name, column in rows.arrays().items():
            assert column.tobytes() == again.tables[table].get(name).tobytes(), name
    assert len(other.pupils) != len(start.pupils) or (other.pupils.attainment != start.pupils.attainment).any()


def test_every_school_has_its_roll(start):
    rolls = np.bincount(start.pupils.school, minlength=len(start.schools))
    assert rolls.tolist() == start.place.schools["roll"].tolist()


def test_everybody_is_in_a_school_that_teaches_the_year_group(start):
    pupils, schools = start.pupils, start.schools
    assert (pupils.school >= 0).all()
    assert (schools.first_year[pupils.school] <= pupils.year_group).all()
    assert (pupils.year_group <= schools.last_year[pupils.school]).all()


def test_empty_places_gather_in_schools_that_families_wish_for_less():
    frame = pd.DataFrame({"phase": ["secondary"] * 3, "attainment_published": [0.3, np.nan, -0.3], "fsm_share": 0.2})
    wished = appeal(frame, {"result_weight": 0.4, "result_spread": 0.13, "peer_weight": 0.25})
    phase, luck = np.ones(3, int), np.array([2.0, 0.0, -2.0])
    assert _order(wished, phase, 1.0, luck).argsort().tolist() == [0, 1, 2]
    assert _order(wished, phase, 0.0, luck).argsort().tolist() == [2, 1, 0]


def test_places_hold_the_rolls_and_add_up_to_the_towns_slack(start):
    schools, slack = start.schools, start.place.facts["slack"]
    taught = schools.places > 0
    assert (taught.sum(axis=1) == schools.last_year - schools.first_year + 1).all()
    for code, phase in enumerate(("primary", "secondary")):
        roll = start.place.schools["roll"][schools.phase == code].sum()
        assert schools.places[schools.phase == code].sum() / roll == pytest.approx(slack[phase], abs=0.04)


def test_each_pupil_has_results_of_the_stages_passed_and_of_no_other(start):
    for stage, year in STAGES.items():
        known = np.isfinite(start.pupils.get(f"measured_{stage}")).reshape(len(start.pupils), -1)
        assert (known.all(axis=1) == (start.pupils.year_group >= year)).all()
        assert (known.any(axis=1) == known.all(axis=1)).all()


def test_subjects_not_taught_yet_are_zero(start):
    primary = start.pupils.year_group < 7
    assert (start.pupils.attainment[primary, 3:] == 0).all()
    assert (start.pupils.attainment[~primary, 3:] != 0).all()


def test_secondary_pupils_come_from_a_primary_school_near_home(start):
    people, schools = start.pupils.arrays(), start.schools
    history = school_history(people, schools, start.in_view, start.values["choice"], Draws(1, "start", 0))
    older = people["year_group"] >= 7
    before = history[older, 6]
    assert (schools.phase[before] == 0).all()
    assert (history[older, 0] == before).all()
    east, north = people["easting"][older, None], people["northing"][older, None]
    apart = np.hypot(east - schools.easting[schools.phase == 0], north - schools.northing[schools.phase == 0])
    assert (np.flatnonzero(schools.phase == 0)[apart.argmin(axis=1)] == before).mean() > 0.4


def test_a_history_ends_with_the_school_of_today_and_knows_no_future(start):
    people = start.pupils.arrays()
    history = school_history(people, start.schools, start.in_view, start.values["choice"], Draws(1, "start", 0))
    rows, years = np.arange(len(history)), people["year_group"].astype(int)
    assert (history[rows, years] == people["school"]).all()
    assert ((history >= 0) == (np.arange(12) <= years[:, None])).all()


def test_every_class_but_those_of_vacant_posts_has_a_teacher_of_its_own_school_and_subject(start):
    classes, teachers = start.classes, start.teachers
    taught = classes.teacher >= 0
    who = classes.teacher[taught]
    vacant = start.schools.vacant_posts[classes.school, classes.subject + 1] > 0
    assert taught[~vacant].all() and taught.mean() > 0.95
    assert (teachers.school[who] == classes.school[taught]).all()
    assert (teachers.subject[who] == classes.subject[taught]).all()
    assert (teachers.id[who] == classes.teacher_id[taught]).all()


def test_reputation_and_last_summers_tables_are_known(start):
    assert np.isfinite(start.schools.published_result).all()
    assert (start.schools.reputation != 0).any()


def test_teachers_have_been_hired_over_many_years(start):
    assert start.teachers.experience.std() > 3
    assert 22 <= start.teachers.age.min() <= start.teachers.age.max() < 62


@pytest.mark.parametrize(("stage", "year"), list(STAGES.items()))
def test_attainment_has_the_national_spread_of_the_age_at_every_stage(city, stage, year):
    rows = city.pupils.year_group == year
    total = city.pupils.attainment[rows, : 3 if year < 7 else 8].mean(axis=1)
    assert total.std() == pytest.approx(sigma(stage), rel=0.15)
    assert total.mean() == pytest.approx(0, abs=0.25 * sigma(stage))


def test_results_of_one_pupil_hang_together_over_the_years(city):
    last = city.pupils.year_group == 11
    at_11, at_16 = city.pupils.measured_11[last].mean(axis=1), city.pupils.measured_16[last].mean(axis=1)
    assert np.corrcoef(at_11, at_16)[0, 1] == pytest.approx(0.72, abs=0.08)


def test_each_school_is_as_absent_as_its_published_figure(city):
    pupils, known = city.pupils, city.place.schools["absence_share"].to_numpy()
    absent = np.bincount(pupils.school, 1 - pupils.attendance_year) / np.bincount(pupils.school)
    assert np.corrcoef(absent, known)[0, 1] > 0.5
    assert (absent - known).mean() == pytest.approx(0, abs=0.004)


def test_drawn_parameters_bear_on_the_past_too():
    few = Session(plan(), drawn={"attendance.trait_sd": 0.6}).system.pupils
    many = Session(plan(), drawn={"attendance.trait_sd": 0.78}).system.pupils
    assert many.attendance.std() > few.attendance.std()


COUNTED = {"girls_share": "female", "fsm_share": "fsm", "fsm6_share": "fsm6", "eal_share": "eal"}


@pytest.mark.parametrize("share", [*COUNTED, "sen_support_share", "ehcp_share"])
def test_every_school_has_as_many_pupils_of_a_group_as_published_though_the_test_has_sorted_them(neighbourhood, share):
    system = neighbourhood.system
    pupils, frame = system.pupils, system.place.schools
    member = {"sen_support_share": pupils.sen == 1, "ehcp_share": pupils.sen == 2}
    member |= {name: pupils.get(column) for name, column in COUNTED.items()}
    count = np.bincount(pupils.school, member[share], len(frame))
    assert np.abs(count - frame[share] * frame["roll"]).max() <= 0.51
    assert frame["selective"].any()


def test_every_school_of_a_neighbourhood_has_its_roll(neighbourhood):
    system = neighbourhood.system
    rolls = np.bincount(system.pupils.school, minlength=len(system.schools))
    assert rolls.tolist() == system.place.schools["roll"].tolist()


def test_grammar_schools_took_the_best_of_those_who_might_have_gone_to_them(neighbourhood):
    system = neighbourhood.system
    pupils, schools = system.pupils, system.schools
    rows = np.flatnonzero((pupils.year_group >= 7) & np.isfinite(pupils.measured_11).all(axis=1))
    score, kind = pupils.measured_11[rows].mean(axis=1), kind_of_family(pupils, rows)
    inside, home = schools.selective[pupils.school[rows]], pupils.home_area[rows]
    near = np.isin(home, home[inside])
    for code in range(3):
        mine = near & (kind == code)
        assert score[mine & inside].mean() > score[mine & ~inside].mean() + 8
    assert inside.sum() > 100


def test_grammar_schools_are_full_and_the_others_have_the_room_that_the_place_has(neighbourhood):
    system = neighbourhood.system
    schools, frame = system.schools, system.place.schools
    teaching, roll = (schools.places > 0).sum(axis=1), frame["roll"].to_numpy()
    full = schools.selective.astype(bool)
    assert schools.places[full].max(axis=1).tolist() == np.ceil(roll / teaching)[full].tolist()
    secondary = schools.phase == 1
    slack = system.place.facts["slack"]["secondary"]
    assert schools.places[secondary].sum() / roll[secondary].sum() == pytest.approx(slack, abs=0.04)
