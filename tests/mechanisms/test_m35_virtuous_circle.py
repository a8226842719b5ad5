"""M35, a pattern: results raise confidence, intake and staffing, which raise results; and so it goes downwards."""

from functools import cache

import numpy as np

from schoolsim.mechanisms import mechanisms
from schoolsim.schedule import SCHEDULE
from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.heads import by_school
from tests.mechanisms.on_and_off import sure

SEEDS, YEARS = (1, 2, 3, 4, 5, 6), 6
GIFT = 0.12
"""What every second school adds to its pupils more, or less, in the first year, SD a year; it fades slowly."""


def lucky(schools):
    """Every second school of each phase [J]."""
    chosen = np.zeros(len(schools), bool)
    for phase in (0, 1):
        chosen[np.flatnonzero(schools.phase == phase)[::2]] = True
    return chosen


def given(session, gift):
    """Something that makes every second school better, or worse, at what it does; nothing else is touched."""
    schools = session.system.schools
    with schools.opened_for("school_climate"):
        schools.school_effect[lucky(schools)] += gift
    return session


@cache
def worlds(off=()):
    """Pairs of systems some years after a good and after a bad turn."""
    switches, pairs = dict.fromkeys(off, False), []
    for seed in SEEDS:
        content = plan(place="toytown:40x120", years=YEARS, settling_years=0, mechanisms=switches)
        start = Session(content, seed=seed)
        pairs.append([given(start.fork(), gift).run().system for gift in (GIFT, -GIFT)])
    return pairs


def apart(measure, off=()):
    """How much more such schools have after a good turn than after a bad one, against the others [seeds]."""

    def inside(system):
        values, chosen = measure(system), lucky(system.schools)
        return np.nanmean(values[chosen]) - np.nanmean(values[~chosen])

    return np.array([inside(good) - inside(bad) for good, bad in worlds(off)])


def results(system):
    """What pupils of each school know, months."""
    return by_school(system, system.pupils.attainment[:, :3].mean(axis=1))


def families(system):
    return by_school(system, system.pupils.ses)


def posts(system):
    """How each school looks to those who might teach there, SD of the luck of posts [J]."""
    return system.schools.appeal


def test_it_has_no_process_of_its_own_and_names_others():
    assert mechanisms()["M35"].kind == "pattern"
    assert not [process for process in SCHEDULE if "M35" in process.mechanisms]
    assert plan(mechanisms={"M35": False}).off == {"M35", *mechanisms()["M35"].switches}


def test_a_good_turn_lives_on_in_which_families_come_and_how_its_posts_look():
    assert sure(apart(families)) > 2
    assert sure(apart(posts)) > 2


def test_with_its_mechanisms_off_nobody_else_comes():
    off = mechanisms()["M35"].switches
    assert abs(apart(families, off).mean()) < 0.2 * apart(families).mean()
    assert abs(apart(posts, off).mean()) < 0.2 * apart(posts).mean()


def test_and_what_pupils_know_rises_or_falls_less():
    off = mechanisms()["M35"].switches
    assert sure(apart(results) - apart(results, off)) > 2
