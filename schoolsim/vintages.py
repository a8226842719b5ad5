"""When a world can start: at the open data of 2019, or earlier, carried back from them."""

from __future__ import annotations

from dataclasses import dataclass

PRESENT = "england_2019"


@dataclass(frozen=True)
class Vintage:
    """A start of worlds.

    Attributes:
        year: calendar year of its January.
        reconstructed: whether it was carried back from the data of another year instead of being read.
    """

    year: int
    reconstructed: bool = False


VINTAGES = {PRESENT: Vintage(2019), "england_1997": Vintage(1997, reconstructed=True)}
"""By the name that scenarios write."""

HALOS = ("none", "near", "full")
"""How much of an authority's neighbourhood is simulated with it."""
