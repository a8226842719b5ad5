"""Reading the two tables of a user's own place: one clear message for whatever is wrong with a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from schoolsim.errors import InputError, nearest
from schoolsim.places.own_columns import TABLES, Column

SUFFIXES = (".csv", ".parquet")
MOST_ROWS = 100_000  # England has 24,000 schools and 33,000 small areas
_YES, _NO = ("yes", "true", "1", "1.0"), ("no", "false", "0", "0.0")


def read_own(folder: Path, which: str) -> tuple[Path, pd.DataFrame]:
    """The file of a table ("schools" or "areas"), and its rows with every column known (NaN or None if blank).

    The index holds what a message calls a row: the line of a CSV file, the row of a Parquet file, from 1.
    """
    file = _file(folder, which)
    raw = _read_csv(file) if file.suffix == ".csv" else _read_parquet(file)
    _check_size(raw, file)
    columns = TABLES[which]
    _check_columns(list(raw), columns, file)
    blank = pd.Series(None, raw.index, dtype=object)
    return file, pd.DataFrame({
        column.name: _parsed(raw.get(column.name, blank), column, file) for column in columns
    })  # fmt: skip


def wrong(file: Path, row: int, column: str, what: str, **details: Any) -> InputError:
    """An error in one cell: in a CSV file `row` is its line, in a Parquet file its row."""
    if file.suffix == ".csv":
        return InputError(what, file=file, line=row, key=column, **details)
    return InputError(what, file=file, key=f"{column}, row {row}", **details)


def _file(folder: Path, which: str) -> Path:
    files = [folder / f"{which}{suffix}" for suffix in SUFFIXES]
    there = [file for file in files if file.is_file()]
    names = [file.name for file in files]
    if len(there) > 1:
        raise InputError("this place has the same table twice; keep one", file=folder, found=names)
    if not there:
        others = [file.name for file in sorted(folder.iterdir()) if file.suffix in SUFFIXES]
        guess = nearest(names[0], others)
        raise InputError(f"this place has no table of {which}", file=folder, found=others or None,
                         allowed=" or ".join(names), guess=guess)  # fmt: skip
    return there[0]


def _read_csv(file: Path) -> pd.DataFrame:
    try:
        raw = pd.read_csv(
            file, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False, header=None,
            on_bad_lines="error", engine="c",
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise InputError("this file is not in UTF-8", file=file, allowed="CSV saved as UTF-8") from error
    except pd.errors.EmptyDataError as error:
        raise InputError("this file is empty", file=file) from error
    except (pd.errors.ParserError, OSError) as error:
        raise InputError(f"this is not a CSV file: {str(error).splitlines()[0]}", file=file) from error
    names = [str(name).strip() for name in raw.iloc[0]]
    if len(names) == 1 and ";" in names[0]:
        raise InputError("the columns are separated by semicolons", file=file, line=1, allowed="commas")
    table = raw.iloc[1:].set_axis(names, axis=1).set_axis(range(2, len(raw) + 1), axis=0)
    return table[(table != "").any(axis=1)]


def _read_parquet(file: Path) -> pd.DataFrame:
    try:
        table = pd.read_parquet(file).reset_index(drop=True)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError("this is not a Parquet file, or damaged", file=file) from error
    return table.set_axis(range(1, len(table) + 1), axis=0).set_axis([str(name).strip() for name in table], axis=1)


def _check_size(raw: pd.DataFrame, file: Path) -> None:
    if raw.empty:
        raise InputError("this table has no rows", file=file)
    if len(raw) > MOST_ROWS:
        raise InputError("this table has too many rows", file=file, found=len(raw), allowed=f"at most {MOST_ROWS:,}")


def _check_columns(found: list[str], columns: tuple[Column, ...], file: Path) -> None:
    known = [column.name for column in columns]
    twice = sorted({name for name in found if found.count(name) > 1})
    if twice:
        raise InputError("these columns stand here twice", file=file, found=twice)
    for name in found:
        if name not in known:
            left = [other for other in known if other not in found]
            guess = nearest(name.lower(), left)
            raise InputError("unknown column", file=file, key=name, allowed=left, guess=guess)
    missing = [column.name for column in columns if column.required and column.name not in found]
    if missing:
        raise InputError("these columns are missing", file=file, found=found, allowed=missing)


def _parsed(cells: pd.Series, column: Column, file: Path) -> pd.Series:
    """The cells of one column in their own type, checked one by one."""
    words = cells.map(_word)
    blank = words == ""
    if column.required and blank.any():
        raise wrong(file, words.index[blank][0], column.name, "this cell is empty", allowed=column.allowed)
    if column.kind in ("whole", "number"):
        return _numbers(words, blank, column, file)
    values = words.str.lower().map(_flag) if column.kind == "flag" else words
    bad = ~blank & (values.isna() if column.kind == "flag" else _no_choice(values, column))
    if bad.any():
        row, found = words.index[bad][0], words[bad].iloc[0]
        guess = nearest(found, column.choices)
        raise wrong(file, row, column.name, "this is not allowed", found=found, allowed=column.allowed, guess=guess)
    return values.astype(object).where(~blank, None)


def _numbers(words: pd.Series, blank: pd.Series, column: Column, file: Path) -> pd.Series:
    values = pd.to_numeric(words.where(~blank), errors="coerce").astype(float)
    checks = (
        (~blank & ~np.isfinite(values), "this is not a number"),
        ((values < column.low) | (values > column.high), "this number is out of range" + _hint(column, values)),
        ((column.kind == "whole") & (values % 1 != 0) & values.notna(), "this is not a whole number"),
    )
    for bad, what in checks:
        if bad.any():
            row = words.index[bad][0]
            raise wrong(file, row, column.name, what, found=words[row], allowed=column.allowed)
    return values


def _hint(column: Column, values: pd.Series) -> str:
    is_percent = column.high == 1 and values.max() > 1 and values.max() <= 100
    return " (a share, not a percentage)" if is_percent else ""


def _no_choice(values: pd.Series, column: Column) -> pd.Series:
    return ~values.isin(column.choices) if column.choices else pd.Series(False, values.index)


def _word(cell: object) -> str:
    """A cell as text without blanks around it; "" for whatever means that it is empty."""
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    return str(cell).strip()


def _flag(word: str) -> bool | None:
    return True if word in _YES else False if word in _NO else None
