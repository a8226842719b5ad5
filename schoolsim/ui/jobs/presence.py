"""Who has a page open, who went, and when what they started is to end."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

Clock = Callable[[], float]
"""Seconds since some moment, never backwards."""

How = Literal["left", "lost"]
LEFT: How = "left"
LOST: How = "lost"
LEFT_SECONDS = 120.0  # A page closed or navigated away from: its owner has said good-bye, or comes straight back.
LOST_SECONDS = 1800.0  # A connection that broke: a phone asleep, a train in a tunnel, a laptop carried to a meeting.
_AFTER = {LEFT: LEFT_SECONDS, LOST: LOST_SECONDS}
GOING_AWAY = frozenset({1000, 1001})
"""Codes with which a browser closes a connection on purpose (RFC 6455, 7.4.1)."""


def how_closed(code: int | None) -> How:
    """How a page went whose connection was closed with this websocket code, None where there was none."""
    return LEFT if code in GOING_AWAY else LOST


class Presence:
    """Pages of each owner, and for those that went the moment from which they no longer count.

    An owner is away when no page counts any more. A page that connects stops the clocks of all pages that went
    before; while another page is connected, no clock of one that went matters.

    Not safe for threads by itself: the registry holds its lock.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pages: dict[str, dict[str, float]] = {}

    def seen(self, owner: str, page: str) -> None:
        """A page of an owner connected."""
        pages = self._pages.get(owner, {})
        self._pages[owner] = {name: until for name, until in pages.items() if until == math.inf} | {page: math.inf}

    def gone(self, owner: str, page: str, how: How) -> None:
        """A page of an owner went. Told twice (a farewell, and then the connection), the shorter time holds."""
        pages = self._pages.setdefault(owner, {})
        pages[page] = min(pages.get(page, math.inf), self._clock() + _AFTER[how])

    def expected(self, owner: str) -> None:
        """An owner did something though no page of theirs is known: one is expected to connect."""
        if owner not in self._pages:
            self.gone(owner, "", LOST)

    def away(self) -> list[str]:
        """Owners whose time has run out since this was last asked."""
        now = self._clock()
        owners = [owner for owner, pages in self._pages.items() if max(pages.values()) <= now]
        for owner in owners:
            del self._pages[owner]
        return owners
