"""What a process is: a function of the system and its own luck, with a name, a time and the mechanisms it serves.

The complete interface is `name(system, draws, *, each, parameter) -> Flows`. The keyword arguments are the keys
of `parameters/<name>.yaml`; the columns it may write are those that `columns.yaml` gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Flows = Mapping[str, np.ndarray]
"""Who it happened to: kind of event -> ids [n]."""

AUTUMN, SPRING, SUMMER = 0, 1, 2
TERM_NAMES = ("autumn", "spring", "summer")
EVERY_TERM = (AUTUMN, SPRING, SUMMER)
NOTHING: Flows = {}


@dataclass(frozen=True)
class Process:
    """One line of the schedule.

    `otherwise` is what happens instead while one of `mechanisms` is switched off (nothing, unless given).
    """

    name: str
    function: Callable[..., Flows]
    terms: tuple[int, ...] = EVERY_TERM
    mechanisms: tuple[str, ...] = ()
    otherwise: Callable[..., Flows] | None = None

    def runs(self, switched_off: frozenset[str]) -> bool:
        """Whether none of its mechanisms is switched off."""
        return not switched_off.intersection(self.mechanisms)

    def function_in_force(self, switched_off: frozenset[str]) -> Callable[..., Flows] | None:
        """The function to call, or None when the process is off and leaves nothing in its stead."""
        return self.function if self.runs(switched_off) else self.otherwise
