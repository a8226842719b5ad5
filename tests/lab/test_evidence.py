"""The book of evidence: keys in texts are found, and links between registers hold in both directions."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.lab.evidence import keys_in, open_book, sources
from schoolsim.lab.evidence.book import parts_of
from schoolsim.lab.evidence.readers import PACKAGE, START, lever_readers, number_readers
from schoolsim.lab.evidence.sources import PAGES, read_sources
from schoolsim.schedule import SCHEDULE
from tests.house.sources import REPOSITORY

BOOK = open_book()
PAGE = """# Evidence
## Figures
| key | what | value |
|---|---|---|
| E001 | a ratio | 5 (4–6) |
| E002 | the same, later | 14 \\| 15 |

| mark | meaning |
|---|---|
| seen | no key |
## Ranges
| key | what |
|---|---|
| P02 | a gap |
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("as E147 and P50", ["E147", "P50"]),
        ("E132 to E134", ["E132", "E133", "E134"]),
        ("E007-E009, E147–E148", ["E007", "E008", "E009", "E147", "E148"]),
        ("E1, XE147, KS2 and M36", []),
        ("E147, E147", ["E147"]),
    ],
)
def test_keys_are_found_and_ranges_written_out(text, keys):
    assert keys_in(text) == keys


@given(st.text(alphabet="EPSU0129 -–to,", max_size=40))
def test_whatever_a_text_holds_its_keys_are_keys(text):
    assert all(re.fullmatch(r"[EPSU]\d{2,3}", key) for key in keys_in(text))


def test_sources_are_the_rows_of_tables_of_keys():
    found = read_sources(PAGE)
    assert list(found) == ["E001", "E002", "P02"]
    assert found["E002"].told == {"what": "the same, later", "value": "14 | 15"}
    assert (found["E002"].part, found["E002"].above, found["E002"].leans) == ("Figures", "E001", True)
    assert (found["P02"].above, found["P02"].leans, found["P02"].title) == ("", False, "a gap")


def test_the_page_of_sources_travels_with_the_package():
    build = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    shipped = build["targets"]["wheel"]["force-include"]
    inside, beside = PAGES
    assert shipped[beside.relative_to(REPOSITORY).as_posix()] == inside.relative_to(PACKAGE.parent).as_posix()
    assert len(sources()) >= 100


def test_every_lever_is_looked_up_by_a_process_that_exists():
    assert set(lever_readers()) == set(BOOK.levers)
    assert {name for readers in lever_readers().values() for name in readers} <= {p.name for p in SCHEDULE} | {START}


def test_numbers_of_another_sheet_are_found():
    assert number_readers()["choice.selective_uptake"] == (START,)
    assert "choice.grapevine_prior" in [row.path for row in BOOK.parameters_of_process("transfer")]


@pytest.mark.parametrize("mechanism", [key for key, entry in BOOK.mechanisms.items() if entry.built])
def test_what_feeds_a_mechanism_says_so_itself(mechanism):
    parameters = [row.path for row in BOOK.parameters_of_mechanism(mechanism)]
    assert all(mechanism in BOOK.mechanisms_of_parameter(path) for path in parameters)
    assert all(mechanism in BOOK.mechanisms_of_lever(lever.name) for lever in BOOK.levers_of_mechanism(mechanism))
    assert all(mechanism in BOOK.processes[name].mechanisms for name in BOOK.processes_of_mechanism(mechanism))


def test_every_parameter_has_a_reader_and_every_built_mechanism_something_it_is_made_of():
    assert all(BOOK.readers_of_parameter(path) for path in BOOK.parameters)
    for key, entry in BOOK.mechanisms.items():
        made_of = BOOK.processes_of_mechanism(key) or BOOK.parameters_of_mechanism(key) or entry.switches
        assert bool(made_of) == entry.built, key


def test_a_source_lists_just_those_that_name_it():
    for key in BOOK.sources:
        for path in BOOK.users_of_source(key)["parameters"]:
            assert key in BOOK.keys_of_parameter(path)
    assert {key for path in BOOK.parameters for key in BOOK.keys_of_parameter(path)} <= set(BOOK.sources)


def test_a_docstring_comes_apart_by_its_headings():
    doc = "One line.\n\nWhat happens: This\n    and that.\nEvidence: E147.\nLeaves out: much.\n\nMore of it."
    found = parts_of(doc)
    assert found["What happens"] == "This and that."
    assert (found[""], found["Leaves out"]) == ("One line. More of it.", "much.")
