"""The hot kernels (draws, learning, lists, matching, sums and so on), compiled with numba, each with a plain twin.

`SCHOOLSIM_NUMBA=0` picks the twins; tests use them as oracles. Nothing is compiled until it is first called.
"""

from __future__ import annotations

import importlib
import os
from functools import cache
from types import ModuleType


def numba_wanted() -> bool:
    """Whether the compiled kernels are used (the default) or their plain twins."""
    return os.environ.get("SCHOOLSIM_NUMBA", "1") != "0"


@cache
def _load(kernel: str, flavour: str) -> ModuleType:
    return importlib.import_module(f"schoolsim.kernels.{kernel}_{flavour}")


def kernel(name: str) -> ModuleType:
    """The module that holds kernel `name` ("random", "learning", "matching" and so on) in the flavour in force."""
    return _load(name, "numba" if numba_wanted() else "plain")
