"""A comparison as a link and a scenario as a file: written small, and read as carefully as anything from a stranger."""

from __future__ import annotations

import base64
import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, NoReturn

import yaml

from schoolsim.errors import InputError
from schoolsim.lab.digest import printable
from schoolsim.places.own import is_folder_name
from schoolsim.policy.regimes import load_regime, mixed, regime_names
from schoolsim.scenario import Scenario, load_scenario, shipped_scenarios
from schoolsim.scenario.build import scenario_of
from schoolsim.yaml_source import Source, clipped, read_sent

VERSION = 1
MOST_ENCODED, MOST_DECODED = 8 * 1024, 64 * 1024
MOST_PLANS = 12  # more regimes than that cannot be told apart in a figure
MOST_REPLICATES = 1000
SHARED = ("place", "vintage", "halo", "years", "seed")
LINK = "this link"
BREAKS = frozenset("\x85\u2028\u2029")  # ends of lines to YAML, which keeps them only as escapes
_KEYS = {"version", "replicates", "shared", "scenarios"}


@dataclass(frozen=True)
class Request:
    """What a comparison is asked for: plans of the same world, the baseline first, and how often.

    Raises:
        InputError: the plans cannot be compared, or are too many.
    """

    plans: tuple[Scenario, ...]
    replicates: int = 10

    def __post_init__(self) -> None:
        if not 1 <= len(self.plans) <= MOST_PLANS:
            raise _wrong("a comparison needs scenarios", "scenarios", len(self.plans), f"1 to {MOST_PLANS}")
        if type(self.replicates) is not int or not 1 <= self.replicates <= MOST_REPLICATES:
            allowed = f"a whole number from 1 to {MOST_REPLICATES}"
            raise _wrong("this is no number of replicates", "replicates", clipped(self.replicates), allowed)
        names = [plan.name for plan in self.plans]
        if twins := sorted({name for name in names if names.count(name) > 1}):
            raise _wrong("two scenarios have the same name; results could not be told apart", "scenarios", twins)
        for key in SHARED:
            if len(values := {getattr(plan, key) for plan in self.plans}) > 1:
                raise _wrong(f"the scenarios differ in {key}, so they cannot be paired", key, sorted(values))

    @property
    def place(self) -> str:
        """Where all plans are set."""
        return self.plans[0].place

    @property
    def vintage(self) -> str:
        """When the world of all plans starts."""
        return self.plans[0].vintage

    @property
    def halo(self) -> str:
        """How much of the neighbourhood is simulated."""
        return self.plans[0].halo

    @property
    def years(self) -> int:
        """Simulated school years."""
        return self.plans[0].years

    @property
    def seed(self) -> int:
        """What decides all luck."""
        return self.plans[0].seed


def to_link(request: Request) -> str:
    """A request as text of letters, digits, - and _, which `from_link` reads; shipped scenarios go by their name.

    Raises:
        InputError: it names files or folders of this computer, or is too long for a link.
    """
    for plan in request.plans:
        if is_folder_name(plan.place):
            what = "a place of your own cannot go into a link; send its folder and the scenario files"
            raise InputError(what, key="place", found=PurePath(plan.place).name)
    shared = {key: getattr(request, key) for key in SHARED}
    plans = [_by_name(plan) or _without(_content(plan), SHARED) for plan in request.plans]
    content = {"version": VERSION, "replicates": request.replicates, "shared": shared, "scenarios": plans}
    raw = json.dumps(content, separators=(",", ":"), sort_keys=True).encode()
    text = base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")
    if len(raw) > MOST_DECODED or len(text) > MOST_ENCODED:
        raise _wrong("this is too much for a link; send the scenario files", "scenarios", f"{len(text):,} characters",
                     f"at most {MOST_ENCODED:,}")  # fmt: skip
    return text


def from_link(text: str) -> Request:
    """The request that `to_link` wrote; everything in it is checked as in a scenario file.

    Raises:
        InputError: this is no such link, or what it asks for is not right.
    """
    content = _unpacked(text)
    if content.get("version") != VERSION:
        raise _wrong(
            "this link is of another version of schoolsim", "version", clipped(content.get("version")), VERSION
        )
    shared, plans = content.get("shared"), content.get("scenarios")
    if set(content) != _KEYS or not isinstance(shared, dict) or not isinstance(plans, list) or len(plans) > MOST_PLANS:
        raise InputError("this is no link to a comparison", file=LINK)
    if set(shared) != set(SHARED):
        raise _wrong("these keys are not what all scenarios share", "shared", sorted(map(clipped, shared)), SHARED)
    world = _sent({"name": "shared", "title": "What all share", **shared}, LINK)
    read = (_plan(plan, world, f"{LINK}, scenario {number}") for number, plan in enumerate(plans, start=1))
    return Request(tuple(read), content["replicates"])


def to_yaml(scenario: Scenario) -> str:
    """A scenario file that `load_scenario` reads back as an equal scenario.

    A place of one's own is named by its folder, beside which the file must lie. Dated changes that begin after the
    last year, as a shortened run may have them, are left out: they change nothing.

    Raises:
        InputError: its regimes come from a file of their own, which has to be sent instead.
    """
    content = _content(scenario)
    if is_folder_name(scenario.place):
        content["place"] = f"./{PurePath(scenario.place).name}"
    as_it_reads = BREAKS.isdisjoint(scenario.title + scenario.description)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=as_it_reads, width=110)


def from_upload(name: str, raw: bytes) -> Scenario:
    """A scenario from a file that somebody sent; its name is only text in messages.

    Raises:
        InputError: too large, no scenario file, or one that names files or folders.
    """
    return scenario_of(read_sent(raw, clipped(printable(name)) or "this file"))


def _content(scenario: Scenario) -> dict[str, Any]:
    """A scenario in the form of a scenario file."""
    _check_shipped(scenario)
    regime = scenario.regime[0] if len(scenario.regime) == 1 else list(scenario.regime)
    changes = [change.to_dict() for change in scenario.changes if change.start <= scenario.years]
    content = {"name": scenario.name, "title": scenario.title, "description": scenario.description}
    content |= {key: getattr(scenario, key) for key in (*SHARED, "settling_years")} | {"regime": regime}
    settings = {"levers": dict(scenario.levers), "changes": changes, "mechanisms": dict(scenario.mechanisms),
                "parameters": dict(scenario.parameters)}  # fmt: skip
    return {key: value for key, value in (content | settings).items() if value not in ("", {}, [])}


def _check_shipped(scenario: Scenario) -> None:
    """Only the names of regimes are sent; what they set must be what these names mean everywhere."""
    known = set(scenario.regime) <= set(regime_names())
    if not known or mixed([load_regime(name) for name in scenario.regime], scenario.levers) != scenario.regime_changes:
        what = "this regime comes from a file of its own, which has to be sent with the scenario file"
        raise InputError(what, key="regime", found=list(scenario.regime), allowed=regime_names())


def _by_name(plan: Scenario) -> str | None:
    """The name of a plan that is a shipped scenario, but for what all plans share."""
    if plan.name not in shipped_scenarios():
        return None
    shipped = replace(load_scenario(plan.name), **{key: getattr(plan, key) for key in SHARED})
    return plan.name if _content(shipped) == _content(plan) else None


def _plan(sent: object, world: Scenario, where: str) -> Scenario:
    shared = {key: getattr(world, key) for key in SHARED}
    if isinstance(sent, str) and sent in shipped_scenarios():
        return _sent(_content(replace(load_scenario(sent), **shared)), where)
    if not isinstance(sent, dict):
        known = list(shipped_scenarios())
        raise InputError("unknown scenario", file=where, found=clipped(sent), allowed=known)
    if twice := sorted(set(sent) & set(SHARED)):
        raise InputError("this stands beside what all scenarios share", file=where, found=twice)
    return _sent(sent | shared, where)


def _sent(content: dict[str, Any], where: str) -> Scenario:
    return scenario_of(Source(content, where, sent=True))


def _unpacked(text: str) -> dict[str, Any]:
    """The content of a link, never unpacked beyond the limit."""
    broken = InputError("this link is damaged or incomplete", file=LINK)
    trimmed = text.strip()
    if len(trimmed) > MOST_ENCODED:
        found, allowed = f"{len(trimmed):,} characters", f"at most {MOST_ENCODED:,}"
        raise InputError("this is too long for a link", file=LINK, found=found, allowed=allowed)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", trimmed):
        raise broken
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(base64.urlsafe_b64decode(trimmed + "=" * (-len(trimmed) % 4)), MOST_DECODED + 1)
        if len(raw) > MOST_DECODED or not unpacking.eof:
            raise broken
        content = json.loads(raw, parse_constant=_refused, parse_float=_finite)
        json.dumps(content, ensure_ascii=False).encode()  # half a character would break whatever shows it
    except (ValueError, zlib.error, RecursionError) as error:
        raise broken from error
    if not isinstance(content, dict):
        raise broken
    return content


def _refused(text: str) -> NoReturn:
    raise ValueError(text)


def _finite(text: str) -> float:
    return number if math.isfinite(number := float(text)) else _refused(text)


def _without(content: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in keys}


def _wrong(what: str, key: str, found: object, allowed: object = None) -> InputError:
    return InputError(what, key=key, found=found, allowed=allowed)
