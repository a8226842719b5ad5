"""Worlds in which many schools are found inadequate, so that what follows shows in a small town."""

import numpy as np

from tests.mechanisms.on_and_off import settings, worlds

STRICT = {"inspection.bar": 1.0, "inspection.interval": 2}
"""So high a bar that a quarter of all visits end in special measures."""
SEEDS, YEARS = (1, 2, 3, 4, 5), 3


def by_school(session, table, column):
    """Mean by school of what pupils or teachers have [J]."""
    people, count = session.system.tables[table], len(session.system.schools)
    here = people.school >= 0
    value = column(people)[here]
    number = np.bincount(people.school[here], minlength=count)
    return np.bincount(people.school[here], weights=value, minlength=count) / np.maximum(number, 1)


def apart_in_failed(measure, *off, levers=STRICT, parameters=None, still=(), years=YEARS, seeds=SEEDS):
    """On less off, over the schools that the world with everything on has in special measures [seeds]."""
    on, other = (settings(*still, *less, levers=levers, parameters=parameters) for less in ((), off))
    pairs = zip(worlds(on, years, seeds), worlds(other, years, seeds), strict=True)
    return np.array([_over_failed(one, two, measure) for one, two in pairs])


def _over_failed(on, off, measure):
    failed = on.system.schools.in_measures
    return (measure(on) - measure(off))[failed].mean()


def morale(session):
    return by_school(session, "teachers", lambda teachers: teachers.morale)
