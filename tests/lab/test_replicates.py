"""One replicate: one world, settled once, then every regime with the same children and the same luck."""

import pandas as pd
import pytest

from schoolsim.lab import worlds
from schoolsim.lab.worlds import DRAWN, FIXED, Task, carry_out, simulate
from schoolsim.parameters import load_sheets
from schoolsim.session import Session
from tests.little import plan

PLANS = (plan(years=1), plan(name="neighbourhood", regime="neighbourhood-allocation", years=1))


@pytest.fixture(scope="module")
def replicate():
    """Metrics and schools of one replicate with drawn parameters."""
    return simulate(PLANS, DRAWN, 1, 1)


def of(frame, regime, year):
    keys = ["regime", "replicate", "parameter_set", "year"]
    return frame[(frame["regime"] == regime) & (frame["year"] == year)].drop(columns=keys).reset_index(drop=True)


def test_every_row_tells_regime_replicate_and_parameter_set(replicate):
    for frame in replicate:
        assert set(frame["regime"]) == {"stand-still", "neighbourhood"}
        assert (set(frame["replicate"]), set(frame["parameter_set"])) == ({1}, {DRAWN})
        assert sorted(set(frame["year"])) == [0, 1]


def test_all_regimes_begin_in_the_same_world_and_then_part(replicate):
    metrics, schools = replicate
    for frame in (metrics, schools):
        pd.testing.assert_frame_equal(of(frame, "stand-still", 0), of(frame, "neighbourhood", 0), check_exact=True)
    assert not of(metrics, "stand-still", 1).equals(of(metrics, "neighbourhood", 1))


def test_a_world_shared_by_regimes_is_settled_once(monkeypatch):
    started = []

    class Counted(Session):
        def __init__(self, scenario, **settings):
            started.append(scenario.name)
            super().__init__(scenario, **settings)

    monkeypatch.setattr("schoolsim.lab.settled.Session", Counted)
    other = plan(name="no-choice", years=1, mechanisms={"M36": False})
    simulate((*PLANS, other), FIXED, 1, 1)
    assert started == ["stand-still", "no-choice"]


def test_each_regime_is_what_it_would_be_alone(replicate):
    alone, _ = simulate(PLANS[1:], DRAWN, 1, 1)
    together = replicate[0][replicate[0]["regime"] == "neighbourhood"].reset_index(drop=True)
    pd.testing.assert_frame_equal(together, alone, check_exact=True, check_categorical=False)


def test_fixed_parameters_are_the_central_ones_and_drawn_ones_are_the_priors(monkeypatch):
    seen = []

    class Seen(Session):
        def __init__(self, scenario, *, seed, drawn):
            seen.append((seed, dict(drawn)))
            super().__init__(scenario, seed=seed, drawn=drawn)

    monkeypatch.setattr("schoolsim.lab.settled.Session", Seen)
    for parameter_set in (FIXED, DRAWN):
        simulate(PLANS[:1], parameter_set, 3, 5)
    (fixed_seed, fixed), (drawn_seed, drawn) = seen
    assert fixed_seed == drawn_seed
    assert (fixed, drawn) == ({}, load_sheets().draw(5, 3))


@pytest.mark.parametrize(("replicate", "seed"), [(2, 1), (1, 2)])
def test_another_replicate_or_seed_is_another_world(replicate, seed):
    one, other = (simulate(PLANS[:1], FIXED, *which)[0]["value"] for which in ((1, 1), (replicate, seed)))
    assert not one.equals(other)


def test_a_task_is_done_when_its_last_file_is_written(tmp_path):
    task = Task(PLANS[:1], FIXED, 7, 1, tmp_path)
    assert not task.done
    task.files[0].write_bytes(b"metrics came first")
    assert not task.done
    assert carry_out(task) == task.stem == "fixed-00007"
    assert task.done
    assert sorted(tmp_path.iterdir()) == sorted(task.files)


def test_a_task_interrupted_between_its_files_is_not_done(tmp_path, monkeypatch):
    task, usual = Task(PLANS[:1], FIXED, 7, 1, tmp_path), worlds.write_frame

    def interrupted(path, frame):
        if list(tmp_path.iterdir()):
            raise KeyboardInterrupt
        return usual(path, frame)

    monkeypatch.setattr(worlds, "write_frame", interrupted)
    with pytest.raises(KeyboardInterrupt):
        carry_out(task)
    assert not task.done


def test_names_of_tasks_never_meet(tmp_path):
    tasks = [Task(PLANS, name, number, 1, tmp_path) for name in (DRAWN, FIXED) for number in (1, 2, 10)]
    assert len({file for task in tasks for file in task.files}) == 12
