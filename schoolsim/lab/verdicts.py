"""What may be said of an effect: a verdict only when the interval supports it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np

from schoolsim.lab.effects import Effect


class Verdict(StrEnum):
    """What may be said of an effect; only `NONE` and `UNKNOWN` need no support from the interval."""

    BETTER = "better"
    WORSE = "worse"
    DIFFERENT = "different"
    NONE = "no difference shown"
    UNKNOWN = "cannot be shown"
    ALL_GAIN = "narrowed, all improve"
    LEVELLED_UP = "levelled up"
    LEVELLED_DOWN = "levelled down"
    TRADED = "narrowed at a cost"
    NARROWED = "narrowed, by whom not shown"
    PULLED_APART = "pulled apart"


def judge(effect: Effect, better: str, resolution: float) -> Verdict:
    """Better, worse or different (no side is better), if the interval shows a difference at all.

    Args:
        better: "lower", "higher" or "".
        resolution: half the last digit shown, in the metric's unit.
    """
    if not np.isfinite(effect.low):
        return Verdict.UNKNOWN
    direction = effect.direction(resolution)
    if direction == 0:
        return Verdict.NONE
    if better not in ("lower", "higher"):
        return Verdict.DIFFERENT
    return Verdict.BETTER if (direction > 0) == (better == "higher") else Verdict.WORSE


@dataclass(frozen=True)
class GapEffect:
    """A gap with the side behind and the side ahead, all three as effects; the gap is positive, ahead minus behind."""

    gap: Effect
    behind: Effect
    ahead: Effect
    group_is: Literal["behind", "ahead"] = "behind"

    @classmethod
    def of(cls, gap: Effect, group: Effect, rest: Effect) -> GapEffect:
        """Orients a gap (rest minus group) so that a positive difference means wider.

        The sign of before + after decides: it makes "wider" exactly "larger in size", whoever is ahead.
        """
        if gap.before + gap.after < 0:
            return cls(gap.mirrored(), behind=rest, ahead=group, group_is="ahead")
        return cls(gap, behind=group, ahead=rest)

    def verdict(self, resolution: float) -> Verdict:
        """Narrowing counts as such only against improvement for all: says which side moved."""
        plain = judge(self.gap, "lower", resolution)
        if plain is Verdict.WORSE:
            return Verdict.PULLED_APART
        if plain is not Verdict.BETTER:
            return plain
        moved = (self.behind.direction(resolution), self.ahead.direction(resolution))
        verdict = _NARROWING.get(moved, Verdict.NARROWED)
        return verdict if self._one_sided(verdict) else Verdict.NARROWED

    def _one_sided(self, verdict: Verdict) -> bool:
        """Whether the interval of the side without a shown change excludes a move as large as the other side's.

        Without this, few replicates would turn every unseen loss into "levelled up".
        """
        if verdict is Verdict.LEVELLED_UP:
            return self.ahead.low > -self.behind.mean
        if verdict is Verdict.LEVELLED_DOWN and self.behind.mean > 0:
            return self.behind.high < -self.ahead.mean
        return True


_NARROWING = {  # (side behind, side ahead): 1 gains, 0 nothing shown, -1 loses
    (1, 1): Verdict.ALL_GAIN,
    (1, 0): Verdict.LEVELLED_UP,
    (1, -1): Verdict.TRADED,
    (0, -1): Verdict.LEVELLED_DOWN,
    (-1, -1): Verdict.LEVELLED_DOWN,
}
