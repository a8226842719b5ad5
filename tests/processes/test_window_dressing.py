"""What schools put up for a visit, and what it takes of them."""

import numpy as np

from tests.little import Little


def schools(levers=None, **columns):
    due = {"id": np.arange(3), "visit_due": np.array([1.0, 1.8, 5.0])}
    return Little(elapsed=1, levers=levers, schools=due | columns).lives("window_dressing").schools


def test_the_nearer_the_visit_the_more_is_put_up_and_the_more_hours_go():
    seen = schools()
    assert seen.dressing[0] > seen.dressing[1] > seen.dressing[2] == 0
    assert (np.diff(seen.dressing_hours) < 0).all() and (np.diff(seen.dressed_effect) < 0).all()


def test_notice_lets_more_be_put_up():
    assert schools({"inspection.notice": 8}).dressing[0] > 1.5 * schools({"inspection.notice": 0}).dressing[0]


def test_in_special_measures_somebody_always_comes():
    assert len(set(schools(in_measures=np.ones(3, bool)).dressing)) == 1


def test_getting_ready_for_a_visit_takes_hours_from_all_else():
    system = Little(elapsed=1, schools={"id": [0, 0], "dressing_hours": [0.0, 20.0], "initiatives": [5.0, 5.0]})
    shares = system.lives("priorities").schools.effective_share
    assert shares[1] < shares[0]
