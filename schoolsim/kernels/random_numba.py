"""Counter-based Philox-4x32-10 draws, compiled.

Source: Salmon, Moraes, Dror & Shaw (2011), *Parallel random numbers: as easy as 1, 2, 3*. A draw is a pure
function of (key, counter): the key says which process, term and purpose, the counter whose luck it is.
Normals are the inverse distribution function of the uniform (Acklam's rational approximation, relative
error below 1.2e-9), so that a higher uniform is always a higher normal.

Loops do one thing each to a chunk that stays in the cache: the compiler then makes vector instructions of the
integer rounds and of the central formula, and only the tails (5% of normals) are worked out one by one.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from numba import njit

CHUNK = 256
_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_NOBODY = np.uint64(0)
_SIX, _TWENTY_SIX = np.uint64(6), np.uint64(26)
_TO_UNIT = 1.0 / 4503599627370496.0
_TO_UNIT_32 = 1.0 / 4294967296.0
_LOW, _HIGH = 0.02425, 0.97575


@njit(cache=True, inline="always")
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


@njit(cache=True, inline="always")
def unit(high, low):
    """A uniform in (0, 1) of 52 bits from two 32-bit words."""
    return (np.float64(((high >> _SIX) << _TWENTY_SIX) | (low >> _SIX)) + 0.5) * _TO_UNIT


@njit(cache=True, inline="always")
def unit_32(word):
    """A uniform in (0, 1) of 32 bits, enough for yearly noise (largest normal 6.2)."""
    return (np.float64(word) + 0.5) * _TO_UNIT_32


@njit(cache=True, inline="always")
def _tail(q):
    num = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e00) * q
            - 2.549732539343734e00) * q + 4.374664141464968e00) * q + 2.938163982698783e00
    den = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e00) * q
           + 3.754408661907416e00) * q + 1.0
    return num / den


@njit(cache=True, inline="always")
def _centre(p):
    q = p - 0.5
    r = q * q
    num = (((((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
             + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239e00) * q
    den = ((((-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
            + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0
    return num / den


@njit(cache=True, inline="always")
def normal_quantile(p):
    """The standard normal quantile of `p` in (0, 1)."""
    if p < _LOW:
        return _tail(sqrt(-2.0 * log(p)))
    if p > _HIGH:
        return -_tail(sqrt(-2.0 * log(1.0 - p)))
    return _centre(p)


@njit(cache=True, error_model="numpy")
def into_normals(uniforms, normals, tails):
    """Fill `normals` [n] from `uniforms` [n]; `tails` is room for n rows."""
    count = 0
    for k in range(len(uniforms)):  # without a branch, which would be guessed wrong too often
        tails[count] = k
        count += (uniforms[k] < _LOW) | (uniforms[k] > _HIGH)
    for k in range(len(uniforms)):
        normals[k] = _centre(uniforms[k])
    for j in range(count):
        normals[tails[j]] = normal_quantile(uniforms[tails[j]])


@njit(cache=True)
def uniforms(counters, others, key):
    """Uniforms [n] for pairs of counters (uint64 [n] each)."""
    out = np.empty(len(counters))
    for i in range(len(counters)):
        w0, w1, _, _ = philox(counters[i], others[i], key)
        out[i] = unit(w0, w1)
    return out


@njit(cache=True)
def uniforms_alone(counters, key):
    """Uniforms [n] for counters (uint64 [n]) paired with nobody: those of pairs with 0."""
    out = np.empty(len(counters))
    for i in range(len(counters)):
        w0, w1, _, _ = philox(counters[i], _NOBODY, key)
        out[i] = unit(w0, w1)
    return out


@njit(cache=True)
def quantiles(luck):
    """Standard normals [n] from uniforms [n]."""
    tails, out = np.empty(CHUNK, np.int64), np.empty(len(luck))
    for start in range(0, len(luck), CHUNK):
        into_normals(luck[start : start + CHUNK], out[start : start + CHUNK], tails)
    return out
