"""Values and names as pages write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def value_text(value: Any) -> str:
    """A number, a list of them, rows of them, or numbers by name."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return f"{value:,.4g}".replace("-", "\u2212") if abs(value) < 10_000 else f"{value:,.0f}"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {value_text(each)}" for name, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        nested = any(isinstance(each, Sequence) and not isinstance(each, str) for each in value)
        return ("; " if nested else ", ").join(map(value_text, value))
    return "" if value is None else str(value)


def plain(name: str) -> str:
    """A name of the program in words: "parental_choice" is "Parental choice"."""
    words = name.replace("_", " ").replace(".", ": ")
    return words[:1].upper() + words[1:]


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 school", "3 schools"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
