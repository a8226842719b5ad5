"""What a calibration is: numbers to find, figures to meet, where, with which luck and how."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from schoolsim.lab.calibration.worlds import World
from schoolsim.parameters.single import SingleNumber


@dataclass(frozen=True)
class Tried:
    """A number to find, between bounds, from what is thought of it beforehand.

    Attributes:
        number: which number of the sheets.
        low, high: bounds, in the parameter's unit.
        start: the mode of the prior, where the search begins and what it is drawn to.
        prior: what is known beforehand, in words.
    """

    number: SingleNumber
    low: float
    high: float
    start: float
    prior: str

    @property
    def path(self) -> str:
        """As the design writes it."""
        return self.number.path

    @property
    def width(self) -> float:
        """Of the range, in the parameter's unit."""
        return self.high - self.low


@dataclass(frozen=True)
class Target:
    """A figure to meet; a miss of one `scale` (half the width of its range) counts as one."""

    name: str
    value: float
    scale: float
    source: str


@dataclass(frozen=True)
class Method:
    """How the numbers are found.

    Attributes:
        step: of finite differences, as a share of each range: large enough to stand out from luck.
        prior_weight: misses of a target that a number half its range away from its start counts for.
        iterations: steps of the search, at most.
        tolerance: relative change of numbers or of the misses below which the search ends.
    """

    step: float = 0.08
    prior_weight: float = 0.5
    iterations: int = 8
    tolerance: float = 0.005


@dataclass(frozen=True)
class Design:
    """A calibration as its file describes it; make one with `read_design`.

    Attributes:
        places: authorities to calibrate on, all together.
        report_on: authorities on which the result is only reported.
        years: years of the status quo after settling at whose end figures are taken.
        seeds: luck of the worlds, the same for all numbers tried.
        reported: figures that are shown and not fitted.
    """

    name: str
    title: str
    places: tuple[str, ...]
    report_on: tuple[str, ...]
    halo: str
    vintage: str
    years: int
    seeds: tuple[int, ...]
    method: Method
    parameters: tuple[Tried, ...]
    targets: tuple[Target, ...]
    reported: tuple[str, ...]

    @property
    def shipped(self) -> dict[str, float]:
        """The sheets' own numbers by path."""
        return {one.path: one.number.shipped for one in self.parameters}

    def world(self, places: tuple[str, ...]) -> World:
        """These authorities as the design looks at them."""
        return World(places, self.halo, self.vintage, self.years)

    def to_dict(self) -> dict[str, Any]:
        """Everything that decides the result, for manifests and identities."""
        return asdict(self) | {
            "parameters": {one.path: [one.low, one.start, one.high, one.number.shipped] for one in self.parameters}
        }
