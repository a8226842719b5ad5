"""Words that timelines of pupils, teachers and schools share."""

from __future__ import annotations

import math

from schoolsim.lab.headlines import UNITS
from schoolsim.lab.sentences import amount, listed, signed
from schoolsim.lab.timelines.following import Event, Followed

SD = UNITS["SD"]


def percent(share: float) -> str:
    """A share without decimals."""
    return f"{100 * share:.0f}%"


def standing(value: float, of: str = "the national mean") -> str:
    """A result in SD against a mean."""
    if abs(value) < SD.resolution:
        return f"at {of}"
    return f"{amount(abs(value), SD)} {'above' if value > 0 else 'below'} {of}"


def effects(named: dict[str, float]) -> str:
    """What added to growth in the year, in SD: only what is known."""
    told = [f"{name} {signed(value, SD)}" for name, value in named.items() if math.isfinite(value)]
    return listed(told)


def events_of(world: Followed, person: int, year: int) -> str:
    """What happened to somebody in a year, as a sentence, or nothing."""
    told = [_told(event) for event in world.happened_to(person) if event.year == year]
    return f" Happened: {'; '.join(told)}." if told else ""


def _told(event: Event) -> str:
    return f"{event.what} ({event.when})"
