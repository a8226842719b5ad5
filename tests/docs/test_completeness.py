"""What has to be documented is, and what is documented exists."""

import re
import tomllib
from inspect import getdoc
from itertools import chain

import pytest
from documents import DOCS, ROOT, markdown_files, text_of

from schoolsim.columns import declared
from schoolsim.mechanisms import built_mechanisms
from schoolsim.parameters import load_sheets
from schoolsim.parameters.sheets import read_sheet
from schoolsim.places.backcast import figures_file
from schoolsim.policy.levers import levers
from schoolsim.schedule import SCHEDULE
from schoolsim.vintages import VINTAGES

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
KEY = re.compile(r"\b[EPUS]\d{2,3}\b")
NAME = re.compile(r"`([a-z_]+)\.([a-z_0-9]+)`")
FILES = ("yaml", "parquet", "md", "py", "json", "npz", "html", "csv")


def package(requirement):
    return re.match(r"[A-Za-z0-9-]+", requirement).group()


EXTRAS = [entry for extra in PROJECT["optional-dependencies"].values() for entry in extra]
REQUIRED = sorted({package(entry) for entry in [*PROJECT["dependencies"], *EXTRAS]} - {"schoolsim"})


@pytest.mark.parametrize("identifier", built_mechanisms())
def test_every_mechanism_built_has_a_page_with_its_parts(identifier):
    (page,) = (DOCS / "model").glob(f"{identifier}-*.md")
    text = text_of(page)
    assert text.startswith(f"# {identifier} ")
    assert {"## Switched off", "## Limits"} <= set(text.splitlines())


def test_no_page_describes_a_mechanism_that_is_not_built():
    described = {file.name[:3] for file in (DOCS / "model").glob("M*.md")}
    assert described == set(built_mechanisms())


@pytest.mark.parametrize("name", REQUIRED)
def test_every_dependency_has_a_reason(name):
    (record,) = (DOCS / "decisions").glob("*-dependencies.md")
    rows = [line for line in text_of(record).splitlines() if line.startswith("|") and f"`{name}`" in line]
    assert len(rows) == 1
    assert len(rows[0].rsplit("|", 2)[1].split()) >= 1


def test_every_evidence_key_of_sheets_and_processes_is_explained():
    docstrings = [getdoc(process.function) or "" for process in SCHEDULE]
    carried = [figures_file(name) for name, vintage in VINTAGES.items() if vintage.reconstructed]
    numbers = [*(number for name in VINTAGES for number in load_sheets(name)), *chain(*map(read_sheet, carried))]
    reasons = [" ".join([*number.source, number.because or ""]) for number in numbers]
    used = {key for text in [*docstrings, *reasons] for key in KEY.findall(text)}
    explained = set(re.findall(r"^\| ([EPUS]\d+) \|", text_of(DOCS / "evidence.md"), re.MULTILINE))
    assert used - explained == set()


def test_every_parameter_lever_and_column_named_in_the_documents_exists():
    columns = {f"{table}.{name}" for table, found in declared().items() for name in found}
    known = {number.path for number in load_sheets()} | set(levers()) | columns
    fields = {path.partition(".")[0] for path in known}
    named = {".".join(pair) for file in markdown_files() for pair in NAME.findall(text_of(file))}
    ours = {name for name in named if name.partition(".")[0] in fields and name.partition(".")[2] not in FILES}
    assert ours - known == set()


def test_every_process_is_told_of_in_the_overview():
    overview = text_of(DOCS / "overview.md")
    assert [process.name for process in SCHEDULE if f"| `{process.name}` |" not in overview] == []


def test_every_decision_has_its_parts_and_a_line_in_the_list():
    listed = text_of(DOCS / "decisions" / "README.md")
    for file in sorted((DOCS / "decisions").glob("0*.md")):
        parts = [f"**{part}.**" for part in ("Context", "Decision", "Reason", "Consequence")]
        assert file.name in listed
        assert [part for part in parts if part not in text_of(file)] == []
