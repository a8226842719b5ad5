"""The JSON Schema of scenario files, made from the registers of levers, mechanisms and parameters.

`python -m schoolsim.schema` writes the published copy, which editors use to complete scenario files.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from schoolsim.mechanisms import built_mechanisms, mechanisms
from schoolsim.parameters import Parameter, load_sheets
from schoolsim.policy.levers import levers
from schoolsim.policy.schema import (
    DESCRIPTION,
    MAX_YEARS,
    NAME,
    TITLE,
    changes_schema,
    mapping_schema,
    settings_schema,
)
from schoolsim.vintages import HALOS, VINTAGES

PUBLISHED = Path(__file__).resolve().parent.parent / "schema" / "scenario.schema.json"
MAX_SEED = 2**32 - 1
MAX_SETTLING_YEARS = 10


@lru_cache(maxsize=1)
def scenario_schema() -> dict:
    """What a scenario file may hold."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "schoolsim scenario",
        "type": "object",
        "properties": {**_identity(), **_span(), **_policy(), **_overrides()},
        "required": ["name", "title", "place"],
        "additionalProperties": False,
    }


def _identity() -> dict:
    where = "a place that `schoolsim show places` lists, or a folder with tables of your own (./my-town)"
    place = {"type": "string", "description": where}
    vintage = {
        "enum": list(VINTAGES),
        "x-entry": "vintage",
        "description": "when the world starts: as the data of 2019 have it, or carried back to 1997 (reconstructed)",
    }
    halo = {
        "enum": list(HALOS),
        "x-entry": "halo",
        "description": "how much of the neighbourhood is simulated with the place: none of it, the schools that its "
        "families would look at first (near), or these with the schools that feed them (full)",
    }
    return {
        "name": NAME, "title": TITLE, "description": DESCRIPTION, "place": place, "vintage": vintage, "halo": halo,
    }  # fmt: skip


def _span() -> dict:
    return {
        "years": _whole(1, MAX_YEARS, "years", "simulated school years"),
        "seed": _whole(0, MAX_SEED, "", "decides all luck"),
        "settling_years": _whole(0, MAX_SETTLING_YEARS, "years", "years under the status quo before year 1"),
    }


def _policy() -> dict:
    lever_values = {name: lever.fragment for name, lever in levers().items()}
    return {
        "regime": {
            "type": ["string", "array"],
            "items": {"type": "string"},
            "minItems": 1,
            "description": "a shipped regime, a regime file in this folder, or a list of them to mix",
        },
        "levers": settings_schema(),
        "changes": changes_schema({**lever_values, **_free_values()}, "lever or parameter"),
    }


def _overrides() -> dict:
    register = mechanisms()
    switches = {
        key: {"type": "boolean", "description": f"{register[key].name}: {register[key].meaning}"}
        for key in built_mechanisms()
    }
    return {
        "mechanisms": mapping_schema("mechanism", switches, "Mechanisms switched off (or on) by identifier"),
        "parameters": mapping_schema("parameter", _free_values(), "Parameters set inside their range"),
    }


def _free_values() -> dict[str, dict]:
    return {row.path: _number(row) for row in load_sheets().free()}


def _number(row: Parameter) -> dict:
    low, high = row.prior.bounds
    return {"type": "number", "minimum": low, "maximum": high, "x-unit": row.unit, "description": row.meaning}


def _whole(low: int, high: int, unit: str, description: str) -> dict:
    return {"type": "integer", "minimum": low, "maximum": high, "x-unit": unit, "description": description}


def published_text() -> str:
    """The published file."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"
