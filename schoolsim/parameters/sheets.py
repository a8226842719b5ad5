"""Parameter sheets: reading one `<process>.yaml`, and refusing a number that nothing stands behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from schoolsim.errors import nearest
from schoolsim.parameters.priors import SHAPES, Prior
from schoolsim.vintages import PRESENT, VINTAGES
from schoolsim.yaml_source import KeyPath, Source, read_yaml

Number = int | float
Value = Number | Sequence[Any] | Mapping[str, Number]
GRADES = ("strong", "moderate", "weak", "assumption")
# A comparison is an effect that the model's output is set beside; as an input it would beg the question.
ROLES = ("response", "stock")
KEYS = ("meaning", "unit", "value", "prior", "grade", "source", "because", "role", "vintages")
REQUIRED = ("meaning", "unit", "value", "prior", "grade")
EVIDENCE = ("grade", "source", "because")
OWN_OF_A_VINTAGE = ("value", *EVIDENCE)


@dataclass(frozen=True)
class Parameter:
    """One number (or list, rows, or named numbers) that a process reads, and why it is what it is.

    `vintages` holds it as it was at other starts than the present one, where it was different then.
    """

    path: str
    meaning: str
    unit: str
    value: Value
    prior: Prior
    grade: str
    source: tuple[str, ...] = ()
    because: str | None = None
    role: str = "response"
    vintages: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def process(self) -> str:
        """The process that reads it."""
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name inside that process."""
        return self.path.partition(".")[2]

    @property
    def low(self) -> float | None:
        """5th percentile of the prior; the value itself when fixed, None for a fixed list."""
        return self._edge(0)

    @property
    def high(self) -> float | None:
        """95th percentile of the prior; the value itself when fixed, None for a fixed list."""
        return self._edge(1)

    def _edge(self, side: int) -> float | None:
        if not self.prior.fixed:
            return self.prior.interval[side]
        return float(self.value) if isinstance(self.value, int | float) else None

    def in_vintage(self, vintage: str) -> Parameter:
        """As it was when worlds of this vintage start."""
        return self.vintages.get(vintage, self)

    def to_dict(self) -> dict:
        """What lists, reports and manifests show of it."""
        plain = _listed(self.value)
        prior = "fixed" if self.prior.fixed else {self.prior.kind: list(self.prior.numbers)}
        return {
            "path": self.path, "value": plain, "low": self.low, "high": self.high, "unit": self.unit,
            "prior": prior, "grade": self.grade, "source": list(self.source), "because": self.because,
            "role": self.role, "meaning": self.meaning,
        } | ({"vintages": self._other_vintages()} if self.vintages else {})  # fmt: skip

    def _other_vintages(self) -> dict[str, dict]:
        rows = {name: row.to_dict() for name, row in self.vintages.items()}
        return {name: {key: row[key] for key in OWN_OF_A_VINTAGE} for name, row in rows.items()}


def read_sheet(file: Path) -> list[Parameter]:
    """The parameters of one process."""
    source = read_yaml(file)
    return [_dated(source, file.stem, name) for name in source.content]


def _dated(source: Source, process: str, name: str) -> Parameter:
    """A parameter with its values of other vintages."""
    row = source.content[name]
    present = _parameter(source, process, name, row)
    if not isinstance(row.get("vintages", {}), dict):
        raise source.error("values by vintage are a mapping", (name, "vintages"), found=row["vintages"])
    others = {
        vintage: _of_vintage(source, present, vintage, entry) for vintage, entry in row.get("vintages", {}).items()
    }
    return replace(present, vintages=others)


def _of_vintage(source: Source, present: Parameter, vintage: str, entry: object) -> Parameter:
    """The parameter with the value and the evidence of another vintage.

    Only a fixed one may have them: the bounds of a prior are also those of scenario files, which know no vintage.
    """
    path = (present.name, "vintages", vintage)
    others = [known for known in VINTAGES if known != PRESENT]
    if vintage not in others:
        raise source.error("unknown vintage", path, found=vintage, allowed=others, guess=nearest(vintage, others))
    if not present.prior.fixed:
        raise source.error("values by vintage need `prior: fixed`", path)
    if not isinstance(entry, dict) or set(entry) - set(OWN_OF_A_VINTAGE):
        raise source.error("a value of another vintage has keys of its own", path, allowed=OWN_OF_A_VINTAGE)
    row = source.content[present.name]
    same = {key: row[key] for key in row if key not in (*OWN_OF_A_VINTAGE, "vintages")}
    found = _parameter(source, present.process, present.name, same | entry)
    if _shape(found.value) != _shape(present.value):
        raise source.error("the value has another shape than that of the present", path, found=entry["value"])
    return found


def _parameter(source: Source, process: str, name: str, row: Any) -> Parameter:
    _check_keys(source, name, row)
    _check_evidence(source, name, row)
    prior = _prior(source, name, row["prior"])
    value = _value(source, name, row["value"], prior)
    evidence = tuple(row.get("source", ()))
    return Parameter(
        f"{process}.{name}", row["meaning"], row["unit"], value, prior, row["grade"], evidence,
        row.get("because"), row.get("role", "response"),
    )  # fmt: skip


def _check_keys(source: Source, name: str, row: object) -> None:
    if not isinstance(row, dict):
        raise source.error("a parameter is a mapping", (name,), found=row, allowed=KEYS)
    for key in row:
        if key not in KEYS:
            raise source.error("unknown key", (name, key), allowed=KEYS, guess=nearest(key, KEYS))
    for key in REQUIRED:
        if row.get(key) in (None, ""):
            raise source.error(f"a parameter needs a {key}", (name,), allowed=REQUIRED)
    for key in ("meaning", "unit", "grade", "because"):
        if not isinstance(row.get(key, ""), str):
            raise source.error("this must be text", (name, key), found=row[key])


def _check_evidence(source: Source, name: str, row: dict) -> None:
    grade, role = row["grade"], row.get("role", "response")
    if grade not in GRADES:
        guess = nearest(grade, GRADES)
        raise source.error("unknown grade", (name, "grade"), found=grade, allowed=GRADES, guess=guess)
    keys = row.get("source", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise source.error("a source is a list of evidence keys", (name, "source"), found=keys)
    if grade == "assumption" and not row.get("because"):
        raise source.error("an assumption needs a because", (name,))
    if grade != "assumption" and not keys:
        raise source.error("a number needs a source, or the grade assumption with a because", (name,))
    if role == "comparison":
        raise source.error("the effect of a policy (role comparison) may not be a parameter", (name, "role"))
    if role not in ROLES:
        raise source.error("unknown role", (name, "role"), found=role, allowed=ROLES)


def _prior(source: Source, name: str, raw: object) -> Prior:
    path = (name, "prior")
    if raw == "fixed":
        return Prior("fixed")
    if not isinstance(raw, dict) or len(raw) != 1:
        raise source.error("this is no prior", path, found=raw, allowed=_shapes())
    kind, numbers = next(iter(raw.items()))
    if kind not in SHAPES:
        raise source.error("unknown prior", path, found=kind, allowed=_shapes(), guess=nearest(kind, SHAPES))
    if not isinstance(numbers, list) or not all(_is_number(number) for number in numbers):
        raise source.error(f"a {kind} prior needs {SHAPES[kind]}", path, found=numbers)
    prior = Prior(kind, tuple(float(number) for number in numbers))
    if problem := prior.problem():
        raise source.error(problem, path, found=numbers)
    return prior


def _value(source: Source, name: str, raw: object, prior: Prior) -> Value:
    path: KeyPath = (name, "value")
    value = _plain_value(raw)
    if value is None:
        allowed = "a number, a list, rows of equal length, or named numbers"
        raise source.error("this is no value", path, found=raw, allowed=allowed)
    if prior.fixed:
        return value
    if not isinstance(value, int | float):
        raise source.error("several numbers need `prior: fixed`", path, found=raw)
    low, high = prior.bounds
    if not low <= value <= high:
        allowed = f"{low:g} to {high:g}"
        raise source.error("the value lies outside its prior", path, found=raw, allowed=allowed)
    return value


def _plain_value(raw: object) -> Value | None:
    """The value as it is kept, lists as tuples so that nobody changes them; None when it is no value."""
    if _is_number(raw):
        return raw  # type: ignore[return-value]
    if _is_row(raw):
        return tuple(raw)  # type: ignore[arg-type]
    if isinstance(raw, list) and raw and all(_is_row(row) and len(row) == len(raw[0]) for row in raw):
        return tuple(tuple(row) for row in raw)
    if isinstance(raw, dict) and raw and all(_is_number(item) for item in raw.values()):
        return dict(raw)
    return None


def _shape(value: object) -> object:
    """What two values must have in common to stand for one another: names, or lengths all the way down."""
    if isinstance(value, dict):
        return sorted(value)
    return [_shape(item) for item in value] if isinstance(value, tuple) else None


def _listed(value: object) -> object:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def _is_row(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_number(item) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shapes() -> list[str]:
    return ["fixed", *(f"{kind}: {shape}" for kind, shape in SHAPES.items())]
