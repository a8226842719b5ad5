"""The register of levers: the rules of the game that somebody may set, with bounds, holder and default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from schoolsim.errors import InputError, nearest
from schoolsim.schema.checks import check_value
from schoolsim.vintages import PRESENT, VINTAGES
from schoolsim.yaml_source import read_yaml

LEVERS_FILE = Path(__file__).with_name("levers.yaml")
Setting = str | int | float | bool


@dataclass(frozen=True)
class Lever:
    """One lever; `name` is the dotted path that scenarios write and processes read.

    `default` is the status quo of 2019, `vintages` that of other vintages where it differs, each with its reason.
    """

    name: str
    title: str
    kind: str
    unit: str
    holder: str
    cost: str
    meaning: str
    default: Setting
    why_default: str
    options: Mapping[str, str] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    whole: bool = False
    vintages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def fragment(self) -> dict:
        """The JSON Schema that a value of this lever meets."""
        texts = {"title": self.title, "description": self.meaning}
        if self.kind == "flag":
            return {**texts, "type": "boolean"}
        if self.kind == "choice":
            return {**texts, "enum": list(self.options), "x-entry": "setting"}
        kind = "integer" if self.whole else "number"
        return {**texts, "type": kind, "minimum": self.low, "maximum": self.high, "x-unit": self.unit}

    @property
    def allowed(self) -> str:
        """What the lever can be set to, in words."""
        if self.kind == "number":
            return f"{self.low:g} to {self.high:g} {self.unit}"
        return " | ".join(self.options) if self.kind == "choice" else "on | off"

    def default_in(self, vintage: str) -> Setting:
        """The status quo of a vintage."""
        return self.vintages.get(vintage, {}).get("default", self.default)

    def in_words(self, value: Setting) -> str:
        """A value as scenario files write it."""
        return ("on" if value else "off") if self.kind == "flag" else str(value)

    def checked(self, value: object) -> Setting:
        """The value as the lever keeps it; refused when the lever cannot take it."""
        check_value(value, self.fragment, self.name)
        return int(value) if self.whole else value  # type: ignore[call-overload, return-value]


@lru_cache(maxsize=1)
def levers() -> dict[str, Lever]:
    """The register by name."""
    return {name: Lever(name=name, **row) for name, row in read_yaml(LEVERS_FILE).content.items()}


def default_levers(vintage: str = PRESENT) -> dict[str, Setting]:
    """The status quo of a vintage."""
    if vintage not in VINTAGES:
        raise InputError("unknown vintage", found=vintage, allowed=list(VINTAGES), guess=nearest(vintage, VINTAGES))
    return {name: lever.default_in(vintage) for name, lever in levers().items()}


def checked_setting(name: str, value: object) -> Setting:
    """The value a lever takes; an unknown lever or a value out of bounds is refused."""
    lever = levers().get(name)
    if lever is None:
        raise InputError("unknown lever", key=name, allowed=list(levers()), guess=nearest(name, levers()))
    return lever.checked(value)
