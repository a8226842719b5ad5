"""Means by group, however groups overlap: what is counted kind by kind is what plain means of members are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.metrics.group_means import Membership
from schoolsim.people.groups import RECORDED, mask, reference_mask
from tests.metrics.tiny_system import tiny_pupils

FLAGS = ("fsm6", "fsm", "female", "eal", "in_care", "mobile")
CHILD = st.tuples(*[st.booleans()] * len(FLAGS), st.integers(0, 11), st.integers(0, 2))
VALUE = st.sampled_from([-3.0, 0.0, 0.5, 8.0, np.nan])


def town(children):
    """Pupils with those flags, of those ethnicities and needs."""
    *flags, ethnicity, sen = np.array(children).T
    columns = {name: flag.astype(bool) for name, flag in zip(FLAGS, flags, strict=True)}
    return tiny_pupils(len(children), **columns, ethnicity=ethnicity.astype(np.int8), sen=sen.astype(np.int8))


def plain(values, member):
    known = values[member & np.isfinite(values)]
    return known.mean() if len(known) >= 2 else np.nan


@given(st.lists(st.tuples(CHILD, VALUE), min_size=1, max_size=25))
def test_means_are_those_of_the_members_and_of_those_they_are_compared_with(rows):
    pupils, values = town([child for child, _ in rows]), np.array([value for _, value in rows])
    found = Membership(pupils, RECORDED).means(np.arange(len(rows)), {("months", "true"): values})
    for place, name in enumerate(RECORDED, start=1):
        for mean, member in ((found.members, mask(pupils, name)), (found.others, reference_mask(pupils, name))):
            assert mean["months", "true"][place] == pytest.approx(plain(values, member), abs=1e-5, nan_ok=True)


@given(st.lists(st.tuples(CHILD, VALUE, st.booleans()), min_size=1, max_size=25))
def test_means_of_a_part_are_those_of_its_rows_alone(rows):
    membership = Membership(town([row[0] for row in rows]), RECORDED)
    values, part = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    apart = membership.means_apart(["rest", "part"], part, {("months", ""): values})["part"]
    alone = membership.means(np.flatnonzero(part), {("months", ""): values[part]})
    for one, other in ((apart.members, alone.members), (apart.others, alone.others)):
        assert one["months", ""].tolist() == pytest.approx(other["months", ""].tolist(), rel=0, abs=0, nan_ok=True)
