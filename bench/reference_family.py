"""Families with plain Mesa objects: which school an elder child of theirs stays at."""

from __future__ import annotations

from collections.abc import Iterable

from bench.reference import Pupil, School

Streets = tuple[int, int, int]
"""Year group, small area, ethnicity."""


class Elders:
    """Pupils who stay at their schools, among whom the younger find their siblings.

    Args:
        pupils: everybody.
    """

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.staying: dict[Streets, list[Pupil]] = {}
        for pupil in pupils:
            if pupil.school is not None and pupil.school.last_year >= pupil.year_group:
                self.staying.setdefault((pupil.year_group, pupil.home_area, pupil.ethnicity), []).append(pupil)

    def school_of(self, pupil: Pupil, above: int) -> School | None:
        """The school of the next elder sibling, so many years above; None for none (`above` 0 means that too)."""
        found = self.staying.get((pupil.year_group + above, pupil.home_area, pupil.ethnicity), []) if above else []
        return min(found, key=lambda elder: abs(elder.ses - pupil.ses)).school if found else None
