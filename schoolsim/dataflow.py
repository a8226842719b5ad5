"""Which columns each process and the metrics touch, found by running a year with tables that take notes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np

from schoolsim.scenario import scenario_from
from schoolsim.session import Session
from schoolsim.table import Table

OUTSIDE = "outside"
"""Who is noted while no process runs: here, the metrics."""

Notes = dict[str, set[str]]
"""Process -> columns touched, as "table.column"."""


def columns_read() -> dict[str, set[str]]:
    """The columns that each process touches in a year of the invented town, its own writing included."""
    return {process: set(columns) for process, columns in _notes_of_a_year().items() if process != OUTSIDE}


def columns_read_by_metrics() -> set[str]:
    """The columns that any metric, or the yearly table of schools, reads."""
    return set(_notes_of_a_year()[OUTSIDE])


class WatchedTable(Table):
    """A table that notes which of its columns are asked for, and on whose behalf.

    The guard says who: a process runs while the table is opened for it.
    """

    def __init__(self, table: Table, notes: Notes) -> None:
        super().__init__(table.name, table.columns)
        self._arrays = table.copy().arrays()
        self._notes, self._running = notes, OUTSIDE
        self._freeze()

    def __getattr__(self, name: str) -> np.ndarray:
        column = super().__getattr__(name)
        self.note(name)
        return column

    def get(self, name: str) -> np.ndarray:
        """One column of all rows, noted."""
        self.note(name)
        return super().get(name)

    def arrays(self) -> dict[str, np.ndarray]:
        """All columns by name; those looked up are noted."""
        return _WatchedArrays(self)

    def note(self, column: str) -> None:
        """Write down that whoever runs asked for `column`."""
        self._notes.setdefault(self._running, set()).add(f"{self.name}.{column}")

    @contextmanager
    def opened_for(self, owner: str) -> Iterator[None]:
        """As in any table; what is asked for meanwhile is noted for `owner`."""
        self._running = owner
        try:
            with super().opened_for(owner):
                yield
        finally:
            self._running = OUTSIDE


class _WatchedArrays(dict[str, np.ndarray]):
    """The columns of a watched table; taking all of them at once, as a copy does, is not reading."""

    def __init__(self, table: WatchedTable) -> None:
        super().__init__(Table.arrays(table))
        self._table = table

    def __getitem__(self, name: str) -> np.ndarray:
        self._table.note(name)
        return super().__getitem__(name)


@cache
def _notes_of_a_year() -> Notes:
    """Everything touched in the year after the start, metrics under `OUTSIDE`."""
    content = {"name": "dataflow", "title": "Dataflow", "place": "toytown", "years": 1, "settling_years": 0}
    session = Session(scenario_from(content))
    notes: Notes = {}
    state = session.system.state
    state.tables = {name: WatchedTable(table, notes) for name, table in state.tables.items()}
    del session.system.in_view  # the start has worked it out; who uses it now is to be seen reading what it is made of
    session.run()
    return notes
