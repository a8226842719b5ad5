"""Every column has one owner who exists, and somebody who reads it."""

import pytest

from schoolsim.columns import declared
from schoolsim.dataflow import columns_read, columns_read_by_metrics
from schoolsim.schedule import BY_NAME

ALL = [(f"{table}.{name}", column.owner) for table, columns in declared().items() for name, column in columns.items()]
REMEMBERED = {
    "classes.id": "by it year 11 finds the teacher it had in year 10",
    "classes.number": "by it year 11 finds the set it sat in in year 10",
    "schools.room_for_disruption": "by it a school's calm grows or goes over years",
    "pupils.school_known": "by it a pupil who has moved loses part of what tied it to a school",
    "teachers.age": "by it a teacher retires",
    "heads.age": "by it a head retires",
    "schools.staff_belief": "by it a school falls into helplessness and comes out of it",
    "schools.agreed_before": "by it what is newly agreed on is known",
    "schools.start_roll": "by it a school pays for its premises every year",
    "schools.inspected": "by it the next visit is due",
    "schools.standards_known": "by it inspectors judge a school until its next results",
    "schools.progress_known": "by it inspectors judge a school until its next results",
    "schools.measures_since": "by it a head is removed once at most while a school is in special measures",
    "schools.blame": "by it trust that was lost comes back over years",
    "schools.funded_roll": "by it a school gets its money a year later",
}
"""Columns whose owner alone reads them, from one year to the next, and why that bears on others."""


@pytest.mark.parametrize(("column", "owner"), ALL)
def test_the_owner_of_a_column_exists(column, owner):
    assert owner in {"start", *BY_NAME}


@pytest.mark.parametrize(("column", "owner"), ALL)
def test_somebody_reads_every_column(column, owner):
    readers = {process for process, columns in columns_read().items() if column in columns} - {owner}
    assert readers or column in columns_read_by_metrics() or column in REMEMBERED


def test_no_excuse_outlives_its_need():
    for column in REMEMBERED:
        others = {process for process, columns in columns_read().items() if column in columns}
        assert others <= {dict(ALL)[column]}
        assert column not in columns_read_by_metrics()


def test_every_process_of_the_schedule_is_seen_at_work():
    assert set(columns_read()) == set(BY_NAME)


def test_what_is_read_is_not_what_is_written_alone():
    seen = columns_read()
    assert "pupils.fsm6" in seen["attendance"]
    assert "pupils.fsm6" not in seen["participation"]
    assert "classes.teaching_effect" in seen["learning"]


def test_an_owner_touches_every_column_it_writes_while_it_runs():
    for name in ("attendance", "participation", "home", "school_climate", "teaching"):
        own = {column for column, owner in ALL if owner == name}
        assert own <= columns_read()[name]
