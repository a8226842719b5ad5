"""M06, a pattern: gaps widen from 5 to 16, and stop doing so with the processes that make them."""

from schoolsim.mechanisms import mechanisms
from schoolsim.schedule import SCHEDULE
from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.on_and_off import each, outcome, settings, sure


def gap(stage, group="fsm6"):
    return lambda session: outcome(session, "gap_sd", group=group, stage=stage, basis="true")


def widening(session):
    """How much larger the gap is at 16 than at 5, in SD of the age."""
    return gap(16)(session) - gap(5)(session)


def test_it_has_no_process_of_its_own_and_names_two_mechanisms():
    assert mechanisms()["M06"].kind == "pattern"
    assert not [process for process in SCHEDULE if "M06" in process.mechanisms]
    assert plan(mechanisms={"M06": False}).off == {"M06", *mechanisms()["M06"].switches}


def test_gaps_widen_as_children_grow_up():
    assert (each(gap(16)) > each(gap(5))).all()
    assert each(widening).mean() > 0.1
    assert sure(each(widening)) > 3


def test_with_its_processes_off_they_do_not():
    off = each(widening, settings("M06"))
    assert abs(off.mean()) < 0.12
    assert sure(each(widening) - off) > 2


def test_each_of_its_processes_carries_part_of_it():
    for mechanism in mechanisms()["M06"].switches:
        assert sure(each(widening) - each(widening, settings(mechanism))) > 2, mechanism


def test_to_switch_it_off_is_to_switch_off_what_it_names():
    switches = {"M06": False}, {"M01": False, "M02": False}
    one, other = (Session(plan(years=1, mechanisms=off)).run().observe().metrics for off in switches)
    assert one.equals(other)
