"""Tables for spreadsheets: CSV in which no cell is taken for a formula."""

from __future__ import annotations

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV (UTF-8, with a mark by which spreadsheets know it).

    Text that a spreadsheet would run as a formula begins with a quote; numbers are left alone.
    """
    safe = frame.copy(deep=False)
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name]):
            safe[name] = _harmless(frame[name])
    safe.columns = [harmless(str(name)) for name in frame.columns]
    return safe.to_csv(index=False).encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _harmless(column: pd.Series) -> pd.Series:
    """Each distinct value is looked at once: a column of a comparison has millions of rows and few words."""
    as_text = column.astype("category")
    return as_text.map({value: harmless(str(value)) for value in as_text.cat.categories})
