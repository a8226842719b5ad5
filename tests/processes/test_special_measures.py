"""What happens to a school once it has been found inadequate, and how it comes out."""

import numpy as np
import pytest

from tests.little import Little

COUNT = 500


def failed(levers=None, **columns):
    """Schools found inadequate this term."""
    of_each = {"id": np.arange(COUNT), "inspection_grade": np.full(COUNT, 4), "staff_trust": np.full(COUNT, 0.6)}
    return Little(term=1, elapsed=2, levers=levers, schools=of_each | columns).lives("special_measures")


def later(system, terms):
    for _ in range(terms):
        index = system.elapsed * 3 + system.term + 1
        system.state.elapsed = system.elapsed = index // 3
        system.state.term = system.term = index % 3
        system.lives("special_measures")
    return system


def test_who_is_found_inadequate_is_in_it_from_that_day_and_others_are_not():
    system = failed(inspection_grade=np.where(np.arange(COUNT) < 5, 4, 2))
    assert system.schools.in_measures.sum() == system.flows["entered special measures"] == 5
    assert system.schools.measures_since[0] == pytest.approx(2 + 1 / 3)
    assert np.isnan(system.schools.measures_since[5:]).all()


def test_trust_falls_and_pressure_rises_at_once():
    schools = failed().schools
    assert (schools.trust_lost > 0.1).all() and (schools.measures_pressure > 0.5).all()
    assert (schools.prescribed == 0).all()


def test_a_prescription_takes_hold_and_is_undone_slowly():
    system = later(failed(), 3)
    inside = system.schools.prescribed.copy()
    assert (inside > 0.25).all()
    system.put("schools", inspection_grade=np.full(COUNT, 3))
    later(system, 3)
    assert not system.schools.in_measures.any()
    assert (system.schools.prescribed < inside).all() and (system.schools.prescribed > 0.5 * inside).all()


def test_who_is_found_better_leaves_and_begins_anew():
    system = later(failed(), 4)
    assert (system.schools.capacity > 0).mean() > 0.9
    system.put("schools", inspection_grade=np.full(COUNT, 2))
    later(system, 1)
    assert system.flows["left special measures"] == COUNT
    assert (system.schools.capacity == 0).all() and np.isnan(system.schools.measures_since).all()


def test_support_trust_and_a_new_head_bring_a_school_on():
    def capacity(**given):
        return later(failed(**given), 4).schools.capacity.mean()

    none = {"inspection.support_hours": 0, "inspection.head_removal": 0}
    bare = capacity(levers=none)
    assert capacity(levers=none | {"inspection.support_hours": 40}) > bare + 0.3
    assert capacity(levers=none | {"inspection.head_removal": 1}) > bare + 0.05
    assert capacity(levers=none, staff_trust=np.full(COUNT, 0.9)) > bare + 0.02


def test_monitors_ask_for_a_visit_only_once_they_have_seen_enough():
    system = later(failed(), 1)
    assert system.schools.ready_to_leave.mean() < 0.10
    later(system, 8)
    assert system.schools.ready_to_leave.mean() > 0.6


def test_a_head_is_removed_once_at_most_in_a_stay_and_takes_part_of_the_blame_along():
    levers = {"inspection.head_removal": 1}
    system = later(failed(levers=levers), 1)
    when = system.schools.head_removed.copy()
    assert np.isfinite(when).all()
    assert (system.schools.blame < later(failed(levers={"inspection.head_removal": 0}), 1).schools.blame).all()
    assert (later(system, 2).schools.head_removed == when).all()
