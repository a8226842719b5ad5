"""Dated changes: years count from 1, `until` belongs to the span, and overlaps are not left to chance."""

from hypothesis import given
from hypothesis import strategies as st

from schoolsim.policy.changes import Change, first_clash, value_at

YEARS = st.integers(1, 20)
SPANS = st.tuples(YEARS, st.one_of(st.none(), YEARS)).filter(lambda span: span[1] is None or span[1] >= span[0])


def change(start, until=None, path="setting.subjects", replaces=False):
    return Change(path, 2, start, until, replaces)


def test_a_change_holds_in_its_first_and_last_year():
    assert [change(2, 4).holds_in(year) for year in range(1, 6)] == [False, True, True, True, False]


def test_a_change_without_an_end_is_never_taken_back():
    assert change(2).holds_in(1000)


def test_changes_that_meet_in_one_year_clash():
    assert first_clash([change(1, 3), change(3, 5)]) == (1, 0)
    assert first_clash([change(1, 3), change(4, 5)]) is None


def test_changes_of_different_paths_do_not_clash():
    assert first_clash([change(1), change(1, path="admissions.preference_count")]) is None


def test_only_the_later_one_can_replace():
    assert first_clash([change(1), change(3, replaces=True)]) is None
    assert first_clash([change(1, replaces=True), change(3)]) == (1, 0)


@given(SPANS, SPANS)
def test_overlap_is_mutual_and_means_a_shared_year(one, other):
    first, second = change(*one), change(*other)
    shared = any(first.holds_in(year) and second.holds_in(year) for year in range(1, 21))
    assert first.overlaps(second) == second.overlaps(first) == shared


def test_what_is_set_in_a_year_comes_from_the_changes_then_in_force():
    assert value_at([change(1, 2), change(2, path="b")], 2) == {"setting.subjects": 2, "b": 2}
    assert value_at([change(1, 2)], 3) == {}
