"""How long the rest of a run will take, judged by the pieces it has finished."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Pace:
    """Progress with the times it was made at, in seconds of any one clock.

    Attributes:
        done, total: pieces finished, those of earlier calls among them, and all.
    """

    done: int = 0
    total: int = 0
    _before: int | None = None
    _first: float = 0.0
    _last: float = 0.0

    def told(self, done: int, total: int, now: float) -> None:
        """Progress came. What it begins with was finished before and says nothing of the pace."""
        if self._before is None or done < self.done:
            self._before, self._first = done, now
        if done > self.done:
            self._last = now
        self.done, self.total = done, total

    def seconds_left(self, now: float) -> float | None:
        """Seconds until all pieces are done at the pace so far; None before one is."""
        made = self.done - (self._before or 0)
        if made <= 0:
            return None
        each = (self._last - self._first) / made
        return max(0.0, each * (self.total - self.done) - (now - self._last))
