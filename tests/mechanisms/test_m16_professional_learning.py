"""M16, a process: what teachers learn from colleagues reaches their pupils, two processes on."""

import pytest

from tests.mechanisms.on_and_off import at_end, each, outcome, settings, sure

HOURS = {kind: f"professional_learning.{kind}_hours" for kind in ("together", "told", "material")}
YEARS, SEEDS = 2, (1, 2, 3)


def only(kind, hours, *off):
    """Thirty hours of one kind and none of the others."""
    return settings(*off, levers={name: 0 for name in HOURS.values()} | {HOURS[kind]: hours})


def level(stage):
    return lambda session: outcome(session, "attainment", stage=stage, group="all", basis="true")


@pytest.mark.parametrize("stage", [11, 16])
def test_pupils_know_more_where_teachers_learn_from_one_another(stage):
    difference = each(level(stage)) - each(level(stage), settings("M16"))
    assert difference.mean() > 0.03
    assert sure(difference) > 2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    ends = at_end(end, "professional_learning")
    difference = each(level(16), settings(parameters=ends)) - each(level(16), settings("M16", parameters=ends))
    assert (difference > 0).all()
    assert sure(difference) > 2


def test_hours_of_exchanging_material_give_less_than_hours_of_working_together():
    together, material = (each(level(16), only(kind, 30), YEARS, SEEDS) for kind in ("together", "material"))
    assert sure(together - material) > 2


def test_teachers_of_a_nation_that_carries_on_neither_gain_nor_lose():
    def practice(session):
        return session.system.teachers.practice.mean()

    before, after = (each(practice, years=years, seeds=(1, 2)).mean() for years in (1, 5))
    assert before == pytest.approx(0, abs=0.05)
    assert after - before == pytest.approx(0, abs=0.04)
