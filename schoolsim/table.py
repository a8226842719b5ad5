"""Columnar tables that speak Mesa's AgentSet words, with a write guard.

A table is a struct of numpy arrays, one row a person or an institution. `table.column` is the array itself.
Outside a process every array is read-only; a process opens the columns it owns, so trespass fails at the
very line that commits it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Column:
    """What `columns.yaml` says of one column."""

    name: str
    dtype: str
    unit: str
    meaning: str
    owner: str
    width: int = 1
    default: float = 0
    neutral: float | None = None

    def empty(self, count: int) -> np.ndarray:
        """A fresh array of `count` rows filled with the default."""
        shape = (count,) if self.width == 1 else (count, self.width)
        return np.full(shape, self.default, dtype=self.dtype)


class Table:
    """Rows as parallel arrays; columns, units and owners are declared, never improvised."""

    def __init__(self, name: str, columns: Mapping[str, Column]) -> None:
        self.name = name
        self.columns = dict(columns)
        self._arrays = {key: column.empty(0) for key, column in self.columns.items()}
        self._owned: dict[str, list[str]] = {}
        for key, column in self.columns.items():
            self._owned.setdefault(column.owner, []).append(key)
        self._freeze()

    def __len__(self) -> int:
        return len(next(iter(self._arrays.values())))

    def __getattr__(self, name: str) -> np.ndarray:
        try:
            return self.__dict__["_arrays"][name]
        except KeyError:
            raise AttributeError(f"no column '{name}' in this table") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._arrays]

    # -- rows ---------------------------------------------------------------------------------------
    def append(self, rows: Mapping[str, np.ndarray]) -> None:
        """Add rows; columns not given take their default."""
        self.keep(None, then=[rows])

    def keep(self, kept: np.ndarray | None, then: Sequence[Mapping[str, np.ndarray]] = ()) -> None:
        """Drop all rows but those of a mask [n] (None: keep all), and add the rows of `then` behind them."""
        stay = None if kept is None else np.flatnonzero(kept)
        begins = len(self) if stay is None else len(stay)
        size = begins + sum(_length(rows) for rows in then)
        for key, column in self.columns.items():
            old, new = self._arrays[key], np.empty((size, *self._arrays[key].shape[1:]), column.dtype)
            if stay is None:
                new[:begins] = old
            else:
                np.take(old, stay, axis=0, out=new[:begins], mode="clip")
            begin = begins
            for rows in then:
                new[begin : begin + _length(rows)] = rows.get(key, column.default)
                begin += _length(rows)
            self._arrays[key] = new
        self._freeze()

    def replace(self, rows: Mapping[str, np.ndarray]) -> None:
        """Exchange all rows for new ones."""
        self._arrays = {key: column.empty(0) for key, column in self.columns.items()}
        self.append(rows)

    def arrays(self) -> dict[str, np.ndarray]:
        """All columns by name, as they stand (read-only)."""
        return dict(self._arrays)

    def copy(self) -> Table:
        """An independent copy: what happens to one never reaches the other."""
        twin = Table(self.name, self.columns)
        twin._arrays = {key: array.copy() for key, array in self._arrays.items()}
        twin._freeze()
        return twin

    # -- the guard ----------------------------------------------------------------------------------
    def _freeze(self) -> None:
        for array in self._arrays.values():
            array.flags.writeable = False

    @contextmanager
    def opened_for(self, owner: str) -> Iterator[None]:
        """Let the process `owner` write the columns it owns, and only those."""
        owned = self._owned.get(owner, ())
        for key in owned:
            self._arrays[key].flags.writeable = True
        try:
            yield
        finally:
            for key in owned:  # all others, and all new arrays, are frozen already
                self._arrays[key].flags.writeable = False

    def fill_neutral(self, owner: str) -> None:
        """Set the columns of a switched-off process to the value at which they say nothing."""
        with self.opened_for(owner):
            for key, column in self.columns.items():
                if column.owner == owner and column.neutral is not None:
                    self._arrays[key][:] = column.neutral

    # -- Mesa's AgentSet words ------------------------------------------------------------------------
    def select(self, chosen: np.ndarray | Callable[[Table], np.ndarray]) -> Rows:
        """The rows where a mask, or a function of the table that gives one, is true."""
        mask = chosen(self) if callable(chosen) else chosen
        return Rows(self, np.flatnonzero(mask) if mask.dtype == bool else np.asarray(mask))

    def get(self, name: str) -> np.ndarray:
        """One column of all rows."""
        return self._arrays[name]

    def one(self, id: int) -> One:
        """The row of an id, as an object.

        Raises:
            KeyError: nobody here has it.
        """
        rows = np.flatnonzero(self._arrays["id"] == id)
        if not len(rows):
            raise KeyError(f"no {id} in the table of {self.name}")
        return One(self, int(rows[0]))

    def __iter__(self) -> Iterator[One]:
        return (One(self, row) for row in range(len(self)))

    def agg(self, name: str, function: Callable[[np.ndarray], Any]) -> Any:
        """A function of one column, say `pupils.agg("attendance", np.mean)`."""
        return function(self._arrays[name])

    def groupby(self, name: str) -> dict[Any, Rows]:
        """Rows by the value of a column, in order of the values."""
        return self.select(np.ones(len(self), bool)).groupby(name)


def _length(rows: Mapping[str, np.ndarray]) -> int:
    return len(next(iter(rows.values())))


@dataclass(frozen=True)
class Rows:
    """Some rows of a table; the same words as an AgentSet."""

    table: Table
    index: np.ndarray

    def __len__(self) -> int:
        return len(self.index)

    def get(self, name: str) -> np.ndarray:
        """One column of these rows (a copy)."""
        return self.table.get(name)[self.index]

    def set(self, name: str, values: np.ndarray | float) -> None:
        """Write one column of these rows; the guard applies."""
        self.table.get(name)[self.index] = values

    def select(self, chosen: np.ndarray) -> Rows:
        """Those of these rows where the mask [n] is true."""
        return Rows(self.table, self.index[chosen])

    def agg(self, name: str, function: Callable[[np.ndarray], Any]) -> Any:
        """A function of one column of these rows."""
        return function(self.get(name))

    def groupby(self, name: str) -> dict[Any, Rows]:
        """These rows by the value of a column."""
        values, codes = np.unique(self.get(name), return_inverse=True)
        return {value.item(): Rows(self.table, self.index[codes == code]) for code, value in enumerate(values)}

    def sort(self, name: str, *, ascending: bool = True) -> Rows:
        """These rows in order of a column; equal ones stay in order."""
        key = self.get(name)
        return Rows(self.table, self.index[np.argsort(key if ascending else -key, kind="stable")])

    def __iter__(self) -> Iterator[One]:
        return (One(self.table, int(row)) for row in self.index)

    def to_list(self) -> list[One]:
        """Each of these rows as an object."""
        return list(self)

    def map(self, function: Callable[[One], Any]) -> list[Any]:
        """What a function says of each of these rows: for a handful of people, never inside a term."""
        return [function(one) for one in self]

    def do(self, function: Callable[[One], Any]) -> Rows:
        """Call a function with each of these rows; returns the rows."""
        self.map(function)
        return self


class One:
    """One row as an object: `one.attendance` is what the column holds of it at the moment.

    It is a window on a place in the table: once people have come or gone, look them up anew (`table.one(id)`).
    """

    def __init__(self, table: Table, row: int) -> None:
        self.table, self.row = table, row

    def __getattr__(self, name: str) -> Any:
        table = self.__dict__.get("table")
        if table is None or name not in table.columns:
            raise AttributeError(f"no column '{name}' in this table")
        return table.get(name)[self.__dict__["row"]]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.table.columns]
