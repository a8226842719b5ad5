"""What heads see, what they decide, and what it buys."""

import numpy as np
import pytest

from schoolsim.rules.leading import ANALYSIS, APPLICATION, AWARENESS, NOBODY, Plan, judge
from tests.little import Little

EVEN = np.full(9, 1 / 9)
PLAIN = {"usual_output": [1.0] * 9, "first_years_loss": 0.0, "analysis_error": 0.0, "looked_for": 50.0}


def heads(count=2, energy=None, skill=0.0, pressure=1.0, decide=None, before=EVEN, years=5, **values):
    """Heads after an autumn, of schools with ten poor pupils who are a year behind ten others."""
    poor, school = np.tile(np.arange(20) < 10, count), np.repeat(np.arange(count), 20)
    system = Little(
        elapsed=9, levers={"accountability.pressure": pressure},
        pupils={"id": np.arange(20 * count), "school": school, "year_group": [11] * 20 * count, "fsm6": poor,
                "attainment": -12.0 * np.tile(poor[:, None], (1, 8))},
        schools={"id": np.arange(count), "phase": [1] * count},
        teachers={"id": np.arange(count), "school": np.arange(count)},
        heads={"id": np.arange(count) + 1, "skill": np.full(count, skill), "joined": [9 - years] * count,
               "experience": [years] * count, "energy_on": np.tile(before, (count, 1))},
    )  # fmt: skip
    planned = np.tile(EVEN if energy is None else energy, (count, 1))
    nothing = np.zeros(count)
    system.decide = decide or (lambda picture, draws: Plan(
        planned, nothing, nothing + 0.5, nothing - 1, nothing, nothing))  # fmt: skip
    system.seen = []
    wrapped = system.decide
    system.decide = lambda picture, draws: system.seen.append(picture) or wrapped(picture, draws)
    return system.lives("leadership", **(PLAIN | values))


def test_even_energy_of_the_usual_head_buys_the_usual():
    assert heads().heads.buys == pytest.approx(np.zeros((2, 9)), abs=1e-6)


def test_an_able_head_gets_more_out_of_everything_and_a_beginner_less():
    assert heads(skill=1.0, skill_gain=0.25).heads.buys[0] == pytest.approx(np.full(9, np.expm1(0.25)), rel=1e-4)
    assert heads(years=0, first_years_loss=0.2).heads.buys[0, 0] == pytest.approx(np.expm1(-0.2), rel=1e-4)


def test_twice_the_energy_brings_less_than_twice_as_much():
    energy = EVEN * np.array([0.875] * 8 + [2.0])
    bought = heads(energy=energy, complementarity=0.0, returns=0.6).heads.buys[0] + 1.0
    assert bought[8] == pytest.approx(2**0.6, rel=1e-4)


def test_time_in_the_corridors_is_not_there_for_anything_else():
    plan = Plan(np.tile(EVEN, (2, 1)), *(np.full(2, x) for x in (0.25, 0.5, NOBODY, 0.0, 0.0)))
    found = heads(decide=lambda picture, draws: plan).heads
    assert found.energy_on.sum(axis=1) == pytest.approx([0.75, 0.75])
    assert (found.buys < 0).all()


def test_a_head_who_paid_for_analysis_sees_the_gap_and_one_who_did_not_sees_none():
    paid, unpaid = (heads(before=EVEN + np.eye(9)[ANALYSIS] * more) for more in (0.1, -0.1))
    assert paid.seen[0].gaps[:, 0] == pytest.approx([12.0 / 26.5] * 2, rel=0.1)
    assert np.isnan(unpaid.seen[0].gaps).all()


def test_the_same_head_decides_differently_with_an_analysis():
    with_it, without = (heads(before=EVEN + np.eye(9)[ANALYSIS] * more, decide=judge).heads for more in (0.1, -0.1))
    assert (with_it.target == 0).all() and (without.target == NOBODY).all()
    assert not np.allclose(with_it.energy_on, without.energy_on)


def test_two_heads_who_face_the_same_decide_differently():
    first, second = heads(decide=judge).heads.energy_on
    assert np.abs(first - second).max() > 0.01


def test_who_looks_for_nothing_finds_nothing():
    before = EVEN + np.eye(9)[ANALYSIS] * 0.1 - np.eye(9)[AWARENESS] * EVEN
    assert np.isnan(heads(before=before).seen[0].gaps).all()


def test_pressure_makes_heads_directive_bent_on_results_and_deaf():
    calm, pressed = (heads(count=50, pressure=p, decide=judge, usual_felt=1.0).heads for p in (1.0, 3.0))
    assert pressed.style.mean() < calm.style.mean() and pressed.voice.mean() < calm.voice.mean()
    assert pressed.energy_on[:, APPLICATION].mean() > calm.energy_on[:, APPLICATION].mean()
    assert pressed.narrowing.mean() > calm.narrowing.mean() == 0


def test_turning_to_other_things_is_change():
    assert heads().heads.change == pytest.approx([0.0, 0.0], abs=0.1)
    assert heads(energy=np.eye(9)[0] + 1e-9).heads.change.min() > 0.8
