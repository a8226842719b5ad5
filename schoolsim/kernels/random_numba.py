"""Counter-based Philox-4x32-10 draws, compiled.

Source: Salmon, Moraes, Dror & Shaw (2011), *Parallel random numbers: as easy as 1, 2, 3*. A draw is a pure
function of (key, counter): the key says which process, term and purpose, the counter whose luck it is.
Normals are the inverse distribution function of the uniform (Acklam's rational approximation, relative
error below 1.2e-9), so that a higher uniform is always a higher normal.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from numba import njit

_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_SIX, _TWENTY_SIX = np.uint64(6), np.uint64(26)
_STEP0, _STEP1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
_TO_UNIT = 1.0 / 4503599627370496.0
_TO_UNIT_32 = 1.0 / 4294967296.0


@njit(cache=True, inline="always", error_model="numpy")
def philox(counter, other, key):
    """Four 32-bit words from two 64-bit counters and a 64-bit key."""
    c0, c1 = counter & _MASK, counter >> _SHIFT
    c2, c3 = other & _MASK, other >> _SHIFT
    k0, k1 = key & _MASK, key >> _SHIFT
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _MASK, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _MASK
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return c0, c1, c2, c3


@njit(cache=True, inline="always", error_model="numpy")
def unit(high, low):
    """A uniform in (0, 1) of 52 bits from two 32-bit words."""
    return (np.float64(((high >> _SIX) << _TWENTY_SIX) | (low >> _SIX)) + 0.5) * _TO_UNIT


@njit(cache=True, inline="always", error_model="numpy")
def unit_32(word):
    """A uniform in (0, 1) of 32 bits, enough for yearly noise (largest normal 6.2)."""
    return (np.float64(word) + 0.5) * _TO_UNIT_32


@njit(cache=True, inline="always", error_model="numpy")
def _tail(q):
    num = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e00) * q
            - 2.549732539343734e00) * q + 4.374664141464968e00) * q + 2.938163982698783e00
    den = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e00) * q
           + 3.754408661907416e00) * q + 1.0
    return num / den


@njit(cache=True, inline="always", error_model="numpy")
def _centre(q, r):
    num = (((((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
             + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239e00) * q
    den = ((((-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
            + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0
    return num / den


@njit(cache=True, inline="always", error_model="numpy")
def normal_quantile(p):
    """The standard normal quantile of `p` in (0, 1)."""
    if p < 0.02425:
        return _tail(sqrt(-2.0 * log(p)))
    if p > 0.97575:
        return -_tail(sqrt(-2.0 * log(1.0 - p)))
    q = p - 0.5
    return _centre(q, q * q)


CHUNK = 512
"""Draws made together: small enough for the innermost cache, long enough for the processor's wide registers."""


@njit(cache=True, error_model="numpy")
def philox_chunk(w0, w1, w2, w3, key, count):
    """Turn `count` counters, given as 32-bit words in four uint32 arrays, into their random words, in place.

    The rounds are the outer loop, so that every inner loop runs over lanes and is compiled to wide instructions.
    """
    k0, k1 = np.uint32(key & _MASK), np.uint32(key >> _SHIFT)
    for _ in range(10):
        for i in range(count):
            p0, p1 = _M0 * np.uint64(w0[i]), _M1 * np.uint64(w2[i])
            first, third = np.uint32(p1 >> _SHIFT) ^ w1[i] ^ k0, np.uint32(p0 >> _SHIFT) ^ w3[i] ^ k1
            w1[i], w3[i] = np.uint32(p1), np.uint32(p0)
            w0[i], w2[i] = first, third
        k0, k1 = np.uint32(k0 + _STEP0), np.uint32(k1 + _STEP1)


@njit(cache=True, error_model="numpy")
def quantile_chunk(p, out, count):
    """Standard normal quantiles of `count` uniforms: the centre for all in wide steps, then the few in the tails."""
    for i in range(count):
        q = p[i] - 0.5
        out[i] = _centre(q, q * q)
    for i in range(count):
        if p[i] < 0.02425 or p[i] > 0.97575:
            out[i] = normal_quantile(p[i])


@njit(cache=True, error_model="numpy")
def _unit_chunk(counters, others, start, count, key, w0, w1, w2, w3, out):
    for i in range(count):
        w0[i], w1[i] = np.uint32(counters[start + i] & _MASK), np.uint32(counters[start + i] >> _SHIFT)
        w2[i], w3[i] = np.uint32(others[start + i] & _MASK), np.uint32(others[start + i] >> _SHIFT)
    philox_chunk(w0, w1, w2, w3, key, count)
    for i in range(count):
        out[i] = unit(np.uint64(w0[i]), np.uint64(w1[i]))


@njit(cache=True, error_model="numpy")
def uniforms(counters, others, key):
    """Uniforms [n] for pairs of counters (uint64 [n] each)."""
    total = np.empty(len(counters))
    words = np.empty((4, CHUNK), np.uint32)
    for start in range(0, len(counters), CHUNK):
        count = min(CHUNK, len(counters) - start)
        _unit_chunk(counters, others, start, count, key, words[0], words[1], words[2], words[3], total[start:])
    return total


@njit(cache=True, error_model="numpy")
def normals(counters, others, key):
    """Standard normals [n] for pairs of counters (uint64 [n] each)."""
    total, even = np.empty(len(counters)), np.empty(CHUNK)
    words = np.empty((4, CHUNK), np.uint32)
    for start in range(0, len(counters), CHUNK):
        count = min(CHUNK, len(counters) - start)
        _unit_chunk(counters, others, start, count, key, words[0], words[1], words[2], words[3], even)
        quantile_chunk(even, total[start:], count)
    return total
