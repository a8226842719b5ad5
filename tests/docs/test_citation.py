"""The citation file says what the project file says."""

import pytest
import yaml
from documents import ROOT, text_of
from test_completeness import PROJECT

CITATION = yaml.safe_load(text_of(ROOT / "CITATION.cff"))


@pytest.mark.parametrize("key", ["cff-version", "message", "title", "authors"])
def test_a_citation_has_what_its_format_requires(key):
    assert CITATION[key]


def test_every_author_has_a_name():
    assert [author for author in CITATION["authors"] if not author.get("name")] == []


@pytest.mark.parametrize("key", ["version", "license", "keywords"])
def test_a_citation_agrees_with_the_project_file(key):
    assert CITATION[key] == PROJECT[key]


def test_a_citation_names_the_licence_that_is_there():
    assert text_of(ROOT / "LICENSE").startswith(f"{CITATION['license']} License")


def test_a_citation_calls_the_program_what_it_is_called():
    assert (CITATION["title"], CITATION["type"]) == (PROJECT["name"], "software")
