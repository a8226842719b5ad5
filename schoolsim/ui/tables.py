"""Tables whose heading stands above them already, with their columns in few words."""

from __future__ import annotations

from typing import Any

from schoolsim.ui.components import DataTable, Rows


def column(key: str, title: str = "", *, link: bool = False, **more: Any) -> dict[str, Any]:
    """A column of a table; with `link` the rows hold its address under "to"."""
    words = key.replace("_", " ")
    return {"key": key, "title": title or words[:1].upper() + words[1:], **({"link": "to"} if link else {}), **more}


def table(caption: str, columns: Rows, rows: Rows, *, noun: str = "", **more: Any) -> Any:
    """A table of text, which on a phone becomes a list; with a `noun` it can be searched."""
    search = {"searchable": True, "noun": noun, "search_label": f"Find in {noun}"} if noun else {}
    return DataTable(caption=caption, columns=columns, rows=rows, hide_caption=True, stacked=True, **search, **more)
