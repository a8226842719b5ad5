"""Modules and functions stay small enough to read, and nothing names the machine it was written on."""

import ast
import re

import pytest

from tests.house.sources import PACKAGE, REPOSITORY, functions, modules

LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
READ = ("*.py", "*.yaml", "*.yml", "*.md", "*.toml", "*.j2", "*.css", "*.html", "*.cff", "*.txt")
BUILT = {"js", ".hypothesis", "results", "build", "dist"}
PLACES = re.compile("|".join(rf"(?<![\w.:/-])/{name}/" for name in ("work", "home", "tmp", "root", "Users", "mnt")))


def body_lines(function):
    """Lines of a function after its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("name", modules())
def test_no_module_is_longer_than_three_hundred_lines(name):
    assert len(modules()[name].read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("name", modules())
def test_no_function_is_longer_than_forty_lines(name):
    long = {function.name: body_lines(function) for function in functions(name)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_nine_functions_in_ten_are_under_twenty_five_lines():
    lengths = sorted(body_lines(function) for name in modules() for function in functions(name))
    assert lengths[int(0.9 * len(lengths))] < 25


@pytest.mark.parametrize("name", ["system.py", "session.py"])
def test_the_file_named_after_the_central_noun_stays_small(name):
    assert len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) <= 200


def texts():
    """Every text file of the repository that people wrote."""
    for folder in (PACKAGE, *(REPOSITORY / name for name in ("tests", "scenarios", "docs", "bench", "experiments"))):
        for pattern in READ:
            yield from (file for file in folder.rglob(pattern) if not BUILT & set(file.parts))
    for pattern in READ:
        yield from REPOSITORY.glob(pattern)


def test_no_file_names_a_folder_of_somebodys_machine():
    assert [file.name for file in texts() if PLACES.search(file.read_text(encoding="utf-8", errors="replace"))] == []


def test_the_search_for_such_folders_finds_them():
    assert PLACES.search("open('/" + "work/data')")
    assert not PLACES.search("https://example.org/work/in/progress and framework/main")
