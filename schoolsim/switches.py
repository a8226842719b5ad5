"""What is set to nothing when a mechanism is switched off: the variance of a structure, what the start counts on.

Of M07 it is the national chance of moving, on which participation and classes are centred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schoolsim.parameters import Values
from schoolsim.parameters.sheets import Value

WITHOUT: Mapping[str, tuple[str, ...]] = {
    "M01": (
        "cohorts.ses_entry", "cohorts.disadvantage_entry", "cohorts.girls_entry", "cohorts.support_entry",
        "cohorts.plan_entry", "cohorts.care_entry", "cohorts.eal_entry", "cohorts.ethnicity_entry",
        "learning.girls_flow", "aspiration.family_expects", "expectations.believed_of_boys",
        "attendance.poverty_log_ratio", "participation.ses_slope", "barriers.poverty_extra",
        "barriers.special_needs_extra", "barriers.care_extra", "barriers.carer_extra", "alignment.position_slope",
        "alignment.language_extra", "aspiration.hope_slope",
    ),
    "M07": ("mobility.moving_chance",),
    "M11": (
        "teaching.teacher_sd", "school_climate.department_sd", "school_climate.school_sd",
        "school_climate.cohort_sd", "experience.curve_factor", "cover.cover_loss", "cover.outside_loss",
        "morale.effort_by_morale", "morale.effort_by_pressure", "morale.absence_loss", "upheaval.cost",
    ),
    "M12": ("learning.poor_depend_more",),
    "M23": ("leadership.complementarity",),
    "M27": ("leadership.view_tilt", "leadership.voice_by_view"),
    "M29": ("embedding.lost_with_head",),
    "M30": ("leadership.directive_by_pressure", "leadership.results_by_pressure", "leadership.token_by_pressure"),
    "M33": ("leadership.corridor_time",),
    "M15": ("workforce.specialists_short",),
    "M20": ("start.staffing_slope",),
}  # fmt: skip


def without(values: Values, off: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The values by process, with those of switched-off structures set to zero."""
    zeroed = {path for mechanism in off for path in WITHOUT.get(mechanism, ())}
    return {
        process: {name: _zero(value) if f"{process}.{name}" in zeroed else value for name, value in sheet.items()}
        for process, sheet in values.by_process.items()
    }


def _zero(value: Value) -> Value:
    if isinstance(value, Mapping):
        return dict.fromkeys(value, 0.0)
    return [_zero(one) for one in value] if isinstance(value, list | tuple) else 0.0
