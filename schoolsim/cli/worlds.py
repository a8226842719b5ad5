"""`schoolsim run` and `schoolsim compare`: from what was typed to worlds run, and what is told of them."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.cli.terminal import progress_shown, say, say_json
from schoolsim.errors import InputError, RunError
from schoolsim.scenario import Scenario, load_scenario
from schoolsim.scenario.build import check_place
from schoolsim.yaml_source import Source

if TYPE_CHECKING:
    from schoolsim.lab.compare import Comparison

BASELINE = "stand-still"
SETTINGS = ("place", "vintage", "halo", "years", "seed")
MOST_FINDINGS = 6  # The report has them all; a terminal is not for reading long.
USUAL = (BASELINE, "neighbourhood-allocation", "open-enrolment-without-tables")


def run_command(chosen: Namespace) -> int:
    """One world, one scenario."""
    scenario = scenario_typed(chosen)
    check_folder(chosen.out)
    from schoolsim.lab.run import run

    with progress_shown() as progress:
        world = run(scenario, out=chosen.out, progress=progress, cache=not chosen.no_cache)
    _tell_run(chosen, scenario, world)
    return 0


def scenario_typed(chosen: Namespace) -> Scenario:
    """The scenario that was named, with the place, years, seed and so on that were typed beside it."""
    scenario, typed = load_scenario(chosen.scenario), typed_settings(chosen)
    return replace(scenario, **{key: value for key, value in typed.items() if value is not None})


def typed_settings(chosen: Namespace) -> dict[str, Any]:
    """Settings of a run as typed, None where nothing was typed; the place is one there is."""
    return {key: getattr(chosen, key) for key in SETTINGS} | {"place": checked_place(chosen.place)}


def compare_command(chosen: Namespace) -> int:
    """Several scenarios on the same children with the same luck."""
    named = [load_scenario(name) for name in chosen.scenarios or USUAL]
    settings: dict[str, Any] = {key: _settled(key, value, named) for key, value in typed_settings(chosen).items()}
    scenarios = with_baseline(named)
    check_folder(chosen.out)
    from schoolsim.lab.compare import compare

    with progress_shown() as progress:
        comparison = compare(
            scenarios, replicates=chosen.replicates, workers=chosen.workers, out=chosen.out, name=chosen.name,
            progress=progress, real_names=chosen.real_names, cache=not chosen.no_cache, **settings,
        )  # fmt: skip
    _tell_comparison(chosen, comparison)
    return 0


def with_baseline(named: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios with stand-still first, which is added when nobody named it."""
    names = [scenario.name for scenario in named]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise InputError("two scenarios have the same name; results could not be told apart", found=twins)
    baseline = [scenario for scenario in named if scenario.name == BASELINE] or [load_scenario(BASELINE)]
    return [*baseline, *(scenario for scenario in named if scenario.name != BASELINE)]


def _settled(key: str, typed: object, named: Sequence[Scenario]) -> object:
    """What all share: as typed, or as the named scenarios agree (an added baseline follows them)."""
    if typed is not None:
        return typed
    values = sorted({getattr(scenario, key) for scenario in named})
    if len(values) > 1:
        raise InputError(f"the scenarios differ in {key}, so they cannot be paired; choose with --{key}", found=values)
    return values[0]


def checked_place(place: str | None) -> str | None:
    return None if place is None else check_place(place, Source({}), "--place")


def check_folder(out: Path) -> None:
    """Refuse a folder that cannot be written to before minutes of work, without making it yet."""
    existing = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    if not existing.is_dir():
        raise RunError(f"cannot write results to {out}: {existing} is not a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise RunError(f"cannot write results to {out}: {existing} may not be written to")


def _tell_run(chosen: Namespace, scenario: Scenario, world: Comparison) -> None:
    from schoolsim.cli.glance import say_levels

    if chosen.json:
        say_json(
            {
                "scenario": scenario.to_dict(),
                "folder": world.folder,
                "place": _named(world),
                "metrics": world.metrics.to_dict("records"),
            }
        )
        return
    say(f"{_named(world)['title']}:")
    say_levels(world.metrics)
    say("One world: differences between two such runs may be luck. `schoolsim compare` tells them apart.")
    _say_how_reconstructed(world)
    say(f"Results: {world.folder}")


def _named(result: Comparison) -> dict[str, Any]:
    """The place of a result, with its start and what is reconstructed of it."""
    place = result.manifest["place"]
    return {key: place[key] for key in ("title", "vintage", "reconstructed") if place.get(key)}


def _say_how_reconstructed(result: Comparison) -> None:
    for sentence in _named(result).get("reconstructed", []):
        say(sentence)


def _tell_comparison(chosen: Namespace, result: Comparison) -> None:
    from schoolsim.cli.glance import effects_listed, say_effects
    from schoolsim.lab.digest import Digest
    from schoolsim.lab.findings import key_findings

    digest = Digest.of(result.metrics, result.schools, result.manifest)
    findings = _fewest([str(sentence) for sentence in key_findings(digest)])
    report = result.folder / "report.html" if result.folder else None
    if chosen.json:
        effects = effects_listed(digest)
        say_json({"folder": result.folder, "place": _named(result), "report": report, "findings": findings,
                  "effects": effects})  # fmt: skip
        return
    say_effects(digest)
    for sentence in findings:
        say(f"- {sentence}")
    _say_how_reconstructed(result)
    say(f"Report: {report}")


def _fewest(findings: list[str]) -> list[str]:
    """The first findings and the last, which says how much rests on assumptions."""
    return findings if len(findings) <= MOST_FINDINGS else [*findings[: MOST_FINDINGS - 1], findings[-1]]
