"""The package as house tests read it: files, imports, layers."""

import ast
from functools import cache
from pathlib import Path

import schoolsim

PACKAGE = Path(schoolsim.__file__).parent
REPOSITORY = PACKAGE.parent
LAYERS = (
    ("errors", "files", "vintages", "draws", "table", "columns", "kernels"),
    ("yaml_source", "schema", "mechanisms", "policy", "parameters", "places", "scenario"),
    ("rules", "people"),
    ("metrics", "process", "processes", "agents", "state", "switches", "schedule", "system", "start"),
    ("session", "dataflow"),
    ("charts", "lab", ""),
    ("cli", "ui"),
)
"""What may import what: the same layer or one written above. "" is the package's own front door."""

DYNAMICS = ("processes", "rules", "people", "agents", "kernels", "process", "schedule", "system", "state", "switches",
            "start", "table", "draws", "columns")  # fmt: skip
"""Everything that decides what happens, as against what is seen of it."""

STARTS = {"schoolsim.people.population", "schoolsim.people.homes"}
"""Modules of `people` that read a place's frames, once, before anything happens."""


@cache
def modules():
    """Files by dotted name."""
    return {dotted(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def dotted(file):
    parts = file.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part(name):
    """The file or folder directly under the package that a module belongs to."""
    return name.split(".")[1] if "." in name else ""


@cache
def tree(name):
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


def dynamics():
    """Names of the modules that decide what happens."""
    return [name for name in modules() if part(name) in DYNAMICS]


def functions(name):
    return [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imports(name):
    """What a module imports, anywhere in it but under TYPE_CHECKING: modules, or the packages of others."""
    excused = {id(node) for block in _for_types(name) for node in ast.walk(block)}
    for node in ast.walk(tree(name)):
        if id(node) in excused:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (each if each in modules() else node.module for each in whole)


def _for_types(name):
    blocks = [node for node in ast.walk(tree(name)) if isinstance(node, ast.If)]
    return [block for block in blocks if ast.unparse(block.test).endswith("TYPE_CHECKING")]
