"""Putting figures into a page that needs no network: packaged scripts and safe JSON."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib import resources
from typing import Any

import altair as alt

BUNDLES = ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")
# What would end a script element, open a comment in it, or break a line in older JavaScript.
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@cache
def bundles() -> tuple[str, ...]:
    """The packaged scripts, in the order in which a page must hold them."""
    folder = resources.files("schoolsim") / "data" / "js"
    return tuple((folder / name).read_text(encoding="utf-8") for name in BUNDLES)


def safe_json(value: Any) -> str:
    """JSON that may stand inside a script element whatever its strings hold."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in UNSAFE.items():
        text = text.replace(character, escape)
    return text


def specification(figure: alt.LayerChart) -> dict[str, Any]:
    """The figure as Vega-Lite, without the address of its schema (nothing in a page should point to a network).

    Not checked against the schema here: tests do that for every figure, a page of thirty would wait seconds.
    """
    spec = figure.to_dict(validate=False)
    spec.pop("$schema", None)
    return spec


def specification_text(figure: alt.LayerChart) -> str:
    """The same as JSON text: what a page hands on as it stands, without looking through all its numbers again."""
    return safe_json(specification(figure))


def script_hash(script: str) -> str:
    """The word by which a content security policy allows exactly this inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
