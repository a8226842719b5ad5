"""Regimes: named sets of lever settings, over time if need be. They are data only, and can be mixed."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolsim.errors import InputError, nearest
from schoolsim.policy.changes import Change, read_changes
from schoolsim.policy.levers import checked_setting, levers
from schoolsim.policy.schema import regime_schema
from schoolsim.schema.checks import check
from schoolsim.yaml_source import read_yaml

FOLDER = Path(__file__).with_name("regimes")


@dataclass(frozen=True)
class Regime:
    """A regime; its plain settings are changes that hold from year 1 on."""

    name: str
    title: str
    description: str
    changes: tuple[Change, ...]


def regime_names() -> list[str]:
    """The shipped regimes."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def load_regime(name: str) -> Regime:
    """A shipped regime by name."""
    if name not in regime_names():
        guess = nearest(name, regime_names())
        raise InputError("unknown regime", key="regime", found=name, allowed=regime_names(), guess=guess)
    return read_regime(FOLDER / f"{name}.yaml")


def read_regime(file: Path) -> Regime:
    """A regime from a file; a dated change of a lever that the regime also sets replaces it for its years."""
    source = read_yaml(file)
    check(source, regime_schema())
    content = source.content
    settings = content.get("levers", {})
    standing = [Change(path, checked_setting(path, value)) for path, value in settings.items()]
    dated = read_changes(source)
    title, description = content.get("title", file.stem), content.get("description", "")
    return Regime(content.get("name", file.stem), title, description, (*standing, *dated))


def mixed(regimes: Sequence[Regime], decided: Container[str] = ()) -> tuple[Change, ...]:
    """The changes of several regimes as one layer; the scenario itself has `decided` some paths."""
    result: list[Change] = []
    for place, regime in enumerate(regimes):
        changes = [change for change in regime.changes if change.path not in decided]
        for earlier in regimes[:place]:
            _refuse_contradiction(regime, earlier, decided)
        result.extend(changes)
    return tuple(result)


def _refuse_contradiction(regime: Regime, earlier: Regime, decided: Container[str]) -> None:
    """Only the author of a mixture can say which of two regimes is meant where they differ."""
    for change in regime.changes:
        for other in earlier.changes:
            if change.path not in decided and change.overlaps(other) and change.value != other.value:
                what = f"the regimes {earlier.name} and {regime.name} contradict each other on {change.path}"
                words = levers()[change.path].in_words
                found = f"{words(other.value)} and {words(change.value)}"
                allowed = "one of them, set under levers"
                raise InputError(what, key=change.path, found=found, allowed=allowed)
