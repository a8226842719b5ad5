"""The register of all parameters, and the values of one run: sheets, draws, a scenario's overrides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from schoolsim.errors import InputError, nearest
from schoolsim.parameters.sheets import Number, Parameter, Value, read_sheet
from schoolsim.parameters.single import check_number, single_number
from schoolsim.vintages import PRESENT, VINTAGES

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Values:
    """The numbers of one run: `values["choice"]` maps the names of a process's parameters to their values."""

    by_process: Mapping[str, Mapping[str, Value]]

    def __getitem__(self, process: str) -> Mapping[str, Any]:
        return self.by_process[process]

    def __contains__(self, process: object) -> bool:
        return process in self.by_process


@dataclass(frozen=True)
class Parameters:
    """Every parameter by path, such as "choice.result_weight"."""

    rows: Mapping[str, Parameter]

    def __getitem__(self, path: str) -> Parameter:
        return self.rows[path]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, path: object) -> bool:
        return path in self.rows

    def in_vintage(self, vintage: str) -> Parameters:
        """The same parameters as they were when worlds of a vintage start."""
        return Parameters({path: row.in_vintage(vintage) for path, row in self.rows.items()})

    def resolve(
        self, overrides: Mapping[str, Number] | None = None, drawn: Mapping[str, Number] | None = None
    ) -> Values:
        """The values of a run.

        Args:
            overrides: values by path, inside the range of each; what is fixed stays as it is.
            drawn: values that this world has below them: inside its range for a parameter that has one, and any
                number that the laboratory tries for the rest, elements of lists included.
        """
        whole: dict[str, Value] = {row.path: row.value for row in self}
        for path, value in (drawn or {}).items():
            self._check_drawn(path, value)
            single = single_number(path, self.rows)
            name = single.parameter.path
            whole[name] = single.put_into(whole[name], value)
        for path, value in (overrides or {}).items():
            self.check_override(path, value)
            whole[path] = value
        tables: dict[str, dict[str, Value]] = {}
        for row in self:
            tables.setdefault(row.process, {})[row.name] = whole[row.path]
        return Values(tables)

    def _check_drawn(self, path: str, value: object) -> None:
        if path in self.rows and not self.rows[path].prior.fixed:
            self.check_override(path, value)
        else:
            check_number(path, value)

    def check_override(self, path: str, value: object) -> None:
        """Refuse a path that is unknown or fixed, and a value outside the bounds of its prior."""
        row = self.rows.get(path)
        if row is None:
            raise InputError("unknown parameter", key=path, guess=nearest(path, self.rows))
        if row.prior.fixed:
            raise InputError("this parameter is fixed (its sheet gives it no range)", key=path)
        low, high = row.prior.bounds
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            allowed = f"{low:g} to {high:g} {row.unit}"
            raise InputError("this parameter is out of its range", key=path, found=value, allowed=allowed)

    def free(self) -> list[Parameter]:
        """Those with a prior to draw from."""
        return [row for row in self if not row.prior.fixed]

    def draw(self, seed: int, replicate: int) -> dict[str, float]:
        """One value for each free parameter, from its prior; adding a parameter changes no other's draw."""
        import numpy as np

        from schoolsim.draws import Draws

        rows = self.free()
        ids = np.array([_stable_id(row.path) for row in rows], np.int64)
        uniforms = Draws(seed, "parameters", replicate).uniform(ids, "prior")
        return {row.path: row.prior.quantile(float(u)) for row, u in zip(rows, uniforms, strict=True)}


def read_sheets(folder: Path) -> Parameters:
    """All sheets of a folder."""
    rows = [row for file in sorted(folder.glob("*.yaml")) for row in read_sheet(file)]
    return Parameters({row.path: row for row in rows})


@lru_cache(maxsize=len(VINTAGES))
def load_sheets(vintage: str = PRESENT) -> Parameters:
    """The shipped sheets, with the values of a vintage."""
    return read_sheets(FOLDER) if vintage == PRESENT else load_sheets().in_vintage(vintage)


def _stable_id(path: str) -> int:
    """An id that depends on the path alone, so that draws survive the adding of other parameters."""
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:7], "little")
