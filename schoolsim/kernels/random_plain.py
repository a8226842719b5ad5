"""The numpy twin of `random_numba`: the same integers to the last bit, normals to the last few."""

from __future__ import annotations

import numpy as np

_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)

_CENTRE_NUM = (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02, 1.383577518672690e02,
               -3.066479806614716e01, 2.506628277459239e00)
_CENTRE_DEN = (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02, 6.680131188771972e01,
               -1.328068155288572e01, 1.0)
_TAIL_NUM = (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00, -2.549732539343734e00,
             4.374664141464968e00, 2.938163982698783e00)
_TAIL_DEN = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0)


def philox(counters: np.ndarray, others: np.ndarray, key: int) -> tuple[np.ndarray, ...]:
    """Four arrays of 32-bit words (as uint64 [n]) from two counters (uint64 [n]) and a 64-bit key."""
    c0, c1, c2, c3 = counters & _MASK, counters >> _SHIFT, others & _MASK, others >> _SHIFT
    k0, k1 = np.uint64(key) & _MASK, np.uint64(key) >> _SHIFT
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _MASK, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _MASK
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return c0, c1, c2, c3


def normal_quantile(p: np.ndarray) -> np.ndarray:
    """Standard normal quantiles of `p` in (0, 1), by Acklam's approximation."""
    p = np.asarray(p, dtype=float)
    q = p - 0.5
    out = np.polyval(_CENTRE_NUM, q * q) * q / np.polyval(_CENTRE_DEN, q * q)
    tail = (p < 0.02425) | (p > 0.97575)
    t = np.sqrt(-2.0 * np.log(np.where(q < 0, p, 1.0 - p)[tail]))
    out[tail] = np.sign(-q[tail]) * np.polyval(_TAIL_NUM, t) / np.polyval(_TAIL_DEN, t)
    return out


def unit_32(words: np.ndarray) -> np.ndarray:
    """Uniforms in (0, 1) of 32 bits."""
    return (words.astype(np.float64) + 0.5) / 4294967296.0


def uniforms(counters: np.ndarray, others: np.ndarray, key: int) -> np.ndarray:
    """Uniforms [n] for pairs of counters (uint64 [n] each)."""
    w0, w1, _, _ = philox(counters, others, key)
    bits = ((w0 >> np.uint64(6)) << np.uint64(26)) | (w1 >> np.uint64(6))
    return (bits.astype(np.float64) + 0.5) / 4503599627370496.0


def uniforms_alone(counters: np.ndarray, key: int) -> np.ndarray:
    """Uniforms [n] for counters (uint64 [n]) paired with nobody: those of pairs with 0."""
    return uniforms(counters, np.zeros(len(counters), np.uint64), key)


def quantiles(luck: np.ndarray) -> np.ndarray:
    """Standard normals [n] from uniforms [n]."""
    return normal_quantile(luck)
