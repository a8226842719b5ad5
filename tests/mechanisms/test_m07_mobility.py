"""M07, a process: moving in mid-year costs the mover learning and the class time, and loosens a school's ties."""

import numpy as np
import pytest

from schoolsim.processes.learning import SIGMA
from tests.little import by_id
from tests.mechanisms.on_and_off import at_end, each, settings, sure, worlds

OFF = settings("M07")
PAID_IN_PARTICIPATION = ("lost_between_schools", "unsettled_loss", "ties_slope")


def ends(end):
    sizes = at_end(end, "mobility", "settling", "participation")
    mine = {path: value for path, value in sizes.items() if not path.startswith("participation")}
    return settings(parameters=mine | {path: sizes[path] for path in _paid(sizes)})


def _paid(sizes):
    return [path for path in sizes if path.partition(".")[2] in PAID_IN_PARTICIPATION]


def beside_themselves(asked):
    """Pupils of worlds with the mechanism, and how much further they are (SD) than the same pupils without it."""
    for on, off in zip(worlds(asked), worlds(OFF), strict=True):
        mine, others = on.system.pupils, off.system.pupils
        assert (by_id(mine, "id") == by_id(others, "id")).all()
        further = by_id(mine, "attainment")[:, :3].mean(axis=1) - by_id(others, "attainment")[:, :3].mean(axis=1)
        yield on.system, further / SIGMA[by_id(mine, "year_group")]


def cost_a_move(asked):
    """SD that each move leaves, at all ages: three processes downstream of moving [seeds]."""
    slopes = [
        np.polyfit(by_id(system.pupils, "move_count"), further, 1)[0] for system, further in beside_themselves(asked)
    ]
    return np.array(slopes)


@pytest.mark.parametrize("asked", [settings(), ends(0), ends(1)], ids=["modes", "all low", "all high"])
def test_movers_end_lower_than_they_would_have(asked):
    cost = cost_a_move(asked)
    assert (cost < 0).all()
    assert sure(cost) < -2


def test_a_move_costs_what_studies_find_given_prior_attainment():
    assert -0.15 < cost_a_move(settings()).mean() < -0.03


def test_those_who_stay_pay_too_where_many_come():
    """The same moves, at both ends of what newcomers cost their class: two processes downstream."""
    free, dear = (settings(parameters={"settling.newcomer_cost": cost}) for cost in (0.0, 0.2))
    slopes = []
    for one, other in zip(worlds(free), worlds(dear), strict=True):
        pupils = one.system.pupils
        cell = pupils.school * 12 + pupils.year_group
        share = np.bincount(cell, pupils.move_count) / np.maximum(np.bincount(cell), 1)
        stayed = pupils.move_count == 0
        lost = (other.system.pupils.attainment - pupils.attainment)[stayed, :3].mean(axis=1)
        slopes.append(np.polyfit(share[cell[stayed]], lost, 1)[0])
    assert sure(np.array(slopes)) < -2


def test_schools_with_much_movement_have_looser_ties_and_pupils_take_less_part_there():
    def slope(session):
        """Participation of those who never moved, for each unit of the school's ties, beside that without M07."""
        schools, pupils = session.system.schools, session.system.pupils
        rows = np.flatnonzero(pupils.move_count == 0)
        fixed = pupils.participation[rows] - 0.010 * pupils.ses[rows] - 0.035 * pupils.participation_trait[rows]
        return np.polyfit(schools.community_ties[pupils.school[rows]], fixed, 1)[0]

    def spread(session):
        return session.system.schools.community_ties.std()

    assert sure(each(slope)) > 2
    assert sure(each(spread)) > 2
    assert each(spread, OFF).max() == 0


def test_the_poor_move_more_and_fall_further_behind_by_it():
    def poor_beside_others(asked):
        found = list(beside_themselves(asked))
        return np.array([np.polyfit(by_id(system.pupils, "fsm6"), further, 1)[0] for system, further in found])

    assert sure(poor_beside_others(settings())) < -2


def test_without_it_nobody_moves_and_nothing_is_lost_or_gained_by_it():
    for session in worlds(OFF):
        pupils, system = session.system.pupils, session.system
        assert not pupils.mobile.any() and (pupils.joined == 0).all()
        assert (system.schools.community_ties == 1).all() and (system.classes.newcomer_effect == 0).all()
