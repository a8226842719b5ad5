"""What teachers bring, lose, find out and learn from one another."""

import numpy as np
import pytest

from tests.little import Little

SILENT = {"fading": 0.0, "discovery": 0.0, "usual_gain": [0.0, 0.0]}
NONE = {f"professional_learning.{kind}_hours": 0 for kind in ("together", "told", "material")}


def a_year_on(practice, column="practice", subject=0, hours=None, off=(), term=2, carried=(1, 1), returned=0, **values):
    """Practice [n] of teachers of one school after a summer in which nothing fades and nobody finds out anything."""
    asked = {f"professional_learning.{kind}_hours": count for kind, count in (hours or {}).items()}
    system = Little(
        schools={"id": [0], "phase": [1], "carried_by_words": carried[:1], "carried_together": carried[1:]},
        teachers={"id": np.arange(len(practice)), "practice": practice, "subject": np.full(len(practice), subject),
                  "returned": np.full(len(practice), returned)},
        levers=NONE | asked, term=term, off=off,
    )  # fmt: skip
    return system.lives("professional_learning", **(SILENT | values)).teachers.get(column)


def test_those_who_work_together_come_nearer_to_the_best_of_them():
    after = a_year_on([1.0, 0.2], hours={"together": 10}, closing_share=0.05)
    assert after == pytest.approx([1.0, 0.2 + (1 - np.exp(-0.05)) * 0.8], rel=1e-4)


def test_more_hours_close_more_of_the_distance_but_never_all():
    few, many = (a_year_on([1.0, 0.0], hours={"together": hours})[1] for hours in (10, 60))
    assert 0 < few < many < 1


def test_nobody_learns_from_another_department():
    assert a_year_on([1.0, 0.2], subject=[3, 4], hours={"together": 10}) == pytest.approx([1.0, 0.2])


def test_an_hour_of_material_gives_less_than_an_hour_together():
    together, material = (a_year_on([1.0, 0.0], hours={kind: 10})[1] for kind in ("together", "material"))
    assert material == pytest.approx(together / 2, rel=0.05)


def test_practice_that_is_not_kept_up_fades():
    assert a_year_on([1.0, -0.4], fading=0.1) == pytest.approx([0.9, -0.36])


def test_the_norm_moves_on_by_what_is_usually_learnt():
    spread = np.sqrt(0.6 * 0.4)
    after = a_year_on([1.0], closing_share=0.05, usual_gain=[0.0, 4.0])
    assert after == pytest.approx([1.0 - 0.05 * 4.0 * spread], rel=1e-4)


def test_the_classroom_teaches_each_by_luck():
    after = a_year_on(np.ones(4000), discovery=0.5)
    assert (after.mean(), after.std()) == pytest.approx((1.0, 0.5 * np.sqrt(0.24)), rel=0.05)


def test_newcomers_bring_practice_as_spread_as_the_numbers_say_and_others_keep_theirs():
    after = a_year_on(np.append(np.zeros(4000), 0.7), term=0)
    assert after[-1] == pytest.approx(0.7)
    assert (after[:-1].mean(), after[:-1].std()) == pytest.approx((0, np.sqrt(0.6 * 0.4)), abs=0.02)


def test_switched_off_nobody_learns_from_colleagues_and_the_rest_goes_on():
    after = a_year_on([1.0, 0.2], hours={"together": 10}, off=["M16"], fading=0.1, usual_gain=[0.0, 1.0])
    assert after == pytest.approx(np.array([0.9, 0.18]) - 0.05 * np.sqrt(0.24), rel=1e-4)


def test_each_kind_of_contact_gives_as_much_as_it_carries():
    together, told = (a_year_on([1.0, 0.0], hours={kind: 10}, carried=(0.4, 0.8))[1] for kind in ("together", "told"))
    assert (together, told) == pytest.approx((1 - np.exp(-0.05 * 0.8), 1 - np.exp(-0.05 * 0.4)), rel=1e-4)


def test_it_is_noted_what_was_learnt_by_working_together():
    noted = a_year_on([1.0, 0.0], "learnt_together", hours={"together": 10, "told": 20}, carried=(0.4, 0.8))
    assert noted == pytest.approx([0, (1 - np.exp(-0.05 * 1.6)) / 2], rel=1e-4)


def test_what_comes_home_is_added():
    assert a_year_on([0.3], returned=0.02) == pytest.approx([0.32])
