"""The numbers of a process are its keyword arguments: no more, no fewer, and each is used."""

import ast
import inspect

import pytest

from schoolsim.draws import Draws
from schoolsim.parameters import load_sheets
from schoolsim.people.population import synthesise
from schoolsim.places import load_place
from schoolsim.processes.entry import entry_attainment
from schoolsim.rules.grades import thresholds
from schoolsim.schedule import SCHEDULE
from tests.house.sources import modules, part

SHEETS = {row.process for row in load_sheets()}
OF_THE_START = {"population", "start", "grades"}
"""Sheets that no process of the schedule owns: the starting pupils, the starting places, the marks of tests."""

HANDED_ON = {"cohorts": entry_attainment}
"""Processes that hand their numbers on to one function whole."""


def keywords(process):
    function = HANDED_ON.get(process.name, process.function)
    arguments = inspect.signature(function).parameters.values()
    return {argument.name for argument in arguments if argument.kind is argument.KEYWORD_ONLY}


@pytest.mark.parametrize("process", SCHEDULE, ids=lambda process: process.name)
def test_keyword_arguments_are_the_keys_of_the_sheet(process):
    assert keywords(process) == {row.name for row in load_sheets() if row.process == process.name}


def test_every_sheet_belongs_to_a_process_or_to_the_start():
    assert {process.name for process in SCHEDULE} | OF_THE_START >= SHEETS


@pytest.mark.parametrize("process", SCHEDULE, ids=lambda process: process.name)
def test_every_number_of_a_process_is_used_by_it_or_by_the_start(process):
    function = HANDED_ON.get(process.name, process.function)
    source = ast.parse(inspect.getsource(function)).body[0]
    used = {node.id for statement in source.body for node in ast.walk(statement) if isinstance(node, ast.Name)}
    start = "".join(file.read_text(encoding="utf-8") for name, file in modules().items() if part(name) == "start")
    assert [name for name in keywords(process) - used if f'["{name}"]' not in start] == []


class Noting(dict):
    """Numbers by name that remember which were asked for."""

    def __init__(self, sheet):
        super().__init__({row.name: row.value for row in load_sheets() if row.process == sheet})
        self.asked = set()

    def __getitem__(self, name):
        self.asked.add(name)
        return super().__getitem__(name)


def test_every_number_of_the_starting_pupils_is_used():
    numbers = Noting("population")
    synthesise(load_place("toytown"), numbers, Draws(1, "population", 0))
    assert set(numbers) == numbers.asked


def test_every_mark_of_the_tests_is_used():
    numbers = Noting("grades")
    thresholds(numbers, [1.0] * 5)
    assert set(numbers) == numbers.asked


@pytest.mark.parametrize("process", SCHEDULE, ids=lambda process: process.name)
def test_a_process_tells_what_happens_on_what_evidence_and_what_it_leaves_out(process):
    doc = inspect.getdoc(process.function)
    assert [word for word in ("What happens:", "Evidence:", "Leaves out:") if word not in doc] == []


@pytest.mark.parametrize("process", SCHEDULE, ids=lambda process: process.name)
def test_a_process_takes_the_system_and_its_luck_first(process):
    arguments = list(inspect.signature(process.function).parameters)
    assert arguments[:2] == ["system", "draws"]
