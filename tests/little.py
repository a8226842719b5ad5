"""Small things the tests share: a plan for the invented town, and systems of a handful of people."""

from collections import Counter
from types import SimpleNamespace

import numpy as np

from schoolsim import schedule
from schoolsim.columns import empty_tables
from schoolsim.parameters import load_sheets
from schoolsim.people.in_view import SchoolsInView
from schoolsim.places.england import national_shares
from schoolsim.policy.levers import default_levers
from schoolsim.processes.cohorts import models_of
from schoolsim.rules.leading import judge
from schoolsim.scenario import scenario_from
from schoolsim.system import SchoolSystem


def plan(**changes):
    """A scenario of the invented town: three years after one of settling, unless said otherwise."""
    town = {"name": "stand-still", "title": "Stand-still", "place": "toytown", "years": 3, "settling_years": 1}
    return scenario_from(town | changes)


class Little:
    """A system small enough to read: real tables with the rows given, shipped numbers and levers.

    Rows are given by column, `pupils={"id": [1, 2], "year_group": [7, 7]}`. Two rows with the same id have
    the same luck.
    """

    norms = SchoolSystem.norms
    term_index = SchoolSystem.term_index
    year = 1
    witnesses = ()
    decide = staticmethod(judge)

    def __init__(self, *, term=0, elapsed=1, seed=1, off=(), levers=None, templates=None, **rows):
        self.state = SimpleNamespace(elapsed=elapsed, term=term, staffed_for=None)
        self.term, self.elapsed, self.seed = term, elapsed, seed
        self.tables = empty_tables()
        for name, columns in rows.items():
            self.tables[name].append({key: np.asarray(column) for key, column in columns.items()})
        self.plan = SimpleNamespace(off=frozenset(off))
        self.levers = default_levers("england_2019") | (levers or {})
        self.values = {name: dict(sheet) for name, sheet in load_sheets().resolve({}).by_process.items()}
        people = self.values["population"]
        same = {"in_care": 0.005, "ethnicity": people["ethnicity_share"], "position_gap": people["ses_poverty_gap"]}
        self.national = {phase: row | same for phase, row in national_shares().items()}
        self.flows, self.admissions_summary, self.rounds = Counter(), {}, []
        self.templates, self.own_areas = templates or {}, np.ones(1, bool)
        self.deprivation = np.full(1, self.values["mobility"]["deprivation_at_mean"])
        self.in_view = SchoolsInView({"easting": np.zeros(1), "northing": np.zeros(1)}, self.tables["schools"])

    def __getattr__(self, name):
        try:
            return self.__dict__["tables"][name]
        except KeyError:
            raise AttributeError(name) from None

    def lives(self, *processes, **values):
        """Let processes happen under the guard, the first with other `values` of its parameters; returns self."""
        self.values[processes[0]] = self.values.get(processes[0], {}) | values
        for name in processes:
            schedule.carry_out(self, schedule.BY_NAME[name])
        return self

    def put(self, table, **columns):
        """Write columns past the guard, as a test may."""
        for name, values in columns.items():
            self.tables[table]._arrays[name] = np.asarray(values, self.tables[table].columns[name].dtype)
        self.tables[table]._freeze()
        return self


def write(table, name, change):
    """Write a column of a running system through the guard, in the name of its owner."""
    with table.opened_for(table.columns[name].owner):
        table.get(name)[:] = change


def by_id(table, name):
    """A column in order of ids, so that two tables can be laid side by side."""
    return table.get(name)[np.argsort(table.id, kind="stable")]


def reorder(table, order):
    """Put the rows of a table in another order, past the guard."""
    table._arrays = {name: column[order] for name, column in table._arrays.items()}
    table._freeze()


def grow(system, target, outer=0):
    """Ask for other rolls; models of those who then arrive are the pupils about to enter each year group."""
    system.state.target_roll = np.array(target)
    rows = np.flatnonzero(system.pupils.year_group < 11)
    models = models_of(system, "arrivals", rows)
    entering = models["year_group"] + 1
    first = np.cumsum(entering == 7) <= outer
    system.state.arrivals = models | {"year_group": entering, "outer": first & (entering == 7)}
