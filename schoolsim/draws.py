"""Stateless random draws: luck is a function of who, what, when and why, never of the order of calls.

A draw hashes (seed, process name, term, purpose) into a key and an id, or a pair of ids, into a counter.
No generator is stored, so the order of rows, a subset, another worker or another process cannot change a
life, and every regime meets the same children with the same luck.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np

from schoolsim.kernels import kernel

LASTING = -1_000_000
"""The "term" of luck that never changes."""


@lru_cache(maxsize=65536)
def draw_key(seed: int, process: str, term: int, purpose: str) -> int:
    """The 64-bit key of one stream of luck."""
    text = f"{seed}|{process}|{term}|{purpose}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def _counter(ids: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(ids, dtype=np.int64).view(np.uint64)


class Draws:
    """The luck of one process in one term."""

    def __init__(self, seed: int, process: str, term: int) -> None:
        self.seed, self.process, self.term = seed, process, term

    def lasting(self) -> Draws:
        """The luck of the same process that does not change from term to term."""
        return Draws(self.seed, self.process, LASTING)

    def key(self, purpose: str) -> np.uint64:
        """The key of one purpose, for kernels that draw on their own."""
        return np.uint64(draw_key(self.seed, self.process, self.term, purpose))

    def uniform(self, ids: np.ndarray, purpose: str) -> np.ndarray:
        """Uniforms in (0, 1), one for each id [n]."""
        return kernel("random").uniforms_alone(_counter(ids), self.key(purpose))

    def normal(self, ids: np.ndarray, purpose: str) -> np.ndarray:
        """Standard normals, one for each id [n]."""
        return kernel("random").quantiles(self.uniform(ids, purpose))

    def event(self, ids: np.ndarray, chance: np.ndarray | float, purpose: str) -> np.ndarray:
        """Whether it happens to each id [n]; raising a chance only ever adds events."""
        return self.uniform(ids, purpose) < chance

    def pair_uniform(self, ids: np.ndarray, others: np.ndarray, purpose: str) -> np.ndarray:
        """Uniforms in (0, 1), one for each pair of ids [n]; the pair is ordered."""
        return kernel("random").uniforms(_counter(ids), _counter(others), self.key(purpose))

    def pair_normal(self, ids: np.ndarray, others: np.ndarray, purpose: str) -> np.ndarray:
        """Standard normals, one for each pair of ids [n]; the pair is ordered."""
        return kernel("random").quantiles(self.pair_uniform(ids, others, purpose))
