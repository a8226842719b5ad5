"""What happens in one school does not touch a pupil of another who stays where he or she is."""

import numpy as np
import pytest

from tests.little import write


def secondary(system):
    """Row of a secondary school."""
    return int(np.flatnonzero(system.schools.phase == 1)[0])


def after_luck(world, table, column, change, terms=2):
    """Attainment with and without a change in the spring, and who is in the school it happens to."""
    straight, changed = world.fork().step(), world.fork().step()
    system = changed.system
    row = secondary(system)
    write(system.tables[table], column, change(system, row))
    for session in (straight, changed):
        session.step(terms)
    return straight.system.pupils.attainment, system.pupils.attainment, system.pupils.school == row


def better(system, row):
    effect = system.schools.school_effect.copy()
    effect[row] += 0.3
    return effect


def better_taught(system, row):
    effect = system.classes.teaching_effect.copy()
    effect[system.classes.school == row] += 0.3
    return effect


def emptier(system, row):
    climate = system.schools.attendance_climate.copy()
    climate[row] -= 1.0
    return climate


@pytest.mark.parametrize(
    ("table", "column", "change"),
    [("schools", "school_effect", better), ("classes", "teaching_effect", better_taught),
     ("schools", "attendance_climate", emptier)],
)  # fmt: skip
def test_one_schools_luck_moves_its_own_pupils_and_no_others(world, table, column, change):
    straight, changed, inside = after_luck(world, table, column, change)
    assert (changed[~inside] == straight[~inside]).all()
    assert (changed[inside].mean(axis=1) >= straight[inside].mean(axis=1)).all()
    assert changed[inside].mean() > straight[inside].mean() + 0.2


def test_one_pupils_home_moves_that_pupil_and_no_other(world):
    straight, changed = world.fork().step(), world.fork().step()
    effect = changed.system.pupils.home_effect.copy()
    effect[7] += 0.5
    write(changed.system.pupils, "home_effect", effect)
    for session in (straight, changed):
        session.step()
    moved = (changed.system.pupils.attainment != straight.system.pupils.attainment).any(axis=1)
    assert np.flatnonzero(moved).tolist() == [7]


def test_this_years_results_of_other_schools_are_unmoved_too(world):
    one, other = world.fork().step(), world.fork().step()
    row = secondary(other.system)
    write(other.system.schools, "school_effect", better(other.system, row))
    for session in (one, other):
        session.step(2)
    before, after = (session.system.schools.actual_result for session in (one, other))
    assert np.flatnonzero((before != after) & np.isfinite(before)).tolist() == [row]
    assert (np.isfinite(before) == np.isfinite(after)).all()
