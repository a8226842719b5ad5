"""Worlds in which the heads of some schools decide otherwise, with a mechanism and without, on the same draws."""

from dataclasses import replace
from functools import cache

import numpy as np

from schoolsim.parameters import load_sheets
from schoolsim.rules import grouping
from schoolsim.rules.leading import judge, some
from schoolsim.session import Session
from tests.little import plan, write
from tests.mechanisms.on_and_off import STILL, TOWN, gained, settings

SEEDS = (1, 2, 3, 4)
YEARS = 4


def other(rows=slice(None, None, 2), **parts):
    """A rule by which heads of every second school plan as shipped but for some parts, given as values or functions."""

    def theirs(picture, draws):
        made = {name: part(picture) if callable(part) else np.full(len(picture), part) for name, part in parts.items()}
        return replace(judge(picture, draws), **made)

    return some(rows, theirs)


def only(*activities):
    """Energy for nothing but some activities, alike, as a part of a plan."""
    return lambda picture: np.tile(np.isin(np.arange(9), activities) + 1e-9, (len(picture), 1))


@cache
def led_worlds(asked, rule=judge, years=YEARS, seeds=SEEDS, prepare=None):
    """One world a seed, in which heads decide by a rule from year 1 on; `prepare` may change the start."""
    off, parameters, levers = asked
    content = plan(
        place=TOWN, years=years, settling_years=0, mechanisms=dict.fromkeys(off, False), parameters=dict(parameters),
        levers=dict(levers),
    )  # fmt: skip
    worlds = [Session(content, seed=seed).decide(rule) for seed in seeds]
    return [(prepare(world) if prepare else world).run() for world in worlds]


def pairs(mechanism, rule=judge, parameters=None, levers=None, **more):
    """Pairs of worlds with a mechanism and without, nobody choosing schools or posts anew."""
    with_it = settings(*STILL, parameters=parameters, levers=levers)
    without = settings(mechanism, *STILL, parameters=parameters, levers=levers)
    return list(zip(led_worlds(with_it, rule, **more), led_worlds(without, rule, **more), strict=True))


def able_heads(world):
    """Heads of much skill in all schools, from the start on."""
    write(world.system.heads, "skill", 2.5)
    return world


def by_school(system, values):
    """Mean of a column of pupils by school [J]."""
    return grouping.means(values, system.pupils.school, len(system.schools))


def learnt(on, off):
    """Months that the pupils of each school know more with the mechanism than without [J]."""
    return by_school(on.system, gained(on, off))


def apart(values, rows=slice(None, None, 2)):
    """How much higher the mean of schools of some rows lies than that of the others."""
    chosen = np.zeros(len(values), bool)
    chosen[rows] = True
    return np.nanmean(values[chosen]) - np.nanmean(values[~chosen])


def end_of(end, *paths):
    """Some parameters at an end of their range, 0 low and 1 high."""
    return {row.path: row.prior.bounds[end] for row in load_sheets().free() if row.path in paths}
