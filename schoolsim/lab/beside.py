"""Two comparisons side by side: their headline outcomes, and what was different in how they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from schoolsim.lab.compare import Comparison
from schoolsim.lab.digest import Digest, printable
from schoolsim.lab.effects import Effect
from schoolsim.lab.headlines import GLANCE, Outcome
from schoolsim.policy.levers import levers

LEVEL, EFFECT = "level", "effect"
MOST_NAMED = 6
_POLICY = ("regime", "regime_changes", "levers", "changes", "mechanisms", "parameters", "settling_years")


def beside(first: Comparison, second: Comparison) -> pd.DataFrame:
    """The headline outcomes of two comparisons in the last year of each, on the main parameter set.

    Returns:
        One row per outcome and regime: outcome (its label), metric, unit, better, regime, title, what ("level" of a
        baseline: mean over runs; "effect" of another regime: mean paired difference from its own baseline), then
        first, first_low, first_high (95% interval), first_n (runs or pairs), and the same of the second; NaN and 0
        where one of them has no such regime or outcome.
    """
    digests = (_headlines_of(first), _headlines_of(second))
    rows = [
        {
            "outcome": outcome.label, "metric": outcome.cell.metric, "unit": outcome.unit, "better": outcome.better,
            "regime": regime, "title": title, "what": what,
            **_numbers("first", digests[0], outcome, regime, what),
            **_numbers("second", digests[1], outcome, regime, what),
        }
        for outcome in GLANCE
        if any(digest.has(outcome.cell) for digest in digests)
        for regime, title, what in _regimes(digests)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _headlines_of(comparison: Comparison) -> Digest:
    """Only what is laid side by side: effects of all metrics would take a hundred times as long."""
    wanted = comparison.metrics["metric"].isin([outcome.cell.metric for outcome in GLANCE])
    return Digest.of(comparison.metrics[wanted], comparison.schools, comparison.manifest)


def _regimes(digests: tuple[Digest, Digest]) -> list[tuple[str, str, str]]:
    """Every baseline with its level, then every other regime with its effect: name, title, what."""
    found: dict[tuple[str, str], str] = {}
    for digest in digests:
        found.setdefault((digest.baseline, LEVEL), digest.titles[digest.baseline])
    for digest in digests:
        for regime in digest.alternatives:
            found.setdefault((regime, EFFECT), digest.titles[regime])
    return [(regime, title, what) for (regime, what), title in found.items()]


def _numbers(side: str, digest: Digest, outcome: Outcome, regime: str, what: str) -> dict[str, float]:
    effect = Effect()
    if what == LEVEL and regime == digest.baseline:
        effect = Effect.of_values(digest.final_values(outcome.cell, regime))
    elif what == EFFECT and regime in digest.alternatives:
        effect = digest.effect(outcome.cell, regime)
    return {side: effect.mean, f"{side}_low": effect.low, f"{side}_high": effect.high, f"{side}_n": effect.n}


def differs(first: Comparison, second: Comparison) -> list[str]:
    """What was different in how two comparisons were made, a sentence each; empty where nothing was."""
    manifests = (first.manifest, second.manifest)
    return [*_set_up(*manifests), *_code(*manifests), *_who_took_part(*manifests), *_numbers_changed(*manifests)]


Told = Callable[[Mapping[str, Any]], Any]
_SET_UP: dict[str, Told] = {
    "Place": lambda manifest: manifest.get("place", {}).get("title"),
    "Start of the world": lambda manifest: manifest.get("place", {}).get("vintage"),
    "Neighbourhood": lambda manifest: (manifest.get("scenarios") or [{}])[0].get("halo"),
    "Years": lambda manifest: manifest.get("years"),
    "Replicates": lambda manifest: manifest.get("replicates"),
    "Seed": lambda manifest: manifest.get("seed"),
    "Compared with": lambda manifest: manifest.get("baseline"),
}


def _set_up(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    for word, told in _SET_UP.items():
        one, other = told(first), told(second)
        if one != other:
            yield f"{word}: {printable(one)} in the first, {printable(other)} in the second."


def _code(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    if first.get("code") == second.get("code"):
        return
    one, other = (printable(manifest.get("schoolsim")) for manifest in (first, second))
    versions = f"version {one} and another state of it" if one == other else f"versions {one} and {other}"
    yield f"They were made by different code ({versions}), so that numbers may differ for that reason alone."


def _who_took_part(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    one, other = ({plan["name"]: plan for plan in manifest.get("scenarios", [])} for manifest in (first, second))
    for side, own, against in (("first", one, other), ("second", other, one)):
        for name in (name for name in own if name not in against):
            yield f'Only the {side} has "{_title(own[name])}".'
    for name in (name for name in one if name in other):
        found = [what for part in _POLICY for what in _changed(part, one[name].get(part), other[name].get(part))]
        if found:
            yield f'"{_title(one[name])}" is not the same in both: {_listed(found)}.'


def _changed(part: str, one: Any, other: Any) -> Iterator[str]:
    """What is different in one part of a scenario: single settings by name, anything else as a whole."""
    if one == other:
        return
    if not (isinstance(one, dict) and isinstance(other, dict)):
        yield part.replace("_", " ")
        return
    for key in (key for key in {**one, **other} if one.get(key) != other.get(key)):
        yield f"{printable(key)} {_setting(key, one)} and {_setting(key, other)}"


def _setting(key: str, settings: Mapping[str, Any]) -> str:
    if key not in settings:
        return "unset"
    return levers()[key].in_words(settings[key]) if key in levers() else printable(settings[key])


def _numbers_changed(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    one, other = ({row["path"]: row for row in manifest.get("parameters", [])} for manifest in (first, second))
    known = [path for path in one if path in other]
    shown = ("value", "low", "high")
    changed = [path for path in known if any(one[path].get(key) != other[path].get(key) for key in shown)]
    if changed:
        yield f"Parameters with another value or range: {_listed(changed)}."
    new = sorted(one.keys() ^ other.keys())
    if new:
        yield f"Parameters that only one of them has: {_listed(new)}."


def _title(plan: Mapping[str, Any]) -> str:
    return printable(plan.get("title") or plan["name"])


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(map(printable, names[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
