"""Worlds with a mechanism and without, on the same draws, and how sure a difference between them is."""

from functools import cache

import numpy as np

from schoolsim.parameters import load_sheets
from schoolsim.session import Session
from tests.little import plan

SEEDS = (1, 2, 3, 4)
TOWN = "toytown:6x30"
STILL = ("M20", "M36", "M38")
"""Off in both of two worlds, nobody chooses a school or a post and no class is saved: all sit where they sit, with the
same teachers, and a small effect shows."""


def settings(*off, parameters=None, levers=None):
    """What `worlds` is asked for: mechanisms switched off, parameters away from their modes, levers moved."""
    return tuple(off), *(tuple(sorted((moved or {}).items())) for moved in (parameters, levers))


AS_SHIPPED = settings()


@cache
def worlds(asked=AS_SHIPPED, years=1, seeds=SEEDS):
    """One world a seed, run for some years from a start that lived its whole past under the same switches."""
    off, parameters, levers = asked
    switches = {mechanism: False for mechanism in off}
    moved = {"parameters": dict(parameters), "levers": dict(levers)}
    content = plan(place=TOWN, years=years, settling_years=0, mechanisms=switches, **moved)
    return [Session(content, seed=seed).run() for seed in seeds]


def outcome(session, metric, **keys):
    """The one value of a metric in the last year."""
    seen = session.observe().metrics
    chosen = (seen["year"] == session.year) & (seen["metric"] == metric)
    for name, value in keys.items():
        chosen &= seen[name] == value
    (value,) = seen.loc[chosen, "value"]
    return value


def each(measure, asked=AS_SHIPPED, years=1, seeds=SEEDS):
    """A measure of every world [seeds]."""
    return np.array([measure(session) for session in worlds(asked, years, seeds)])


def gained(on, off):
    """Months that pupils of the world `on` know more than the same pupils in `off`, mean of three subjects [n]."""
    here, there = on.system.pupils, off.system.pupils
    order, other = np.argsort(here.id), np.argsort(there.id)
    assert (here.id[order] == there.id[other]).all()
    gain = np.empty(len(here))
    gain[order] = (here.attainment[order] - there.attainment[other])[:, :3].mean(axis=1)
    return gain


def sure(difference):
    """Paired differences [seeds] in units of the Monte Carlo error of their mean."""
    return difference.mean() / (difference.std(ddof=1) / len(difference) ** 0.5)


def at_end(end, *processes, turned=()):
    """Every parameter of some processes at an end of its range (0 low, 1 high; the other end for those `turned`)."""
    free = [row for row in load_sheets().free() if row.process in processes]
    return {row.path: row.prior.bounds[1 - end if row.name in turned else end] for row in free}
