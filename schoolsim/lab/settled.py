"""Worlds at the end of year 0: settled once, kept, and the same to the last bit whether loaded or settled anew."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from functools import cache as once
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.errors import InputError
from schoolsim.kernels import numba_wanted
from schoolsim.lab.cache import Cache, usual_cache
from schoolsim.lab.store import code_fingerprint, versions
from schoolsim.parameters.sheets import Number
from schoolsim.places.place import Place
from schoolsim.scenario import Scenario
from schoolsim.session import Session, world_of
from schoolsim.start import place_of

_LOG = logging.getLogger(__name__)


def settled(
    scenario: Scenario, seed: int, drawn: Mapping[str, Number] | None = None, cache: Cache | None = None
) -> Session:
    """The world of a scenario at the end of year 0, from the cache if it was settled before.

    Args:
        scenario: any plan of the world; plans that differ only from year 1 on share an entry.
        seed: luck of the world.
        drawn: parameters drawn for this world, by path.
        cache: where settled worlds are kept; what the environment asks for unless given.
    """
    cache = usual_cache() if cache is None else cache
    if cache.folder is None:
        return _settled_anew(scenario, seed, drawn)
    place = place_of(scenario)
    content = cache.get(key_of(scenario, place, seed, drawn))
    found = _resumed(content, scenario, place) if content else None
    return found or _settled_and_kept(scenario, seed, drawn, cache)


def key_of(scenario: Scenario, place: Place, seed: int, drawn: Mapping[str, Number] | None = None) -> str:
    """A hash of all that decides the bits of a settled world.

    A place is what its frames and facts say and not its name alone: a user may change the tables of a place.
    """
    content = {
        "world": world_of(scenario), "place": _place_hash(place), "seed": seed, "drawn": dict(drawn or {}),
        "code": code_fingerprint(), "machine": _machine(numba_wanted()),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=repr).encode()).hexdigest()


def _settled_anew(scenario: Scenario, seed: int, drawn: Mapping[str, Number] | None) -> Session:
    return Session(scenario, seed=seed, drawn=drawn).run_to(0)


def _settled_and_kept(scenario: Scenario, seed: int, drawn: Mapping[str, Number] | None, cache: Cache) -> Session:
    session = _settled_anew(scenario, seed, drawn)
    key = key_of(scenario, session.system.place, seed, drawn)  # of the place it stands in, should its file have changed
    cache.put(key, session.to_bytes(compress=False))
    return session


def _resumed(content: bytes, scenario: Scenario, place: Place) -> Session | None:
    """The session kept, under this scenario: whoever settled the world may have had another from year 1 on."""
    try:
        return Session.load(content, place).fork(scenario)
    except InputError as error:
        _LOG.info("a settled world could not be read and is made anew: %s", error)
        return None


def _place_hash(place: Place) -> str:
    digest = hashlib.sha256(json.dumps([place.name, place.title, place.stem]).encode())
    digest.update(json.dumps(place.facts, sort_keys=True, default=repr).encode())
    for frame in (place.schools, place.areas):
        digest.update(json.dumps([(name, str(kind)) for name, kind in frame.dtypes.items()]).encode())
        digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.hexdigest()


@once
def _machine(compiled: bool) -> dict[str, Any]:
    """What may change the last bit of a number: libraries, platform, processor, and which kernels are used."""
    processor = np.show_config(mode="dicts")["SIMD Extensions"]
    return versions() | {"scipy": metadata.version("scipy"), "processor": processor, "compiled": compiled}
