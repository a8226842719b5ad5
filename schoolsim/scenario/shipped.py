"""The shipped scenarios, by name: in the installed package, or beside it in a source checkout."""

from __future__ import annotations

from pathlib import Path

from schoolsim.errors import InputError, nearest

PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = (PACKAGE / "_shipped" / "scenarios", PACKAGE.parent / "scenarios")
SUFFIXES = (".yaml", ".yml")


def shipped_scenarios() -> dict[str, Path]:
    """Shipped scenario files by name."""
    for folder in FOLDERS:
        files = sorted(folder.glob("*.yaml"))
        if files:
            return {file.stem: file for file in files}
    return {}


def resolve_scenario_name(name: str | Path) -> Path:
    """The file of a scenario: a path is taken as it is, a bare name is looked up among those shipped."""
    if Path(name).suffix in SUFFIXES or "/" in str(name) or "\\" in str(name):
        return Path(name)
    known = shipped_scenarios()
    if str(name) in known:
        return known[str(name)]
    beside = [f"{name}{suffix}" for suffix in SUFFIXES if Path(f"{name}{suffix}").exists()]
    guess = beside[0] if beside else nearest(name, known)
    raise InputError("unknown scenario", found=name, allowed=list(known), guess=guess)
