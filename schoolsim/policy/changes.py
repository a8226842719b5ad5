"""Dated changes: `path, value, from, until`. A reform, a move in the game and an event are all this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schoolsim.errors import InputError
from schoolsim.policy.levers import Setting, levers
from schoolsim.yaml_source import KeyPath, Source

ALWAYS = 10**6  # The last year of a change that is never taken back.


@dataclass(frozen=True)
class Change:
    """A path (lever or parameter) set to a value from a year on, up to and with the year `until`.

    Years count from 1, the first after the settling years. `replaces` lets it win where it overlaps an
    earlier change of the same path in the same layer.
    """

    path: str
    value: Setting
    start: int = 1
    until: int | None = None
    replaces: bool = False

    @property
    def last(self) -> int:
        """The last year in which it holds."""
        return ALWAYS if self.until is None else self.until

    def holds_in(self, year: int) -> bool:
        """Whether it is in force in a year."""
        return self.start <= year <= self.last

    def overlaps(self, other: Change) -> bool:
        """Whether both set the same path in some year."""
        return self.path == other.path and self.start <= other.last and other.start <= self.last

    def to_dict(self) -> dict:
        """The form in which scenario files write it."""
        row = {"path": self.path, "value": self.value, "from": self.start}
        optional = {"until": self.until, "replaces": self.replaces or None}
        return row | {key: value for key, value in optional.items() if value is not None}


def read_changes(source: Source) -> tuple[Change, ...]:
    """The dated changes of a file that has met its schema; dates and overlaps are checked here."""
    changes = changes_from(source.content.get("changes", ()))
    for place, change in enumerate(changes):
        if change.last < change.start:
            raise source.error(
                "this change ends before it begins", ("changes", place, "until"), found=change.until,
                allowed=f"{change.start} or later",
            )  # fmt: skip
    if clash := first_clash(changes):
        raise _clash_error(source, changes, *clash)
    return changes


def changes_from(rows: Iterable[dict]) -> tuple[Change, ...]:
    """Changes as files and manifests write them, in their order; the rows have been checked."""
    return tuple(_change(row) for row in rows)


def _change(row: dict) -> Change:
    until = row.get("until")
    value = levers()[row["path"]].checked(row["value"]) if row["path"] in levers() else row["value"]
    last = None if until is None else int(until)
    return Change(row["path"], value, int(row.get("from", 1)), last, row.get("replaces", False))


def _clash_error(source: Source, changes: Sequence[Change], place: int, earlier: int) -> InputError:
    path: KeyPath = ("changes", place)
    what = f"this change of {changes[place].path} overlaps change {earlier + 1} of the same path"
    allowed = "years apart (set from and until), or `replaces: true` to let the later one win"
    return source.error(what, path, found=_span(changes[place]), allowed=allowed)


def _span(change: Change) -> str:
    return f"from {change.start} " + (f"until {change.until}" if change.until else "on")


def first_clash(changes: Sequence[Change]) -> tuple[int, int] | None:
    """The first change (its place, and that of the one it meets) that overlaps an earlier one unasked."""
    for place, change in enumerate(changes):
        for earlier in range(place):
            if change.overlaps(changes[earlier]) and not change.replaces:
                return place, earlier
    return None


def value_at(changes: Iterable[Change], year: int) -> dict[str, Setting]:
    """What the changes of one layer set in a year; where two overlap the later in the list wins."""
    return {change.path: change.value for change in changes if change.holds_in(year)}
