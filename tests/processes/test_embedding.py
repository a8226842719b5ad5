"""What comes of a head's work, what is built in, and what goes with the head."""

import numpy as np
import pytest

from schoolsim.people.leadership import led
from schoolsim.people.trust import staff_trust
from schoolsim.rules.leading import ALIGNMENT, ASSOCIATION
from tests.little import Little

ONE_YEAR = 1.0 - np.exp(-1.0 / 3.0)
PLAIN = {"build_up_years": 3.0, "embedded_share": 0.0, "fading": 0.0, "by_posts": 0.0}


def school(buys=1.0, carried=0.0, built=0.0, joined=-5, fit=0.0, moving=1.0, capacity=0.5, posts=0.0, **values):
    nine = np.ones((1, 9))
    system = Little(
        schools={"id": [0], "built": built * nine, "moving": [moving], "staff_capacity": [capacity],
                 "inclusion_posts": [posts], "staff_trust": [0.5]},
        heads={"id": [1], "joined": [joined], "buys": buys * nine, "carried": carried * nine, "fit": [fit]},
    )  # fmt: skip
    return system.lives("embedding", **(PLAIN | values))


def test_work_bears_fruit_over_years():
    assert led(school(), 0) == pytest.approx([ONE_YEAR])
    assert led(school(carried=0.5), 0) == pytest.approx([0.5 + 0.5 * ONE_YEAR])


def test_where_staff_are_helpless_hardly():
    assert led(school(moving=0.1), 0) == pytest.approx([0.1 * ONE_YEAR])


def test_partnership_grows_faster_where_head_and_community_fit():
    good = school(fit=1.0, fit_speed=0.3)
    assert led(good, ALIGNMENT) == pytest.approx([1.3 * ONE_YEAR])
    assert led(good, 0) == pytest.approx([ONE_YEAR])


def test_part_of_it_passes_into_the_school_more_where_staff_lead_and_posts_stand_for_it():
    def passed(**more):
        system = school(carried=1.0, embedded_share=0.2, by_capacity=0.5, **more)
        return float(system.schools.built[0, 0])

    assert passed() == pytest.approx(0.2)
    assert passed(capacity=1.0) == pytest.approx(0.3)
    assert passed(posts=1.0, by_posts=0.5) == pytest.approx(0.3)


def test_what_hung_on_a_head_goes_with_the_head_and_what_is_built_stays():
    after = school(buys=0.0, carried=0.5, built=0.5, joined=1, lost_with_head=0.8, build_up_years=1e9)
    assert after.heads.carried[0, 0] == pytest.approx(0.1)
    assert after.schools.built[0, 0] == pytest.approx(0.5)


def test_association_wins_trust():
    system = school(carried=1.0, trust_by_association=0.2)
    assert system.schools.trust_won == pytest.approx(0.2 * led(system, ASSOCIATION))
    assert staff_trust(system.schools) == pytest.approx([0.7])
