"""What happens: schedule, mechanisms, columns."""

from __future__ import annotations

import inspect
import re
from typing import Any

from refpages.markdown import Lines, Row, code, codes, heading, in_words, mechanism_link, paragraph, rows_of, table
from schoolsim.lab.registers import AREAS


def schedule() -> Lines:
    """The processes in order, then each in full."""
    rows = rows_of("schedule", dataflow=True)
    yield from paragraph("A term passes when this list is walked once. `schoolsim show schedule` prints it.")
    yield from table(("", "process", "when", "mechanisms", "what happens"), map(_in_short, rows))
    for row in rows:
        yield from _in_full(row)


def _in_short(row: Row) -> tuple[object, ...]:
    name = row["process"]
    links = ", ".join(map(mechanism_link, row["mechanisms"]))
    return row["order"], f"[{name}](#{name})", row["terms"], links, row["meaning"]


def _in_full(row: Row) -> Lines:
    from schoolsim.parameters import load_sheets
    from schoolsim.schedule import BY_NAME

    process = BY_NAME[row["process"]]
    yield from heading(process.name)
    for part in _parts(process.function):
        yield from paragraph(part)
    if process.otherwise:
        yield from paragraph(f"**While off:** {inspect.getdoc(process.otherwise)}")
    written = set(row["writes"])
    yield from table(("writes", "reads, beside its own"), [(codes(written), codes(set(row["reads"]) - written))])
    if any(number.process == process.name for number in load_sheets()):
        yield from paragraph(f"Parameters: [{process.name}](parameters.md#{process.name})")


def _parts(function: Any) -> list[str]:
    """A docstring as paragraphs, its headings in bold."""
    doc = inspect.getdoc(function) or ""
    parts = re.split(r"\n\s*\n|\n(?=(?:What happens|Evidence|Leaves out):)", doc)
    return [re.sub(r"^(What happens|Evidence|Leaves out):", r"**\1:**", part.strip()) for part in parts]


def mechanisms() -> Lines:
    """The register by area."""
    rows = rows_of("mechanisms")
    yield from paragraph(
        f"{sum(row['built'] for row in rows)} of {len(rows)} are built; these have a page and a switch. A *process* "
        "changes state in a run, a *structure* is variance that is there, a *pattern* is an outcome of others, and "
        "its switch turns off those in brackets."
    )
    for area, title in AREAS.items():
        yield from heading(title)
        found = [_mechanism(row) for row in rows if row["area"] == area]
        yield from table(("", "name", "kind", "built", "what it says"), found)


def _mechanism(row: Row) -> tuple[object, ...]:
    kind = f"{row['kind']} ({in_words(row['switches'])})" if row["switches"] else row["kind"]
    built = "yes" if row["built"] else ""
    return mechanism_link(row["id"]), row["name"].replace("_", " "), kind, built, row["meaning"]


def columns() -> Lines:
    """Columns by table, with owner and readers."""
    from schoolsim.columns import declared

    yield from paragraph(
        "One owner writes a column; `start` means set when the row is made. A neutral value is what it takes while "
        "its owner is switched off. Readers other than the owner were found by running a year of the invented town."
    )
    readers = _readers()
    for name, found in declared().items():
        yield from heading(name)
        rows = (_column(column, readers.get(f"{name}.{column.name}", [])) for column in found.values())
        yield from table(("column", "type", "unit", "owner", "neutral", "meaning", "read by"), rows)


def _column(column: Any, readers: list[str]) -> tuple[object, ...]:
    kind = column.dtype if column.width == 1 else f"{column.dtype} × {column.width}"
    others = [reader for reader in readers if reader != column.owner]
    return code(column.name), kind, column.unit, column.owner, column.neutral, column.meaning, others


def _readers() -> dict[str, list[str]]:
    """Who reads each column: processes in order, then metrics."""
    from schoolsim.dataflow import columns_read_by_metrics

    found: dict[str, list[str]] = {}
    for row in rows_of("schedule", dataflow=True):
        for column in row["reads"]:
            found.setdefault(column, []).append(str(row["process"]))
    for column in columns_read_by_metrics():
        found.setdefault(column, []).append("metrics")
    return found
