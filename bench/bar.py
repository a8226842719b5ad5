"""One bar: what was measured, what it must reach, what it should reach."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MISSED, FLOOR, AIM, TOLD, OPEN = "MISSED", "floor", "aim", "-", "not yet"


@dataclass(frozen=True)
class Bar:
    """A measured figure beside its floor and aim (see `bench/README.md` for what each number stands for).

    Attributes:
        number: "B1" to "B11", with a letter where a bar has several figures.
        what: what is measured.
        measured: the figure; None when it cannot be measured yet.
        unit: its unit.
        floor, aim: what it must and should reach; None for a figure that only orients.
        more_is_better: whether floor and aim are to be exceeded or undercut.
        remark: how it was measured, where that matters for reading it.
    """

    number: str
    what: str
    measured: float | None
    unit: str
    floor: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    remark: str = ""

    @property
    def verdict(self) -> str:
        """ "aim", "floor" or "MISSED"; "-" where nothing is asked, "not yet" where nothing was measured."""
        if self.measured is None:
            return OPEN
        if self.floor is None:
            return TOLD
        if not self.reaches(self.floor):
            return MISSED
        return AIM if self.aim is not None and self.reaches(self.aim) else FLOOR

    def reaches(self, mark: float) -> bool:
        """Whether the figure is at least as good as `mark`."""
        if self.measured is None:
            return False
        return self.measured >= mark if self.more_is_better else self.measured <= mark

    def holds(self, leniency: float) -> bool:
        """Whether a floor made `leniency` times easier is reached; true where there is no floor or figure."""
        if self.measured is None or self.floor is None:
            return True
        return self.reaches(self.floor / leniency if self.more_is_better else self.floor * leniency)

    def to_dict(self) -> dict[str, Any]:
        """What goes into a file."""
        return asdict(self) | {"verdict": self.verdict}


def table(bars: list[Bar]) -> str:
    """All bars as aligned text."""
    head = ("bar", "what", "measured", "floor", "aim", "verdict")
    rows = [head, *(_cells(bar) for bar in bars)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    remarks = [f"{bar.number}: {bar.remark}" for bar in bars if bar.remark]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", *remarks])


def _cells(bar: Bar) -> tuple[str, ...]:
    sign = ">= " if bar.more_is_better else "<= "
    floor, aim = ("" if mark is None else f"{sign}{mark:g}" for mark in (bar.floor, bar.aim))
    measured = "" if bar.measured is None else f"{bar.measured:.3g} {bar.unit}"
    return bar.number, bar.what, measured, floor, aim, bar.verdict
