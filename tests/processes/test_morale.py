"""How teachers feel about their work, and what follows."""

import numpy as np
import pytest

from tests.little import Little

CALM = {"keeps": 0.0, "own_sd": 0.0, "recognition": 0.0, "belonging": 0.0, "overload": 0.0, "size_load": 0.0,
        "blame": 0.0, "strain": 0.0, "usual_blame": 0.0, "usual_vacant": 0.0, "usual_belonging": 0.0}  # fmt: skip


def staff(
    pressure=1.0, reputation=(0.0, 0.0), result=(np.nan, np.nan), joined=(1, 1), vacant=0, morale=(0, 0), **values
):  # fmt: skip
    """One teacher of English in each of two secondary schools, after an autumn in which only what is given counts."""
    posts = np.zeros((2, 9), np.int8)
    posts[0, 1] = vacant
    system = Little(
        schools={"id": [0, 1], "phase": [1, 1], "reputation": reputation, "actual_result": result,
                 "vacant_posts": posts},
        teachers={"id": [1, 2], "school": [0, 1], "subject": [0, 0], "joined": joined, "morale": morale},
        levers={"accountability.pressure": pressure},
    )  # fmt: skip
    return system.lives("morale", **(CALM | values)).teachers


def test_results_better_than_what_the_school_is_known_for_lift():
    assert staff(reputation=(0.0, 0.0), result=(2.0, 1.0), recognition=0.4).morale == pytest.approx([0.4, -0.4])
    assert staff(reputation=(1.0, -1.0), result=(2.0, 1.0), recognition=0.4).morale == pytest.approx([0, 0])


def test_blame_falls_on_schools_of_low_standing_and_with_pressure():
    assert staff(reputation=(1.0, -1.0), blame=0.3).morale == pytest.approx([0, -0.3])
    assert staff(pressure=2.0, reputation=(1.0, -1.0), blame=0.3).morale == pytest.approx([0, -0.6])


def test_pressure_strains_everybody_faster_than_it_grows():
    once, twice = (staff(pressure=p, strain=0.1).morale[0] for p in (2.0, 3.0))
    assert (once, twice) == pytest.approx((-0.3, -0.8))


def test_years_in_one_place_lift():
    new, old = staff(joined=(1, -40), belonging=0.4).morale
    assert (new, old) == pytest.approx((0.0, 0.4), abs=0.01)


def test_vacant_posts_of_colleagues_wear_down():
    assert staff(vacant=1, overload=3.0).morale == pytest.approx([-1.5, 0])


def test_large_classes_wear_down():
    system = Little(
        pupils={"id": np.arange(40), "school": [0] * 40},
        schools={"id": [0], "phase": [1]}, teachers={"id": [1], "school": [0], "subject": [0]},
        classes={"id": [0], "school": [0], "subject": [0]},
    )  # fmt: skip
    crowded = CALM | {"size_load": 0.4, "usual_size": [30, 30]}
    assert system.lives("morale", **crowded).teachers.morale == pytest.approx([-0.4])


def test_morale_changes_part_of_the_way():
    assert staff(keeps=0.5, morale=(1.0, -1.0)).morale == pytest.approx([0.5, -0.5])


def test_low_morale_costs_effort_and_days():
    teachers = staff(keeps=1.0, morale=(0.0, -1.0), usual_absence=0.02, absence_by_morale=0.3, effort_by_morale=0.01,
                     absence_loss=0.2)  # fmt: skip
    assert teachers.absence == pytest.approx([0.02, 0.02 * np.exp(0.3)])
    assert teachers.effort_effect == pytest.approx([0, -0.01 - 0.2 * 0.02 * (np.exp(0.3) - 1)], abs=1e-6)


def test_pressure_drives_effort_before_morale_gives():
    assert staff(pressure=2.0, effort_by_pressure=0.007).effort_effect == pytest.approx([0.007, 0.007])


def test_a_little_pressure_helps_and_much_costs():
    settled = {"strain": 0.3, "effort_by_pressure": 0.007, "effort_by_morale": 0.006, "absence_loss": 0.0}
    none, some, much = (staff(pressure=p, **settled).effort_effect[0] for p in (0.0, 1.5, 3.0))
    assert some > none
    assert much < 0 < some


def test_those_who_have_lost_heart_look_elsewhere():
    system = Little(
        schools={"id": [0], "phase": [1]},
        teachers={"id": [1, 2], "school": [0, 0], "subject": [0, 0], "experience": [9, 9], "morale": [0, -1]},
    )
    leaving = system.lives("labour_market", morale_leaving=0.2).teachers.leaving_factor
    assert leaving[1] / leaving[0] == pytest.approx(np.exp(0.2))
