"""Who disrupts, who holds back, and what it costs."""

import numpy as np
import pytest

from tests.little import Little

NUMBERS = Little().values["behaviour"]
USUAL = NUMBERS["usual_share"][0]
STEADY = {"lasting_share": 1.0, "calm_spread": 0.0}
"""No mood of the term, and every school of usual calm."""


def a_class(term=1, room=1.0, classes=1, **pupils):
    """Pupils of year 3 who sit in one class unless said, in a school with that much room, after a term of it."""
    count = len(pupils["disruption_trait"])
    usual = {"id": np.arange(count), "year_group": [3] * count, "class_group": np.zeros((count, 8))}
    pupils = usual | pupils
    form = np.asarray(pupils["class_group"], int)[:, 0]
    size = np.bincount(form[form >= 0], minlength=classes)
    schools = {"id": [0], "room_for_disruption": [room]}
    rows = {"id": np.arange(classes), "school": [0] * classes, "year_group": [3] * classes, "pupil_count": size}
    return Little(term=term, pupils=pupils, schools=schools, classes=rows)


def disrupts(system, **values):
    return system.lives("behaviour", **(STEADY | values)).pupils.disruptive.tolist()


def test_who_wishes_strongly_enough_disrupts():
    assert disrupts(a_class(disruption_trait=[3.0, 0.0, -3.0])) == [True, False, False]


def test_the_line_is_nearer_for_boys_the_poor_and_those_in_need():
    between = a_class(disruption_trait=[1.85] * 4, female=[1, 0, 1, 1], fsm6=[0, 0, 1, 0], sen=[0, 0, 0, 1])
    assert disrupts(between, contagion=0.0) == [False, True, True, True]


def test_shares_come_to_those_of_the_sheet_over_the_nation():
    count, shares = 40_000, Little().national["primary"]
    ids, luck = np.arange(count), np.random.RandomState(1).random((3, count))
    sen = np.where(luck[1] < shares["ehcp"], 2, luck[1] < shares["ehcp"] + shares["sen_support"])
    pupils = {"id": ids, "female": ids % 2 == 0, "fsm6": luck[0] < shares["fsm6"], "sen": sen,
              "class_group": np.repeat(ids[:, None], 8, axis=1)}  # fmt: skip
    trait = np.random.RandomState(2).randn(count)
    alone = a_class(classes=count, disruption_trait=trait, **pupils)
    found = np.mean(disrupts(alone, contagion=0.0))
    assert found == pytest.approx(NUMBERS["willing_share"][0], rel=0.08)


def test_it_spreads_from_those_who_did_it_last_term():
    traits = [1.6, 0.0, 0.0, 0.0]
    calm = a_class(disruption_trait=traits, female=[1] * 4)
    infected = a_class(disruption_trait=traits, female=[1] * 4, disruptive=[0, 1, 1, 0])
    assert (disrupts(calm)[0], disrupts(infected)[0]) == (False, True)


def test_it_does_not_spread_from_ones_own_doing_or_from_another_class():
    apart = np.repeat([[0], [0], [1], [1]], 8, axis=1)
    one = {"female": [1] * 4, "class_group": apart, "disruption_trait": [1.6, 0, 0, 0]}
    assert not disrupts(a_class(classes=2, disruptive=[0, 0, 1, 1], **one))[0]
    assert not disrupts(a_class(classes=2, disruptive=[1, 0, 0, 0], **one))[0]


def test_a_full_class_makes_the_rest_hold_back_and_who_goes_is_followed_by_the_next():
    assert disrupts(a_class(room=0.25, disruption_trait=[4, 3, 0, 0])) == [True, False, False, False]
    assert disrupts(a_class(room=0.25, disruption_trait=[0, 3, 0, 0])) == [False, True, False, False]


def test_nobody_steps_up_where_a_calmer_school_has_no_room():
    assert not any(disrupts(a_class(room=0.1, disruption_trait=[0.0, 3.0, 0.0, 0.0])))


def test_everybody_in_the_class_loses_by_each_who_disrupts():
    system = a_class(disruption_trait=[3.0, 0.0, 0.0, 0.0]).lives("behaviour", **STEADY, loss_of_class=0.4)
    assert system.classes.behaviour_effect[0] == pytest.approx(-0.4 * (0.25 - USUAL), rel=1e-4)


def test_who_disrupts_takes_part_in_less():
    lost = a_class(disruption_trait=[3.0, 0.0]).lives("behaviour", **STEADY, loss_of_own=0.1).pupils.engagement_lost
    assert lost.tolist() == pytest.approx([0.1 * (1 - USUAL), -0.1 * USUAL], rel=1e-4)


def test_common_work_makes_a_school_calmer_year_by_year_and_only_so_far():
    system, rooms = a_class(term=0, room=0.11, disruption_trait=[0.0]), []
    system.levers["behaviour.common_hours"] = 40
    for _ in range(12):
        rooms.append(float(system.lives("behaviour", **STEADY, room=0.11).schools.room_for_disruption[0]))
    goal = 0.11 * np.exp(-NUMBERS["calm_per_hour"] * 30)
    assert rooms[0] == pytest.approx(0.11 + NUMBERS["settling_pace"] * (goal - 0.11), rel=1e-4)
    assert rooms[-1] == pytest.approx(goal, rel=0.01)


def test_a_school_begins_as_calm_as_it_is_going_to_be():
    system = a_class(term=0, room=0.0, disruption_trait=[0.0]).lives("behaviour", **STEADY, room=0.11)
    assert system.schools.room_for_disruption[0] == pytest.approx(0.11)


def test_in_secondary_years_it_costs_every_class_the_pupil_sits_in():
    seats = np.tile(np.arange(8), (4, 1))
    system = Little(
        term=1, schools={"id": [0], "room_for_disruption": [1.0]},
        pupils={"id": np.arange(4), "year_group": [8] * 4, "class_group": seats, "disruption_trait": [4, 0, 0, 0]},
        classes={"id": np.arange(8), "school": [0] * 8, "year_group": [8] * 8, "subject": np.arange(8),
                 "pupil_count": [4] * 8},
    ).lives("behaviour", **STEADY)  # fmt: skip
    assert np.ptp(system.classes.behaviour_effect) == 0
    assert system.classes.behaviour_effect[0] < -0.05


def test_who_has_no_class_disrupts_none():
    assert disrupts(a_class(disruption_trait=[5.0, 0.0], class_group=np.array([[-1] * 8, [0] * 8]))) == [False, False]
