"""Imports go downwards only, and what happens knows nothing of what is seen of it."""

import ast
import re
import sys
import tomllib

import pytest

from tests.house.sources import DYNAMICS, LAYERS, REPOSITORY, STARTS, dynamics, imports, modules, part, tree

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
TOLD_WHEN_ASKED = {("schoolsim.schedule", "schoolsim.dataflow")}
"""The schedule's description looks up, inside a function, who read what when it last ran."""

OBSERVERS = {"metrics", "lab", "cli", "charts", "session", "ui"}
BANNED = {"random", "rng", "shuffle_do", "shuffle", "default_rng", "seed_everything"}
COMES_WITH = {"markupsafe": "jinja2", "yaml": "pyyaml"}


def test_every_module_has_its_layer():
    assert {part(name) for name in modules()} <= set(LEVEL)


def test_imports_go_downwards_only():
    upwards = [
        (name, found)
        for name in modules()
        for found in imports(name)
        if found in modules() and LEVEL[part(found)] > LEVEL[part(name)]
    ]
    assert set(upwards) - TOLD_WHEN_ASKED == set()


def test_dynamics_never_look_at_what_is_measured_of_them():
    looking = [(name, found) for name in dynamics() for found in imports(name) if part(found) in OBSERVERS]
    assert looking == []


def test_metrics_never_touch_dynamics():
    touched = {"processes", "agents", "schedule", "system", "start", "state", "process"}
    watching = [name for name in modules() if part(name) == "metrics"]
    assert [(name, found) for name in watching for found in imports(name) if part(found) in touched] == []


def test_nothing_that_happens_every_term_uses_pandas():
    users = {name for name in dynamics() for found in imports(name) if found.split(".")[0] == "pandas"}
    assert users - STARTS == set()


@pytest.mark.parametrize("name", [name for name in modules() if part(name) == "rules"])
def test_rules_need_numpy_and_nothing_else(name):
    others = {found.split(".")[0] for found in imports(name)} - set(sys.stdlib_module_names)
    assert others <= {"numpy", "schoolsim"}


def test_dynamics_draw_only_through_draws():
    for name in dynamics():
        used = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
        used |= {node.id for node in ast.walk(tree(name)) if isinstance(node, ast.Name)}
        brought = {found.split(".")[-1] for found in imports(name) if found not in modules()}
        assert (used | brought) & BANNED == set(), name


def test_every_package_imported_is_declared_and_the_core_needs_no_extra():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core, pages = (named(rows) for rows in (project["dependencies"], project["optional-dependencies"]["ui"]))
    assert foreign(name for name in modules() if part(name) != "ui") <= core
    assert foreign(name for name in modules() if part(name) == "ui") <= core | pages


def named(requirements):
    """Names of packages, as a project file lists them."""
    return {re.split(r"[<>=\[ ]", entry)[0] for entry in requirements}


def foreign(names):
    """The packages of others that these modules import."""
    known = set(sys.stdlib_module_names) | {"schoolsim"}
    found = {found.split(".")[0] for name in names for found in imports(name)} - known
    return {COMES_WITH.get(name, name) for name in found}


def test_all_that_decides_what_happens_is_watched_by_these_tests():
    assert set(DYNAMICS) <= {name for layer in LAYERS for name in layer}
