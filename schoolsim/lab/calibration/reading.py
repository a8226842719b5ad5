"""Reading a design: one clear message for whatever is wrong with it, before anything runs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from schoolsim.errors import InputError, nearest
from schoolsim.lab.calibration import DESIGN_FILE
from schoolsim.lab.calibration.design import Design, Method, Target, Tried
from schoolsim.lab.calibration.figures import known_figures
from schoolsim.lab.facts.authorities import SAMPLES, sample
from schoolsim.lab.facts.register import Number, facts
from schoolsim.parameters import Prior, load_sheets
from schoolsim.parameters.single import single_number
from schoolsim.scenario.build import check_place
from schoolsim.vintages import HALOS, PRESENT, VINTAGES
from schoolsim.yaml_source import KeyPath, Source, read_yaml

FROM_SHEET, FROM_FACT = "prior", "fact"
REQUIRED = ("name", "title", "calibrate_on", "seeds", "parameters", "targets")
KEYS = (*REQUIRED, "report_on", "halo", "vintage", "years", "method", "report")
NUMBER_KEYS, TARGET_KEYS = ("bounds", "start", "because"), ("value", "scale", "source")
MOST_SEEDS, MOST_YEARS, LARGEST_SEED = 50, 10, 2**32 - 1
METHOD_RANGES = {"step": (0.005, 0.5), "prior_weight": (0.0, 10.0), "iterations": (1, 100), "tolerance": (1e-8, 0.5)}


def load_design(path: str | Path) -> Design:
    """The design in a folder or a file.

    Raises:
        InputError: there is none, or something in it is wrong.
    """
    return read_design(read_yaml(Path(path) / DESIGN_FILE if Path(path).is_dir() else path))


def read_design(source: Source) -> Design:
    """A design from what a file says."""
    content = source.content
    _check_keys(source, (), content, KEYS, REQUIRED)
    return Design(
        name=_text(source, ("name",)),
        title=_text(source, ("title",)),
        places=_places(source, "calibrate_on"),
        report_on=_places(source, "report_on") if "report_on" in content else (),
        halo=_word(source, "halo", HALOS, "near"),
        vintage=_word(source, "vintage", tuple(VINTAGES), PRESENT),
        years=_whole(source, ("years",), content.get("years", 0), 0, MOST_YEARS),
        seeds=_seeds(source),
        method=_method(source),
        parameters=tuple(_tried(source, path) for path in _mapping(source, "parameters")),
        targets=tuple(_target(source, name) for name in _mapping(source, "targets")),
        reported=tuple(_reported(source)),
    )


# -- numbers to find -------------------------------------------------------------------------------------
def _tried(source: Source, path: str) -> Tried:
    row, where = source.content["parameters"][path], ("parameters", path)
    number = _at(source, where, lambda: single_number(path, load_sheets().rows))
    prior = number.parameter.prior
    if row == FROM_SHEET:
        if prior.fixed:
            what = "this parameter is fixed (its sheet gives it no range), so the design must give it bounds"
            raise source.error(what, where, allowed="bounds: [low, high]")
        return Tried(number, *prior.bounds, _mode(prior), f"{prior.kind} {list(prior.numbers)}")
    if not isinstance(row, dict):
        raise source.error("a number to find has bounds, or `prior`", where, found=row, allowed=NUMBER_KEYS)
    _check_keys(source, where, row, NUMBER_KEYS, ("bounds", "because"))
    low, high = _bounds(source, (*where, "bounds"), row["bounds"])
    if not prior.fixed and not prior.bounds[0] <= low < high <= prior.bounds[1]:
        raise source.error("these bounds reach beyond the prior", where, found=[low, high], allowed=list(prior.bounds))
    start = _number(source, (*where, "start"), row.get("start", (low + high) / 2), low, high)
    return Tried(number, low, high, start, _text(source, (*where, "because")))


def _mode(prior: Prior) -> float:
    """The likeliest value; the middle of a uniform prior."""
    match prior.kind, prior.numbers:
        case "uniform", (low, high):
            return (low + high) / 2
        case "triangular", (_, mode, _):
            return mode
    return prior.numbers[0]


def _bounds(source: Source, where: KeyPath, found: Any) -> tuple[float, float]:
    if not isinstance(found, list) or len(found) != 2:
        raise source.error("bounds are two numbers", where, found=found, allowed="[low, high]")
    low, high = (_number(source, where, number) for number in found)
    if low >= high:
        raise source.error("low must lie below high", where, found=found)
    return low, high


# -- figures to meet -------------------------------------------------------------------------------------
def _target(source: Source, name: str) -> Target:
    row, where = source.content["targets"][name], ("targets", name)
    _check_figure(source, name, where)
    if row == FROM_FACT:
        return _of_fact(source, name, where)
    if not isinstance(row, dict):
        raise source.error("a target has value and scale, or is `fact`", where, found=row, allowed=TARGET_KEYS)
    _check_keys(source, where, row, TARGET_KEYS, TARGET_KEYS)
    scale = _number(source, (*where, "scale"), row["scale"])
    if scale <= 0:
        raise source.error("a scale lies above 0", (*where, "scale"), found=scale)
    return Target(name, _number(source, (*where, "value"), row["value"]), scale, _text(source, (*where, "source")))


def _of_fact(source: Source, name: str, where: KeyPath) -> Target:
    """The middle of a fact's range, and half its width."""
    number = _number_of_fact(name)
    if number is None or not math.isfinite(number.low) or not math.isfinite(number.high):
        allowed = "value, scale and source"
        raise source.error("no fact gives this figure a range with two ends", where, allowed=allowed)
    middle, scale = (number.low + number.high) / 2, (number.high - number.low) / 2
    return Target(name, middle, scale, f"fact {name.partition('.')[0]}: {number.range}")


def _number_of_fact(name: str) -> Number | None:
    fact, _, wanted = name.partition(".")
    numbers = facts()[fact].numbers if fact in facts() else ()
    return next((number for number in numbers if number.name == wanted), None)


def _check_figure(source: Source, name: str, where: KeyPath) -> None:
    """Refuse what nobody computes, and facts that the model is only scored on."""
    fact = name.partition(".")[0]
    if fact in facts() and facts()[fact].use == "score":
        raise source.error(f"fact {fact} is only scored: nothing is ever tuned to it", where)
    known = known_figures()
    if name not in known:
        raise source.error("unknown target", where, found=name, allowed=list(known), guess=nearest(name, known))


def _reported(source: Source) -> list[str]:
    names = source.content.get("report", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise source.error("this is a list of figures", ("report",), found=names)
    for place, name in enumerate(names):
        _check_figure(source, name, ("report", place))
    return names


# -- where, with which luck and how ------------------------------------------------------------------------
def _places(source: Source, key: str) -> tuple[str, ...]:
    """The authorities of a sample, or those named."""
    found = source.content[key]
    if isinstance(found, str):
        if found not in SAMPLES:
            raise source.error("unknown sample", (key,), found=found, allowed=SAMPLES, guess=nearest(found, SAMPLES))
        return tuple(str(code) for code in sample(found))
    if not isinstance(found, list) or not found or not all(isinstance(name, str | int) for name in found):
        raise source.error("this is a sample, or a list of authorities", (key,), found=found, allowed=SAMPLES)
    return tuple(check_place(str(name), source, key) for name in found)


def _seeds(source: Source) -> tuple[int, ...]:
    found = source.content["seeds"]
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_SEEDS:
        raise source.error("seeds are a list of whole numbers", ("seeds",), found=found, allowed=f"1 to {MOST_SEEDS}")
    seeds = [_whole(source, ("seeds", place), seed, 0, LARGEST_SEED) for place, seed in enumerate(found)]
    if len(set(seeds)) < len(seeds):
        raise source.error("the same seed twice is the same luck twice", ("seeds",), found=found)
    return tuple(seeds)


def _method(source: Source) -> Method:
    row = source.content.get("method", {})
    if not isinstance(row, dict):
        raise source.error("a method is a mapping", ("method",), found=row, allowed=list(METHOD_RANGES))
    _check_keys(source, ("method",), row, METHOD_RANGES, ())
    checks: dict[str, Callable[..., Any]] = {"iterations": _whole}
    return Method(**{
        key: checks.get(key, _number)(source, ("method", key), value, *METHOD_RANGES[key]) for key, value in row.items()
    })  # fmt: skip


# -- kinds of values ---------------------------------------------------------------------------------------
def _check_keys(
    source: Source, where: KeyPath, row: Mapping[str, Any], known: Iterable[str], needed: Iterable[str]
) -> None:
    known = list(known)
    for key in row:
        if key not in known:
            raise source.error("unknown key", (*where, key), allowed=known, guess=nearest(key, known))
    for key in needed:
        if row.get(key) in (None, "", [], {}):
            raise source.error(f"the key `{key}` is missing or empty", where, allowed=known)


def _mapping(source: Source, key: str) -> dict[str, Any]:
    found = source.content[key]
    if not isinstance(found, dict):
        raise source.error("this is a mapping", (key,), found=found, allowed="lines of the form `name: …`")
    return found


def _text(source: Source, where: KeyPath) -> str:
    found: Any = source.content
    for part in where:
        found = found[part]
    if not isinstance(found, str):
        raise source.error("this must be text", where, found=found)
    return found


def _word(source: Source, key: str, allowed: tuple[str, ...], usual: str) -> str:
    found = source.content.get(key, usual)
    if found not in allowed:
        raise source.error(f"unknown {key}", (key,), found=found, allowed=allowed, guess=nearest(found, allowed))
    return str(found)


def _number(source: Source, where: KeyPath, found: Any, low: float = -math.inf, high: float = math.inf) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
        allowed = f"{low:g} to {high:g}" if math.isfinite(low) else None
        raise source.error("this must be a number", where, found=found, allowed=allowed)
    return float(found)


def _whole(source: Source, where: KeyPath, found: Any, low: int, high: int) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not low <= found <= high:
        raise source.error("this must be a whole number", where, found=found, allowed=f"{low} to {high}")
    return found


def _at[Found](source: Source, where: KeyPath, find: Callable[[], Found]) -> Found:
    """What is found, or the error with the place in the file where it was asked for."""
    try:
        return find()
    except InputError as error:
        raise source.error(error.what, where, allowed=error.allowed, guess=error.guess) from error
