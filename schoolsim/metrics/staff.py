"""Who teaches whom: what the lessons of a group of pupils have for teachers."""

from __future__ import annotations

from functools import partial

from schoolsim.metrics.registry import metric
from schoolsim.metrics.system_measures import groups_by_phase
from schoolsim.metrics.view import EARLY_YEARS

_each_phase = partial(groups_by_phase, lambda view: view.lessons)


metric(
    name="teacher_quality",
    title="Teachers' lasting quality",
    unit="SD of teachers",
    better="higher",
    meaning="mean lasting quality of those who teach the group's lessons, in SD of the nation's teachers",
)(_each_phase(lambda means: means.members["quality", ""]))

metric(
    name="gap_teacher_quality",
    kind="gap",
    of="teacher_quality",
    title="Gap in teachers' quality",
    unit="SD of teachers",
    better="lower",
    meaning="how much lower the lasting quality of the group's teachers is than that of those it is compared with",
)(_each_phase(lambda means: means.gap("quality", ""), everybody=False))

metric(
    name="early_teachers",
    title="Teachers in their first years",
    unit="share",
    meaning=f"share of the group's lessons given by teachers in their first {EARLY_YEARS} years of teaching",
)(_each_phase(lambda means: means.members["early", ""]))

metric(
    name="gap_early_teachers",
    kind="gap",
    of="early_teachers",
    title="Gap in teachers in their first years",
    unit="share",
    meaning="how much smaller that share is in the group than among those it is compared with; negative when larger",
)(_each_phase(lambda means: means.gap("early", ""), everybody=False))

metric(
    name="new_teachers",
    title="Teachers new to the school",
    unit="share",
    better="lower",
    meaning="share of the group's lessons given by teachers who came to the school this year",
)(_each_phase(lambda means: means.members["new", ""]))

metric(
    name="covered_lessons",
    title="Lessons without a teacher of their own",
    unit="share",
    better="lower",
    meaning="share of the group's lessons that are covered because the post is vacant",
)(_each_phase(lambda means: means.members["covered", ""]))

metric(
    name="specialist_lessons",
    title="Lessons with a teacher of the subject",
    unit="share",
    better="higher",
    meaning="share of the group's lessons with a teacher of their own that are given by one trained for them",
)(_each_phase(lambda means: means.members["specialist", ""]))

metric(
    name="gap_specialist_lessons",
    kind="gap",
    of="specialist_lessons",
    title="Gap in lessons with a teacher of the subject",
    unit="share",
    better="lower",
    meaning="how much smaller that share is in the group than among those it is compared with",
)(_each_phase(lambda means: means.gap("specialist", ""), everybody=False))

metric(
    name="teacher_morale",
    title="Teachers' morale",
    unit="SD",
    better="higher",
    meaning="mean morale of those who teach the group's lessons, against the nation's usual",
)(_each_phase(lambda means: means.members["morale", ""]))

metric(
    name="gap_teacher_morale",
    kind="gap",
    of="teacher_morale",
    title="Gap in teachers' morale",
    unit="SD",
    better="lower",
    meaning="how much lower the morale of the group's teachers is than that of those it is compared with",
)(_each_phase(lambda means: means.gap("morale", ""), everybody=False))

metric(
    name="teacher_absence",
    title="Days that teachers miss",
    unit="share",
    better="lower",
    meaning="mean share of days missed by those who teach the group's lessons",
)(_each_phase(lambda means: means.members["absence", ""]))
