"""Which authorities facts are scored on: three to calibrate on, six that nobody looked at, a pool of thirty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.yaml_source import read_yaml

if TYPE_CHECKING:
    import pandas as pd

SAMPLES_FILE = Path(__file__).with_name("authorities.yaml")
POOL, UNSEEN, CALIBRATION = "pool", "unseen", "calibration"
SAMPLES = (POOL, UNSEEN, CALIBRATION)


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return read_yaml(SAMPLES_FILE).content


def sample(name: str) -> tuple[int, ...]:
    """Authority codes of a sample: `pool`, `unseen` or `calibration`."""
    return tuple(_file()[name]["codes"])


def names() -> dict[int, str]:
    """Names of the sampled authorities by code, for readers."""
    return {code: name for one in SAMPLES for code, name in zip(sample(one), _file()[one]["names"], strict=True)}


def draw(authorities: pd.DataFrame) -> dict[str, list[int]]:
    """The codes of `unseen` and then of `pool`, drawn afresh.

    A simple draw: every authority with enough secondary schools has the same chance, but for those set aside
    and those to calibrate on. The pool is drawn from what the unseen ones leave, so that no fact on which the
    model is calibrated is computed on them.

    Args:
        authorities: `schoolsim.places.england.authorities()`; used are `code` and `secondary_count`.
    """
    rules = _file()
    taken = {*rules["set_aside"]["codes"], *sample(CALIBRATION)}
    enough = authorities.loc[authorities["secondary_count"] >= rules["least_secondaries"], "code"]
    codes = [int(code) for code in sorted(enough) if code not in taken]
    unseen = _drawn(codes, UNSEEN)
    return {UNSEEN: unseen, POOL: _drawn([code for code in codes if code not in unseen], POOL)}


def _drawn(codes: Sequence[int], name: str) -> list[int]:
    """As many codes as the file says, those with the lowest uniforms."""
    import numpy as np

    from schoolsim.draws import Draws

    luck = Draws(_file()["seed"], "validation", 0).uniform(np.array(codes, np.int64), name)
    return sorted(codes[place] for place in np.argsort(luck, kind="stable")[: _file()[name]["count"]])
