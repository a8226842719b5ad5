"""M01, a structure: without it no group begins or grows apart from the others, and the gaps are gone."""

import pytest

from schoolsim.mechanisms import mechanisms
from schoolsim.parameters import load_sheets
from schoolsim.people.population import ETHNICITIES
from schoolsim.switches import without
from tests.mechanisms.on_and_off import each, outcome, settings, worlds

OFF = settings("M01")
EDGE = 0.12
"""What the mean of four small towns may be off zero by chance, in SD."""
IN_SCHOOL = {5: 0.0, 11: 0.04, 16: 0.08}
"""What schools add to the gap of poor pupils by themselves: by what teachers expect, by disruption and by moves."""


def gap(group, stage):
    return lambda session: outcome(session, "gap_sd", group=group, stage=stage, basis="true")


def test_it_is_a_structure():
    assert mechanisms()["M01"].kind == "structure"


@pytest.mark.parametrize("stage", [5, 11, 16])
def test_disadvantaged_pupils_are_behind_with_it_and_not_without(stage):
    assert each(gap("fsm6", stage)).mean() > 0.25
    assert abs(each(gap("fsm6", stage), OFF).mean()) < EDGE + IN_SCHOOL[stage]


@pytest.mark.parametrize(("group", "stage"), [("sen", 5), ("sen", 16), ("boys", 16), ("eal", 5)])
def test_the_gaps_of_other_groups_go_too(group, stage):
    with_it, without = each(gap(group, stage)), each(gap(group, stage), OFF)
    assert (with_it - without).mean() > 0.15  # same children, same luck: chance is in both
    assert abs(without.mean()) < EDGE


def test_poorer_pupils_miss_more_school_with_it_and_hardly_more_without():
    missing = lambda session: outcome(session, "gap_attendance", group="fsm6", phase="secondary")  # noqa: E731
    assert each(missing).mean() > 0.02
    assert abs(each(missing, OFF).mean()) < 0.01


def test_groups_overlap_in_one_pupil_and_intersections_are_reported():
    pupils = worlds()[0].system.pupils
    assert (pupils.fsm6 & pupils.eal & (pupils.sen > 0)).any()
    assert outcome(worlds()[0], "gap_sd", group="fsm6&sen", stage=16, basis="true") > 0


@pytest.mark.parametrize(
    ("process", "number"),
    [("cohorts", "ethnicity_entry"), ("aspiration", "family_expects"), ("expectations", "believed_of_boys")],
)
def test_what_ethnic_groups_bring_is_nought_for_every_group_without_it(process, number):
    shipped = load_sheets().resolve({})
    assert any(shipped.by_process[process][number].values())
    off = without(shipped, ["M01"])[process][number]
    assert off.keys() == shipped.by_process[process][number].keys() and not any(off.values())


def test_of_children_alike_in_all_else_ethnic_groups_grow_apart_with_it_and_not_without():
    effects = [world.system.pupils.home_effect for world in (*worlds(), *worlds(OFF))]
    assert not any(effect.any() for effect in effects[len(worlds()) :])
    pupils = worlds()[0].system.pupils
    alike = (pupils.sen == 0) & ~pupils.eal & ~pupils.in_care & (pupils.year_group > 6)
    names = ("indian", "black_caribbean")
    indian, caribbean = (alike & (pupils.ethnicity == ETHNICITIES.index(name)) for name in names)
    assert effects[0][indian].mean() > effects[0][caribbean].mean()
