"""Single numbers of the sheets by path, those inside lists too: `teaching.teacher_sd[1]` is the second of a list.

The laboratory varies them to calibrate. Scenarios cannot: what a sheet holds fixed is fixed for them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from schoolsim.errors import InputError, nearest
from schoolsim.parameters.sheets import Number, Parameter, Value

_WRITTEN = re.compile(r"([^\[\]]+)(?:\[([0-9]{1,3})\])?")


@dataclass(frozen=True)
class SingleNumber:
    """One number of a parameter.

    Attributes:
        path: as it is written.
        parameter: whose number it is.
        place: where in the parameter's list, counting from 0; None for a parameter that is one number.
    """

    path: str
    parameter: Parameter
    place: int | None

    @property
    def shipped(self) -> float:
        """What the sheet says, in the parameter's unit."""
        value = self.parameter.value
        return float(value if self.place is None else value[self.place])  # type: ignore[arg-type, index]

    def put_into(self, value: Value, number: Number) -> Value:
        """The parameter's value with this number in its place."""
        if self.place is None:
            return number
        return tuple(number if place == self.place else old for place, old in enumerate(value))  # type: ignore[arg-type]


def single_number(path: str, rows: Mapping[str, Parameter]) -> SingleNumber:
    """The number of this path.

    Raises:
        InputError: there is no such number.
    """
    written = _WRITTEN.fullmatch(path)
    name, place = written.groups() if written else (path, None)
    if name not in rows:
        raise InputError("unknown parameter", key=path, guess=nearest(name, rows))
    value = rows[name].value
    count = len(value) if _is_list(value) else 0  # type: ignore[arg-type]
    if place is None and isinstance(value, int | float):
        return SingleNumber(path, rows[name], None)
    if place is None or not count or int(place) >= count:
        raise InputError("this path names no single number", key=path, allowed=_allowed(name, value, count))
    return SingleNumber(path, rows[name], int(place))


def check_number(path: str, value: object) -> None:
    """Refuse what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError("a parameter takes a number", key=path, found=value)


def _is_list(value: Value) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(number, int | float) for number in value)


def _allowed(name: str, value: Value, count: int) -> str:
    if count:
        return f"{name}[0] to {name}[{count - 1}]"
    return name if isinstance(value, int | float) else "a number, or one of a list"
