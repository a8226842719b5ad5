"""From a file, or from content of the same form, to a checked scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schoolsim.errors import InputError, nearest
from schoolsim.mechanisms import check_switches
from schoolsim.parameters import load_sheets
from schoolsim.policy.changes import Change, changes_from, read_changes
from schoolsim.policy.levers import levers
from schoolsim.policy.regimes import Regime, load_regime, mixed, read_regime, regime_names
from schoolsim.scenario.model import Scenario
from schoolsim.scenario.schema import scenario_schema
from schoolsim.scenario.shipped import SUFFIXES, resolve_scenario_name
from schoolsim.schema.checks import check
from schoolsim.vintages import PRESENT
from schoolsim.yaml_source import KeyPath, Source, read_yaml

SPANS = ("years", "seed", "settling_years")


def load_scenario(name: str | Path) -> Scenario:
    """A scenario from a file, or a shipped one by name."""
    return scenario_of(read_yaml(resolve_scenario_name(name)))


def scenario_from(content: dict) -> Scenario:
    """A scenario from content in the form of a scenario file."""
    return scenario_of(Source(content))


def scenario_from_resolved(content: dict) -> Scenario:
    """A scenario from what `Scenario.to_dict` gave: its regimes are in it and need not be known here."""
    source = Source({key: value for key, value in content.items() if key != "regime_changes"})
    _check_shape(source)
    changes = changes_from(source.content["changes"])
    return _filled(source, tuple(content["regime"]), changes_from(content["regime_changes"]), changes)


def check_place(name: str, source: Source, key: str = "place") -> str:
    """The place by the name a run keeps: as given, or the whole path of a folder of one's own.

    A place that does not exist is refused. Who sent a scenario is not told which folders there are here.
    """
    from schoolsim.places.place import check_name, is_folder_name, load_place

    if is_folder_name(name):
        folder = _folder_of(name, source, key)
        load_place(folder)
        return str(folder)
    try:
        check_name(name)
        return name
    except InputError as error:
        known, guess = error.allowed, None if source.sent and is_folder_name(error.guess or "") else error.guess
        raise source.error(error.what, (key,), found=name, allowed=known, guess=guess) from error


def scenario_of(source: Source) -> Scenario:
    """A scenario from a source in the form of a scenario file; one that was sent can name no file or folder."""
    _check_shape(source)
    changes = read_changes(source)
    regimes = [_regime(name, source) for name in _names(source.content.get("regime", "stand-still"))]
    layer = _layer(regimes, source)
    scenario = _filled(source, tuple(regime.name for regime in regimes), layer, changes)
    _check_reached(scenario, source)
    return scenario


def _check_shape(source: Source) -> None:
    check_switches(source.content.get("mechanisms"), source, ("mechanisms",))
    _check_not_fixed(source)
    check(source, scenario_schema())


def _filled(
    source: Source, regime: tuple[str, ...], layer: tuple[Change, ...], changes: tuple[Change, ...]
) -> Scenario:
    content = source.content
    settings = {name: levers()[name].checked(value) for name, value in content.get("levers", {}).items()}
    spans: dict[str, Any] = {key: int(content[key]) for key in SPANS if key in content}
    return Scenario(
        name=content["name"],
        title=content["title"],
        place=check_place(content["place"], source),
        description=content.get("description", ""),
        vintage=content.get("vintage", PRESENT),
        halo=content.get("halo", "near"),
        regime=regime,
        regime_changes=layer,
        levers=settings,
        changes=changes,
        mechanisms=dict(content.get("mechanisms", {})),
        parameters=dict(content.get("parameters", {})),
        **spans,
    )


def _layer(regimes: list[Regime], source: Source) -> tuple[Change, ...]:
    try:
        return mixed(regimes, decided=source.content.get("levers", {}))
    except InputError as error:
        raise source.error(error.what, ("regime",), found=error.found, allowed=error.allowed) from error


def _names(regime: str | list[str]) -> list[str]:
    return [regime] if isinstance(regime, str) else regime


def _regime(name: str, source: Source) -> Regime:
    """A shipped regime, or one in a file of the scenario's own folder."""
    if _is_path(name):
        return read_regime(_file_beside(name, "regime", source))
    known = regime_names()
    if name not in known:
        guess = nearest(name, known)
        raise source.error("unknown regime", ("regime",), found=name, allowed=known, guess=guess)
    return load_regime(name)


def _is_path(name: str) -> bool:
    separated = "/" in name or "\\" in name or name.startswith("..")
    return separated or Path(name).suffix in SUFFIXES


def _folder_of(name: str, source: Source, key: str) -> Path:
    """A folder that a scenario names: of a scenario from a file, never one outside that file's folder."""
    folder = _beside(name, source) if source.file or source.sent else Path(name).absolute()
    if folder is None or "\0" in name:
        raise source.error("this names a folder outside the scenario's folder", (key,), found=name)
    if not folder.is_dir():
        beside = [other.name for other in folder.parent.glob("*/")]
        what = "cannot find this folder of a place"
        raise source.error(what, (key,), found=name, guess=nearest(folder.name, beside))
    return folder.resolve()


def _file_beside(name: str, key: str, source: Source) -> Path:
    """A file that a scenario names; never one outside the scenario's folder, by whatever way."""
    file = _beside(name, source)
    if file is None:
        raise source.error("this names a file outside the scenario's folder", (key,), found=name)
    return _existing(file, name, key, source)


def _beside(name: str, source: Source) -> Path | None:
    """What a scenario names in or below its own folder, None if it lies outside."""
    folder = source.folder
    found = (folder / name).resolve() if folder and "\0" not in name else None
    return found if folder and found and found.is_relative_to(folder) else None


def _existing(file: Path, name: str, key: str, source: Source) -> Path:
    if not file.is_file():
        beside = [other.name for other in file.parent.glob("*") if other.suffix in SUFFIXES]
        raise source.error("cannot find this file", (key,), found=name, guess=nearest(name, beside))
    return file


def _check_not_fixed(source: Source) -> None:
    """Say of a fixed parameter that it is fixed; to the schema it would be unknown."""
    overrides, changes = source.content.get("parameters"), source.content.get("changes")
    paths: list[tuple[KeyPath, object]] = []
    if isinstance(overrides, dict):
        paths += [(("parameters", path), path) for path in overrides]
    if isinstance(changes, list):
        rows = ((place, row) for place, row in enumerate(changes) if isinstance(row, dict))
        paths += [(("changes", place, "path"), row.get("path")) for place, row in rows]
    for where, path in paths:
        if isinstance(path, str) and path in load_sheets() and load_sheets()[path].prior.fixed:
            raise source.error(f"the parameter {path} is fixed (its sheet gives it no range)", where)


def _check_reached(scenario: Scenario, source: Source) -> None:
    """A change after the last year is a mistake in the file; `--years` may cut a run shorter."""
    for place, change in enumerate(scenario.changes):
        if change.start > scenario.years:
            path = ("changes", place, "from")
            allowed = f"1 to {scenario.years} (the scenario's years)"
            what = "this change begins after the last year"
            raise source.error(what, path, found=change.start, allowed=allowed)
