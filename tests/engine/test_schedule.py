"""The schedule: what happens when, what is counted, and what a switch turns off."""

import inspect

import numpy as np
import pytest

from schoolsim import schedule
from schoolsim.process import EVERY_TERM, SPRING, SUMMER, TERM_NAMES, Process
from tests.little import Little

ORDER = [process.name for process in schedule.SCHEDULE]


def noting(name, log, **settings):
    """A process that notes the term in which it ran."""
    return Process(name, lambda system, draws, **_: log.append((name, system.term)) or {}, **settings)


def pupil(**more):
    return Little(pupils={"id": [1], "attendance": [0.5], "presence_effect": [0.3]}, **more)


@pytest.mark.parametrize("term", EVERY_TERM)
def test_a_term_is_the_processes_of_that_term_in_order(monkeypatch, term):
    log = []
    once, always = noting("home", log, terms=(SPRING,)), noting("learning", log)
    monkeypatch.setattr(schedule, "SCHEDULE", (once, always))
    schedule.walk(pupil(term=term))
    assert log == [("home", SPRING), ("learning", SPRING)] if term == SPRING else [("learning", term)]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("cohorts", "transfer"), ("transfer", "choice"), ("choice", "admissions"), ("admissions", "workforce"),
        ("workforce", "classes"), ("classes", "teaching"), ("teaching", "attendance"),
        ("attendance", "participation"), ("participation", "learning"), ("learning", "assessment"),
        ("assessment", "league_tables"),
    ],
)  # fmt: skip
def test_causes_come_before_what_they_cause(first, later):
    assert ORDER.index(first) < ORDER.index(later)


def test_tests_are_sat_in_summer_and_places_given_whenever_somebody_looks_for_one():
    terms = {process.name: process.terms for process in schedule.SCHEDULE}
    assert (terms["assessment"], terms["admissions"], terms["learning"]) == ((SUMMER,), EVERY_TERM, EVERY_TERM)


def test_every_process_stands_once_and_under_the_name_of_its_function():
    assert len(set(ORDER)) == len(ORDER)
    assert [process.function.__name__ for process in schedule.SCHEDULE] == ORDER


def test_what_flows_is_counted_by_event():
    system = pupil()
    leavers = Process("cohorts", lambda system, draws, **_: {"left": np.array([1, 2]), "came": np.array([])})
    for _ in range(2):
        schedule.carry_out(system, leavers)
    assert system.flows == {"left": 4, "came": 0}


def test_a_process_gets_its_own_luck_its_own_numbers_and_the_term():
    seen = []

    def home(system, draws, *, sheet):
        seen.append((draws.seed, draws.process, draws.term, sheet))
        return {}

    system = pupil(seed=7, elapsed=2, term=1)
    system.values = {"home": {"sheet": 3}, "learning": {"sheet": 4}}
    schedule.carry_out(system, Process("home", home))
    assert seen == [(7, "home", 7, 3)]


def test_a_process_switched_off_says_nothing_any_more():
    log, system = [], pupil(off={"M02"})
    schedule.carry_out(system, noting("participation", log, mechanisms=("M02",)))
    assert (log, system.pupils.presence_effect[0]) == ([], 0.0)


def test_a_switch_of_another_mechanism_is_no_switch():
    log, system = [], pupil(off={"M36"})
    schedule.carry_out(system, noting("participation", log, mechanisms=("M02",)))
    assert (len(log), system.pupils.presence_effect[0]) == (1, pytest.approx(0.3))


def test_what_happens_otherwise_happens_instead():
    log = []
    instead = noting("instead", log).function
    schedule.carry_out(pupil(off={"M37"}), noting("home", log, mechanisms=("M37",), otherwise=instead))
    assert [name for name, _ in log] == ["instead"]


def test_the_description_tells_each_process_in_order_with_its_first_sentence():
    rows = schedule.describe()
    assert [row["process"] for row in rows] == ORDER
    assert [row["order"] for row in rows] == list(range(1, len(ORDER) + 1))
    meanings = [inspect.getdoc(process.function).splitlines()[0] for process in schedule.SCHEDULE]
    assert [row["meaning"] for row in rows] == meanings
    assert {row["terms"] for row in rows} <= {"every term", *TERM_NAMES}


def test_the_dataflow_tells_who_reads_and_writes_what():
    rows = {row["process"]: row for row in schedule.describe(dataflow=True)}
    assert "pupils.attendance" in rows["attendance"]["writes"]
    assert "pupils.attendance" in rows["participation"]["reads"]
    assert "pupils.attendance" not in rows["learning"]["reads"]
