"""Who goes where: the same counts in both flavours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.kernels import hearsay_numba, hearsay_plain

CHILD = st.tuples(
    st.integers(-1, 3),
    st.integers(-1, 3), st.integers(5, 9), st.integers(0, 2), st.booleans(), st.booleans(), st.floats(-2, 2)
)
WISHES = 0.25
HERE = np.array([1, -1, 0, 2])
ROW = np.array([1, -1, 0])
THERE = np.array([[0, 1], [2, 0]])


def counted(flavour, children):
    """Counts of children of year group 7 and above, in three schools of which areas have two in view each."""
    school, wished, year, home, fsm, fsm6, ses = (np.array(column) for column in zip(*children, strict=True))
    schools = school.astype(np.int32), wished.astype(np.int32), WISHES
    people = year.astype(np.int8), home.astype(np.int32), fsm, fsm6, ses.astype(np.float32)
    return flavour.count_known(*schools, *people, (-0.43, 0.43), 7, HERE, ROW, THERE, 3)


@given(st.lists(CHILD, min_size=1, max_size=20))
def test_both_flavours_count_the_same(children):
    for compiled, plain in zip(counted(hearsay_numba, children), counted(hearsay_plain, children), strict=True):
        np.testing.assert_allclose(compiled, plain, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("flavour", [hearsay_numba, hearsay_plain])
def test_a_child_counts_for_its_street_its_kind_and_its_school(flavour):
    poor = (2, -1, 7, 2, True, True, -1.0)
    elsewhere, too_young, not_in_view = (
        (2, 2, 7, 1, True, True, -1.0),
        (2, 2, 6, 2, True, True, -1.0),
        (3, 3, 8, 2, False, False, 1.0),
    )
    number, total, *_ = counted(flavour, [poor, elsewhere, too_young, not_in_view])
    assert number[0, 0].tolist() == [1, 0]
    assert number.sum() == 1
    assert total[0].ravel().tolist() == [1, 0, 0, 0, 1]


@pytest.mark.parametrize("flavour", [hearsay_numba, hearsay_plain])
def test_who_was_refused_a_school_counts_for_it_in_part_and_for_the_own_by_the_rest(flavour):
    refused = (0, 2, 7, 0, True, True, -1.0)
    number, total, *_ = counted(flavour, [(2, 2, 7, 2, True, True, -1.0), (2, 0, 7, 2, True, True, -1.0), refused])
    assert number[0, 0].tolist() == [2 - WISHES, WISHES]
    assert total[0, 0, 0] == 2


@given(st.lists(st.tuples(*[st.integers(-1, 3)] * 2), min_size=1, max_size=5), st.booleans())
def test_both_flavours_find_the_schools_named_where_they_stand(named, closed):
    count = len(named)
    distance = np.tile([1.0, np.inf if closed else 2.0], (count, 1))
    position, schools = np.tile([1, 0], (count, 1)), np.array([2, 3])
    compiled, plain = (
        flavour.columns_of(np.array(named), distance, position, schools) for flavour in (hearsay_numba, hearsay_plain)
    )
    assert compiled.tolist() == plain.tolist()
    assert compiled.tolist() == [[{3: 0, 2: -1 if closed else 1}.get(one, -1) for one in row] for row in named]
