"""The columns of every table as `columns.yaml` declares them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from schoolsim.table import Column, Table

TABLES = ("pupils", "schools", "classes", "teachers", "heads")


@cache
def declared() -> dict[str, dict[str, Column]]:
    """Columns by table and name."""
    text = Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8")
    return {
        table: {name: Column(name, **facts) for name, facts in columns.items()}
        for table, columns in yaml.safe_load(text).items()
    }


def empty_tables() -> dict[str, Table]:
    """One empty table for each kind of person and institution."""
    return {name: Table(name, declared()[name]) for name in TABLES}


def written_by(process: str) -> list[str]:
    """The columns that a process owns, as "table.column"."""
    return [f"{table}.{name}" for table, columns in declared().items() for name, column in columns.items()
            if column.owner == process]  # fmt: skip
