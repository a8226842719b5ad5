"""Checks content against a JSON Schema and says in one message what is wrong first, and where it stands.

Two keywords of our own help the words: `x-entry` says what a key or value is ("lever"), `x-unit` what a
number counts.
"""

from __future__ import annotations

import math
from typing import Any

from schoolsim.errors import InputError, nearest
from schoolsim.yaml_source import KeyPath, Source, clipped

TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text (in quotes if it reads as a number or as on or off)",
    "boolean": "on or off",
    "array": "a list",
    "object": "keys with values",
}

LONG_LIST = 15


def check(source: Source, schema: dict, content: object = None) -> None:
    """Raise the first error, in the order of the file, that the content of a source has against a schema."""
    from jsonschema import Draft202012Validator

    instance = source.content if content is None else content
    errors = Draft202012Validator(schema).iter_errors(instance)
    found = [_described(error, source) for error in errors]
    if found:
        raise min(found, key=lambda error: error.line or math.inf)


def check_value(value: object, fragment: dict, name: str) -> None:
    """Check one value that comes from no file."""
    schema = {"type": "object", "properties": {name: fragment}}
    check(Source({name: value}), schema)


def _described(error: Any, source: Source) -> InputError:
    path: KeyPath = tuple(error.absolute_path)
    schema, found = error.schema, error.instance
    entry = schema.get("x-entry", "value")
    match error.validator:
        case "additionalProperties":
            return _unknown_key(error, source, path)
        case "required":
            missing = next(key for key in error.validator_value if key not in found)
            return source.error(f"the key `{missing}` is missing", path)
        case "enum":
            choice = _choice(found, error.validator_value)
            return source.error(f"unknown {entry}", path, found=shown(found), **choice)
        case "type":
            return source.error("this is of the wrong type", path, found=shown(found), allowed=_types(schema))
        case "minimum" | "maximum":
            return source.error("this is out of bounds", path, found=found, allowed=_range(schema))
    allowed = schema.get("description")
    return source.error("this value is not allowed", path, found=shown(found), allowed=allowed)


def _unknown_key(error: Any, source: Source, path: KeyPath) -> InputError:
    known = list(error.schema["properties"])
    key = next(key for key in error.instance if key not in known)
    what = f"unknown {error.schema.get('x-entry', 'key')}"
    return source.error(what, (*path, key), **_choice(key, known))


def _choice(found: object, known: list) -> dict:
    """What could have been written: the nearest guess, and all that is known unless that fills the screen."""
    words = [str(word) for word in known]
    allowed = words if len(words) <= LONG_LIST else f"one of {len(words)} (`schoolsim show` lists them)"
    return {"allowed": allowed, "guess": nearest(found, words)}


def _types(schema: dict) -> str:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = " or ".join(TYPES[kind] for kind in kinds)
    return f"{words}, {_range(schema)}" if "minimum" in schema else words


def _range(schema: dict) -> str:
    unit = schema.get("x-unit", "")
    return f"{_figure(schema['minimum'])} to {_figure(schema['maximum'])} {unit}".strip()


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6g}"


def shown(value: object) -> str:
    """A value as somebody would have written it in YAML."""
    words = {None: "nothing", True: "on (true)", False: "off (false)"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "keys with values"
    return clipped(value)
