"""What leadership has made of schools: trust, staff who lead, pupils who are heard, change, helplessness."""

from __future__ import annotations

from schoolsim.metrics.registry import metric
from schoolsim.metrics.system_measures import mean_of_schools
from schoolsim.people.trust import staff_trust

metric(
    name="staff_trust",
    title="Trust among staff",
    unit="share",
    better="higher",
    meaning="mean over schools of trust among staff, 1 where everybody may be seen at work by everybody",
)(mean_of_schools(lambda schools: staff_trust(schools)))

metric(
    name="staff_capacity",
    title="Staff who lead",
    unit="share",
    better="higher",
    meaning="mean over schools of how far staff lead the school's work themselves",
)(mean_of_schools(lambda schools: schools.staff_capacity))

metric(
    name="pupils_heard",
    title="Pupils who are heard",
    unit="share",
    better="higher",
    meaning="mean over schools of how much more of what pupils say is acted on than was usual in 2019",
)(mean_of_schools(lambda schools: schools.pupil_voice))

metric(
    name="unsettled_change",
    title="Change that has not settled",
    unit="share",
    better="lower",
    meaning="mean over schools of how much of the work is new to those who do it",
)(mean_of_schools(lambda schools: schools.upheaval))

metric(
    name="helpless_schools",
    title="Helpless schools",
    unit="share",
    better="lower",
    meaning="share of schools whose staff have stopped believing that anything can change",
)(mean_of_schools(lambda schools: schools.moving < 1.0))
