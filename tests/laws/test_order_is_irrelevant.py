"""Lives do not depend on the order of rows, on other processes, or on whether anybody looks."""

import numpy as np
import pytest

from schoolsim import schedule
from schoolsim.process import EVERY_TERM, Process
from schoolsim.session import Session
from tests.little import by_id, plan, reorder

LIVED = ("school", "attendance", "attendance_year", "participation", "presence_effect", "home_effect",
         "first_preference", "attainment", "measured_11", "measured_14", "measured_16")  # fmt: skip


def shuffled(session, *tables):
    """A fork with the rows of some tables in another order, at the end of a school year."""
    twin = session.fork()
    for name in tables:
        table = twin.system.tables[name]
        reorder(table, np.argsort(table.id * 2654435761 % 2**32))
    return twin


def same_lives(one, other):
    assert sorted(one.system.pupils.id) == sorted(other.system.pupils.id)
    for name in LIVED:
        np.testing.assert_array_equal(by_id(one.system.pupils, name), by_id(other.system.pupils, name), name)


def classmates(session, subject):
    """The class by pupil, told by its lasting id, in order of pupils' ids."""
    group = by_id(session.system.pupils, "class_group")[:, subject]
    return np.where(group >= 0, session.system.classes.id[group], -1)


@pytest.mark.parametrize("tables", [("pupils",), ("teachers",), ("pupils", "teachers")])
def test_the_order_of_rows_changes_no_life(world, tables):
    straight, mixed = world.fork(), shuffled(world, *tables)
    for _ in range(7):
        straight.system.step()
        mixed.system.step()
        same_lives(straight, mixed)
    assert (classmates(straight, 2) == classmates(mixed, 2)).all()


def test_the_order_of_rows_changes_no_teacher(world):
    straight, mixed = (session.step(3).system for session in (world.fork(), shuffled(world, "pupils", "teachers")))
    for name in ("id", "quality", "age", "experience"):
        assert (by_id(straight.teachers, name) == by_id(mixed.teachers, name)).all()
    assert (by_id(straight.classes, "teacher_id") == by_id(mixed.classes, "teacher_id")).all()


def test_the_order_of_rows_changes_what_schools_are_printed_as_by_nothing(world):
    straight, mixed = (session.run_to(2).system for session in (world.fork(), shuffled(world, "pupils")))
    for name in ("published_result", "reputation", "school_effect"):
        np.testing.assert_array_equal(straight.schools.get(name), mixed.schools.get(name), name)


def test_a_process_that_draws_and_writes_nothing_changes_no_life(settled, monkeypatch):
    def idle(system, draws):
        draws.normal(system.pupils.id, "nothing")
        draws.event(system.teachers.id, 0.5, "nothing")
        return {"thought about it": system.pupils.id}

    straight, beside = settled.fork().step(4), settled.fork()
    steps = schedule.SCHEDULE
    monkeypatch.setattr(schedule, "SCHEDULE", (steps[0], Process("idle", idle, EVERY_TERM), *steps[1:]))
    same_lives(straight, beside.step(4))
    assert beside.system.flows["thought about it"] == len(beside.system.pupils)


def test_looking_on_changes_nothing(world):
    watched, alone = world.fork(), world.fork()
    for _ in range(6):
        watched.step()
        watched.observe()
        alone.system.step()
    same_lives(watched, alone)


def test_the_same_seed_gives_the_same_lives_twice_and_another_seed_others():
    one, again, other = (Session(plan(years=1), seed=seed).run() for seed in (5, 5, 6))
    same_lives(one, again)
    assert sorted(one.system.pupils.id) != sorted(other.system.pupils.id)
