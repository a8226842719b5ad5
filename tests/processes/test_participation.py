"""Who takes part, and what engaged time gives."""

import numpy as np
import pytest

from schoolsim.processes.settling import usual_ties
from tests.little import Little

NORM = 1 - Little().values["attendance"]["base_absence"][7]
TYPICAL = Little().values["participation"]["typical_share"]


def taking_part(term_sd=0.0, moves=0.0, ties=(1.0, 1.0), **pupils):
    """Some pupils of year 7, at the norm of attendance unless said, after a term without luck.

    Nobody moves in that nation unless said, and the ties of both schools are full.
    """
    count = len(pupils["id"])
    usual = {"year_group": [7] * count, "attendance": [NORM] * count, "home_distance": [1.0] * count,
             "school": [0] * count}  # fmt: skip
    system = Little(pupils=usual | pupils, schools={"id": [0, 1], "community_ties": ties})
    system.values["barriers"]["prevalence"] = [0, 0, 0]  # nobody is taken to be in need but those who are
    system.values["mobility"]["moving_chance"] = moves
    return system.lives("participation", term_sd=term_sd).pupils


def test_engaged_time_at_the_norm_neither_adds_nor_costs_growth():
    assert taking_part(id=[1]).presence_effect[0] == pytest.approx(0, abs=1e-6)


def test_engaged_time_above_the_norm_adds_growth_and_below_it_costs_growth():
    effect = taking_part(id=[5, 5], attendance=[1.0, 0.7]).presence_effect
    assert effect[0] > 0 > effect[1]


def test_engaged_time_is_attendance_times_participation():
    pupils = taking_part(id=[1], attendance=[0.8])
    engaged = 0.8 * (TYPICAL + 0.4 * (0.8 - NORM))
    assert pupils.presence_effect[0] == pytest.approx(0.7 * (engaged - NORM * TYPICAL), rel=1e-4)


def test_a_pupil_who_is_never_there_gains_nothing_from_taking_part():
    effect = taking_part(id=[5, 5], attendance=[0.0, 0.0], participation_trait=[3.0, -3.0]).presence_effect
    assert effect[0] == effect[1]


def test_lessons_missed_make_the_next_harder_to_follow():
    share = taking_part(id=[5, 5], attendance=[0.95, 0.75]).participation
    assert share[0] - share[1] == pytest.approx(0.4 * 0.2, rel=1e-3)


def test_position_and_person_bear_on_taking_part():
    share = taking_part(id=[5, 5, 5], ses=[0, 1, 0], participation_trait=[0, 0, 1]).participation
    assert share - share[0] == pytest.approx([0, 0.001, 0.0335], abs=1e-5)


def test_participation_is_a_share():
    share = taking_part(id=[1, 2], participation_trait=[50.0, -50.0]).participation
    assert share.tolist() == [1.0, 0.0]


def test_taking_part_changes_from_term_to_term_around_the_same_level():
    share = taking_part(id=np.arange(5000), term_sd=0.05).participation
    assert share.std() == pytest.approx(0.05, rel=0.05)
    assert share.mean() == pytest.approx(TYPICAL, abs=0.003)


def test_each_need_that_nobody_meets_costs_taking_part():
    share = taking_part(id=[5, 5, 5], needs=[0, 1, 7], needs_met=[0, 0, 4]).participation
    assert share[0] - share == pytest.approx([0, 0.010, 0.020], abs=1e-5)


def test_a_country_with_needs_as_common_as_the_nation_takes_part_as_the_nation_does():
    many = np.ones(40_000)
    rows = {"id": np.arange(40_000), "year_group": 3 * many, "attendance": NORM * many, "home_distance": many}
    system = Little(pupils=rows, schools={"id": [0]})
    extras = [name for name in system.values["barriers"] if name.endswith("_extra")]
    system.lives("barriers", **{name: [0, 0, 0] for name in extras})
    system.lives("participation", missed_slope=0.0, ties_slope=0.0)
    assert system.pupils.participation.mean() == pytest.approx(TYPICAL, abs=0.001)


def test_what_ambition_gives_or_takes_is_added():
    share = taking_part(id=[5, 5], ambition_effect=[0.0, -0.02]).participation
    assert share[1] - share[0] == pytest.approx(-0.02, abs=1e-6)


def test_the_further_home_and_school_lie_apart_the_less_a_pupil_takes_part():
    share = taking_part(id=[5, 5, 5], home_distance=[1.0, 2.0, 0.5]).participation
    assert share - share[0] == pytest.approx([0, -0.025, 0.0125], abs=1e-5)
def test_whoever_has_just_moved_takes_less_part_and_loses_time_and_both_wear_off():
    pupils = taking_part(id=[5, 5, 5], terms_since_move=[99, 0, 1])
    assert pupils.participation - pupils.participation[0] == pytest.approx([0, -0.08, -0.04], abs=1e-6)
    lost = 0.7 * NORM * np.array([0, TYPICAL - 0.75 * (TYPICAL - 0.08), 0.04])
    assert pupils.presence_effect[0] - pupils.presence_effect == pytest.approx(lost, rel=1e-5)


def test_pupils_take_more_part_where_the_school_has_closer_ties_with_its_families():
    share = taking_part(id=[5, 5], school=[0, 1], ties=[1.0, 0.5]).participation
    assert share[0] - share[1] == pytest.approx(0.03 * 0.5, rel=1e-4)


def test_what_a_nation_loses_by_its_usual_moves_is_nobodys_gain_or_loss():
    moves, unsettled = 0.06, 0.08 / (1 - 0.5)
    effect = taking_part(id=[1], moves=moves, ties=[usual_ties(moves, 0.5)] * 2).presence_effect[0]
    assert effect == pytest.approx(0.7 * NORM * moves / 3 * (0.25 * TYPICAL + unsettled), rel=1e-3)
