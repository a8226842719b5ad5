"""The JSON Schema of settings, dated changes and regimes, made from the register of levers."""

from __future__ import annotations

from schoolsim.policy.levers import levers

MAX_YEARS = 50  # Longer runs say more about drift than about schools.
NAME = {
    "type": "string",
    "pattern": "^[a-z0-9][a-z0-9-]{0,59}$",
    "description": "small letters, digits and hyphens, at most 60",
}
TITLE = {"type": "string", "minLength": 1, "maxLength": 120, "description": "text of 1 to 120 characters"}
DESCRIPTION = {"type": "string", "maxLength": 4000, "description": "text of at most 4,000 characters"}


def settings_schema() -> dict:
    """A mapping of levers to values."""
    fragments = {name: lever.fragment for name, lever in levers().items()}
    return mapping_schema("lever", fragments, "Lever settings that hold in every simulated year")


def changes_schema(paths: dict[str, dict], entry: str) -> dict:
    """A list of dated changes; `paths` maps each path to the schema of its value."""
    year = {"type": "integer", "minimum": 1, "maximum": MAX_YEARS, "x-unit": "(years of the run)"}
    keys = {
        "path": {"enum": list(paths), "x-entry": entry, "description": "what is changed"},
        "value": {"description": "what it is set to"},
        "from": {**year, "description": "the first year in which it holds (1 is the year after settling)"},
        "until": {**year, "description": "the last year in which it holds; to the end when left out"},
        "replaces": {"type": "boolean", "description": "wins over an earlier change of the same path"},
    }
    row = {"type": "object", "properties": keys, "required": ["path", "value"], "additionalProperties": False}
    return {"type": "array", "items": {**row, "allOf": [_value_rule(*item) for item in paths.items()]}}


def _value_rule(path: str, fragment: dict) -> dict:
    """What a change of this path may set it to."""
    return {
        "if": {"properties": {"path": {"const": path}}, "required": ["path"]},
        "then": {"properties": {"value": fragment}},
    }


def mapping_schema(entry: str, properties: dict[str, dict], description: str) -> dict:
    """A mapping of known keys; `entry` says what a key is."""
    return {
        "type": "object", "description": description, "x-entry": entry, "properties": properties,
        "additionalProperties": False,
    }  # fmt: skip


def regime_schema() -> dict:
    """A regime file."""
    fragments = {name: lever.fragment for name, lever in levers().items()}
    identity = {"name": NAME, "title": TITLE, "description": DESCRIPTION}
    policy = {"levers": settings_schema(), "changes": changes_schema(fragments, "lever")}
    return {
        "type": "object", "properties": identity | policy, "required": ["name", "title"],
        "additionalProperties": False,
    }  # fmt: skip
