"""What is asked of the server: a function, what it is called with, and how large that is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.errors import InputError

if TYPE_CHECKING:
    from schoolsim.scenario import Scenario

MILLION = 1_000_000
PARAMETER_SETS = 2  # every replicate is run with drawn and with fixed parameters


@dataclass(frozen=True)
class Size:
    """How much a comparison has to simulate.

    Attributes:
        pupils: on roll in the place and its neighbourhood at the start.
        years: years of each world under all regimes, settling years of each start included.
        replicates: worlds of each parameter set.
    """

    pupils: int
    years: int
    replicates: int

    @property
    def pupil_years(self) -> int:
        """Pupils times the years they are simulated, in all worlds."""
        return PARAMETER_SETS * self.replicates * self.years * self.pupils

    def check(self, most: int) -> None:
        """Refuse what exceeds `most` pupil-years.

        Raises:
            InputError: it does; the message says what to lower.
        """
        if self.pupil_years <= most:
            return
        fitting = most // (self.pupil_years // self.replicates)
        others = "fewer years or regimes, or a smaller place"
        advice = f"{fitting} replicates would fit; or choose {others}" if fitting else f"choose {others}"
        raise InputError(
            f"this is more than one run may take on this server; {advice}",
            found=f"{_millions(self.pupil_years)} ({self.replicates} replicates)",
            allowed=f"at most {_millions(most)}",
        )


def _millions(pupil_years: int) -> str:
    return f"{max(pupil_years // MILLION, 1):,} million pupil-years"


@dataclass(frozen=True)
class JobRequest:
    """A function to call in a process of its own. Requests that are equal ask for the same and share one run.

    Attributes:
        function: of a module that can be imported, with an argument `progress` (told done, all, what was just done);
            if it has `workers` and none are given, it gets as many as the server has to spare. What it writes it
            writes whole, and what it finished before it does not do again.
        arguments: by name, all of them but `progress`; they are pickled, and equal when they mean the same.
        title: words for the page.
        size: how large it is, where that is known.
    """

    function: Callable[..., Any]
    arguments: Mapping[str, Any]
    title: str = field(default="", compare=False)
    size: Size | None = field(default=None, compare=False)

    @property
    def what(self) -> str:
        """The name of the function: "compare", "validate" …"""
        return self.function.__name__

    def arguments_with(self, workers: int) -> dict[str, Any]:
        """The arguments, and how many workers it may have where it takes them."""
        takes = "workers" in inspect.signature(self.function).parameters
        return ({"workers": workers} if takes else {}) | dict(self.arguments)


def comparison(
    plans: Sequence[Scenario], *, replicates: int, out: Path | str = "results", title: str = "", **settings: Any
) -> JobRequest:
    """A request for `schoolsim.lab.compare.compare`, with its size.

    Args:
        plans: the first is the baseline; each names the place, vintage, years and seed it runs with.
        replicates: worlds of each parameter set.
        out: folder for results.
        title: words for the page.
        settings: what else `compare` takes (`name`, `real_names`, `cache`).

    Raises:
        InputError: the place is unknown.
    """
    from schoolsim.lab.compare import compare

    arguments = {"scenarios": tuple(plans), "replicates": replicates, "out": Path(out)} | settings
    return JobRequest(compare, arguments, title, size_of(plans, replicates))


def size_of(plans: Sequence[Scenario], replicates: int) -> Size:
    """The size of a comparison of plans; regimes that share a start settle once.

    Raises:
        InputError: the place is unknown.
    """
    from schoolsim.session import world_of
    from schoolsim.start import place_of

    starts = {world_of(plan): plan.settling_years for plan in plans}
    years = sum(plan.years for plan in plans) + sum(starts.values())
    pupils = max(int(place_of(plan).schools["roll"].sum()) for plan in plans)
    return Size(pupils, years, replicates)
