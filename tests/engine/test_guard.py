"""The guard: a process writes the columns it owns, while it runs, and no others."""

import numpy as np
import pytest

from schoolsim import schedule
from schoolsim.columns import declared, empty_tables, written_by
from schoolsim.process import Process
from tests.little import Little


def little():
    return Little(pupils={"id": [1, 2], "year_group": [7, 7]}, schools={"id": [0]})


def carry_out(system, name, deed):
    """Let `deed(system)` happen in the name of a process."""
    schedule.carry_out(system, Process(name, lambda system, draws, **_: deed(system) or {}))


def trespass(system):
    system.pupils.participation[:] = 0.5
    system.pupils.attendance[:] = 0.5  # the line that fails


def test_a_process_writes_what_it_owns():
    system = little()
    carry_out(system, "attendance", lambda system: system.pupils.attendance.fill(0.5))
    assert system.pupils.attendance.tolist() == [0.5, 0.5]


def test_trespass_fails_at_the_very_line_that_commits_it():
    system = little()
    with pytest.raises(ValueError, match="read-only") as caught:
        carry_out(system, "participation", trespass)
    assert str(caught.traceback[-1].statement).strip() == "system.pupils.attendance[:] = 0.5  # the line that fails"
    assert system.pupils.participation.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("table", ["pupils", "schools", "classes", "teachers"])
def test_outside_a_process_nothing_can_be_written(table):
    rows = empty_tables()[table]
    rows.append({"id": np.array([1])})
    for name in rows.columns:
        with pytest.raises(ValueError, match="read-only"):
            rows.get(name)[:] = 0


def test_columns_close_again_when_the_process_is_over():
    system = little()
    carry_out(system, "attendance", lambda system: None)
    with pytest.raises(ValueError, match="read-only"):
        system.pupils.attendance[:] = 0


def test_columns_close_again_after_an_exception():
    system = little()
    with pytest.raises(ZeroDivisionError):
        carry_out(system, "attendance", lambda system: 1 / 0)
    with pytest.raises(ValueError, match="read-only"):
        system.pupils.attendance[:] = 0


def test_selecting_rows_is_no_way_round_the_guard():
    system = little()
    with pytest.raises(ValueError, match="read-only"):
        carry_out(system, "participation", lambda system: system.pupils.groupby("id")[1].set("attendance", 0))


def test_neutral_values_go_into_the_columns_of_the_process_only():
    pupils = Little(pupils={"id": [1], "attendance": [0.5], "presence_effect": [0.3]}).pupils
    pupils.fill_neutral("participation")
    assert (pupils.presence_effect[0], pupils.attendance[0]) == (0.0, 0.5)


def test_written_by_lists_the_columns_of_an_owner():
    assert written_by("attendance") == ["pupils.attendance", "pupils.attendance_year"]


def test_every_column_says_its_unit_and_meaning():
    columns = [column for table in declared().values() for column in table.values()]
    assert [column.name for column in columns if not (column.unit and len(column.meaning) > 2)] == []
