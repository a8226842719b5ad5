"""Presence, participation and behaviour: who is there, who takes part, and who disrupts."""

from __future__ import annotations

from functools import partial

import numpy as np

from schoolsim.metrics.group_means import GroupMeans
from schoolsim.metrics.registry import metric
from schoolsim.metrics.system_measures import groups_by_phase
from schoolsim.people.groups import PERSISTENT_ABSENCE_BELOW

_each_phase = partial(groups_by_phase, lambda view: view.presence)


metric(
    name="attendance",
    title="Attendance",
    unit="share",
    better="higher",
    meaning="share of sessions attended over the school year",
)(_each_phase(lambda means: means.members["attendance", ""]))

metric(
    name="gap_attendance",
    kind="gap",
    of="attendance",
    title="Attendance gap",
    unit="share",
    better="lower",
    meaning="how much lower the group's attendance is than that of those it is compared with",
)(_each_phase(lambda means: means.gap("attendance", ""), everybody=False))

metric(
    name="persistent_absence",
    title="Persistent absence",
    unit="share",
    better="lower",
    meaning=f"share of pupils who attended less than {PERSISTENT_ABSENCE_BELOW:.0%} of sessions over the year",
)(_each_phase(lambda means: means.members["persistent_absence", ""]))

metric(
    name="persistent_absence_ratio",
    kind="gap",
    title="Relative risk of persistent absence",
    unit="ratio",
    better="lower",
    meaning="persistent absence in the group over that of those it is compared with",
)(_each_phase(lambda means: _risk_ratio(means), everybody=False))

metric(
    name="participation",
    title="Participation",
    unit="share",
    better="higher",
    meaning="share of attended lesson time in which pupils take part, summer term",
)(_each_phase(lambda means: means.members["participation", ""]))

metric(
    name="gap_participation",
    kind="gap",
    of="participation",
    title="Participation gap",
    unit="share",
    better="lower",
    meaning="how much lower the group's participation is than that of those it is compared with",
)(_each_phase(lambda means: means.gap("participation", ""), everybody=False))

metric(
    name="disruption",
    title="Disruption",
    unit="share",
    better="lower",
    meaning="share of pupils who disrupt lessons, summer term",
)(_each_phase(lambda means: means.members["disruption", ""]))

metric(
    name="self_direction",
    title="Self-direction",
    unit="SD",
    better="higher",
    meaning="how far pupils direct their own learning, against the usual of the start",
)(_each_phase(lambda means: means.members["self_direction", ""]))


metric(
    name="unmet_needs",
    title="Pupils with an unmet need",
    unit="share",
    better="lower",
    meaning="share of pupils with a need of health, housing or income that no service meets",
)(_each_phase(lambda means: means.members["unmet_needs", ""]))


metric(
    name="expectation",
    title="What pupils expect of themselves",
    unit="SD",
    meaning="what pupils expect of their results over the norm of the age, in SD of the nation, school year's autumn",
)(_each_phase(lambda means: means.members["expectation", ""]))


metric(
    name="home_distance",
    title="Distance between home and school",
    unit="of the nation's mean",
    better="lower",
    meaning="how far apart home and school are in what they expect; 1 is the mean of the nation under the status quo",
)(_each_phase(lambda means: means.members["home_distance", ""]))


metric(
    name="belonging",
    title="Belonging",
    unit="share",
    better="higher",
    meaning="how much more pupils belong to their school than is usual at their age, where 1 is to belong wholly",
)(_each_phase(lambda means: means.members["belonging", ""]))


def _risk_ratio(means: GroupMeans) -> np.ndarray:
    risk, base = means.members["persistent_absence", ""], means.others["persistent_absence", ""]
    return np.divide(risk, base, out=np.full(len(risk), np.nan), where=base > 0)
