"""What teachers believe, whom it meets, and what moves it."""

import numpy as np
import pytest

from schoolsim.people.population import ETHNICITIES
from schoolsim.process import AUTUMN, SUMMER
from tests.little import Little

USUAL = {"usual_belief": 0.1, "label_weight": 0.2, "believed_of_boys": {}}
POOR = Little().national


def a_class(beliefs, term=AUTUMN, year=3, depth=0.0, hours=2, **pupils):
    """Pupils in one class each of teachers with these beliefs (a pupil of secondary age sits in all eight)."""
    count = len(pupils["fsm6"])
    seats = np.zeros((count, 8)) if year < 7 else np.tile(np.arange(8) % len(beliefs), (count, 1))
    return Little(
        term=term, levers={"expectations.dialogue_hours": hours}, schools={"id": [0]},
        pupils={"id": np.arange(count), "year_group": [year] * count, "class_group": seats} | pupils,
        classes={"id": np.arange(len(beliefs)), "teacher": np.arange(len(beliefs)),
                 "set_depth": [depth] * len(beliefs)},
        teachers={"id": np.arange(len(beliefs)), "deficit_belief": beliefs},
    )  # fmt: skip


def short(system, **values):
    return system.lives("expectations", **(USUAL | values)).pupils.expected_short


def belief(system, **values):
    return system.lives("expectations", **values).teachers.deficit_belief


def test_a_belief_about_poor_pupils_meets_these_and_no_others():
    norm = 0.1 * POOR["primary"]["fsm6"]
    assert short(a_class([0.3], fsm6=[True, False])) == pytest.approx([0.3 - norm, -norm], abs=1e-6)


def test_at_the_norm_nothing_is_short_over_the_nation():
    poor = np.arange(1000) < 1000 * POOR["primary"]["fsm6"]
    assert short(a_class([0.1], fsm6=poor)).mean() == pytest.approx(0.0, abs=1e-4)


def test_in_secondary_years_all_who_teach_a_pupil_count_alike():
    norm = 0.1 * POOR["secondary"]["fsm6"]
    assert short(a_class([0.0, 0.4], year=8, fsm6=[True])) == pytest.approx([0.2 - norm], abs=1e-6)


def test_the_label_of_a_low_set_meets_everybody_in_it():
    mixed, low = (short(a_class([0.0], year=8, depth=depth, fsm6=[True, False])) for depth in (0.0, 1.5))
    assert low - mixed == pytest.approx([0.3, 0.3], abs=1e-6)


def test_a_new_teacher_brings_a_belief_drawn_from_the_nation_s():
    system = a_class([np.nan] * 4000, fsm6=[False])
    found = belief(system, belief_mean=0.12, belief_sd=0.15)
    assert (found.mean(), found.std()) == (pytest.approx(0.12, abs=0.01), pytest.approx(0.15, abs=0.01))


def test_who_is_in_post_keeps_a_belief_over_the_summer_holidays():
    assert belief(a_class([0.37], fsm6=[True]))[0] == pytest.approx(0.37)


def after(hours, count=900, held=0.4, **values):
    """The belief of one teacher of many poor pupils, who shows it wrong, after a year."""
    system = a_class([held], term=SUMMER, hours=hours, fsm6=[True] * count)
    return float(belief(system, **values)[0])


def test_evidence_moves_a_belief_when_there_is_talk_about_it_and_hardly_otherwise():
    alone, some, much = (after(hours) for hours in (0, 10, 60))
    assert 0.4 > alone > 0.38
    assert alone > some > much
    assert much == pytest.approx(0.4 * (1 - 0.42), abs=0.03)


def test_no_surprise_moves_nobody():
    assert after(60, held=0.02, noticed_from=0.1) == pytest.approx(0.02)


def test_who_teaches_no_poor_pupil_sees_nothing_to_wonder_at():
    system = a_class([0.4], term=SUMMER, hours=60, fsm6=[False] * 30)
    assert belief(system)[0] == pytest.approx(0.4)


def test_a_class_without_a_teacher_holds_no_belief():
    system = a_class([0.4], fsm6=[True]).put("classes", teacher=[-1])
    assert short(system)[0] == pytest.approx(-0.1 * POOR["primary"]["fsm6"], abs=1e-6)


CARIBBEAN = ETHNICITIES.index("black_caribbean")


def test_what_is_believed_of_poor_pupils_may_be_believed_of_boys_of_an_ethnic_group_and_not_of_girls():
    who = {"fsm6": [False] * 3, "ethnicity": [CARIBBEAN, CARIBBEAN, 0], "female": [False, True, False]}
    boy, girl, other = short(a_class([0.3], **who), believed_of_boys={"black_caribbean": 0.5})
    assert boy - girl == pytest.approx(0.15, abs=1e-6)
    assert girl == other


def test_teachers_of_such_boys_see_what_they_believed_to_be_wrong():
    boys = {"fsm6": [False] * 900, "ethnicity": [CARIBBEAN] * 900, "female": [False] * 900}
    believed = {"believed_of_boys": {"black_caribbean": 1.0}}
    assert belief(a_class([0.4], term=SUMMER, hours=60, **boys), **believed)[0] < 0.3
    assert belief(a_class([0.4], term=SUMMER, hours=60, **boys), believed_of_boys={})[0] == pytest.approx(0.4)
