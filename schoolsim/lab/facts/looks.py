"""What is kept of a run for the facts: a few plain frames, taken at the end of a school year.

Only the authority's own schools are looked at; those of a halo round it are somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.facts.looks_of_visits import spells, visited
from schoolsim.lab.facts.own import own_schools
from schoolsim.metrics.cohort import BASES, Cohort
from schoolsim.metrics.view import PHASES, YearView
from schoolsim.people.rolls import roll_by_year_group, share_by_school
from schoolsim.rules import grades, grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, STAGES
from schoolsim.session import Session

Look = Callable[[Session], pd.DataFrame]
TESTED_STAGES = (11, 16)
STAGES_OF_PUPILS = (5, 11, 16)
GROUPS = ("fsm", "fsm6", "eal", "sen_support", "ehcp")
ADMITTED = ("admitted", "first_preference_share", "nearest_school_share", "distance_km")
WHO = ("id", "female", "ethnicity", "sen", "fsm6", "in_care", "move_count")
MARKS = ("english", "maths", "five_good", "five_good_em")
WARD_AREAS = 3
"""Small areas in the least ward: a ward of England had 4.4 on average (32,844 areas, some 7,500 wards)."""
RECORDED = {  # metric: (group, basis)
    "between_school_sd": ("all", "true"), "within_school_sd": ("all", "true"), "total_school_share": ("all", "true"),
    "gap_months": ("fsm6", "true"), "dissimilarity": ("fsm6", ""), "teacher_quality_gap": ("all", ""),
    "roll": ("all", ""),
}  # fmt: skip


def pupils(session: Session) -> pd.DataFrame:
    """One row a pupil tested at 5, 11 or 16 this summer.

    Months: `measured` and `true` totals, `prior` the measured total of the stage before (NaN if none), at 16 also
    `subject_0` to `subject_7`. `school` is a row of schools.
    """
    view, frame = _view(session), session.system.place.schools
    frames = [_tested(view, stage).assign(stage=np.int8(stage)) for stage in STAGES_OF_PUPILS]
    every = pd.concat(frames, ignore_index=True)
    every = every[own_schools(frame)[every["school"]]]
    selective = frame["selective"].to_numpy(bool)[every["school"]]
    return every.assign(selective=selective).reset_index(drop=True)


def _tested(view: YearView, stage: int) -> pd.DataFrame:
    cohort = view.cohorts[stage]
    placed = cohort.school >= 0
    columns: dict[str, Any] = {basis: cohort.total[basis] for basis in BASES} | {"prior": cohort.prior}
    if stage == STAGES_OF_PUPILS[-1]:
        results = cohort.by_subject["measured"]
        columns |= {f"subject_{place}": results[:, place] for place in range(results.shape[1])}
    months = {name: column.astype(np.float32)[placed] for name, column in columns.items()}
    fsm6 = view.pupils.fsm6[cohort.rows]
    return pd.DataFrame({"school": cohort.school[placed].astype(np.int32), "fsm6": fsm6[placed], **months})


def groups(session: Session) -> pd.DataFrame:
    """One row a pupil tested at 11 or 16 this summer: who it is, and what it reached.

    `measured` and `prior` (at the stage before) totals in months; at 11 whether the expected score was reached in
    `english` (reading) and `maths`, at 16 whether five good grades, and with English and maths.
    """
    view, norms, places = _view(session), session.system.norms, session.system.place.schools
    return pd.concat([_who_reached(view, norms, places, stage) for stage in TESTED_STAGES], ignore_index=True)


def _who_reached(view: YearView, norms: grades.Norms, places: pd.DataFrame, stage: int) -> pd.DataFrame:
    cohort, months = view.cohorts[stage], view.cohorts[stage].by_subject["measured"]
    own = cohort.school >= 0
    own[own] = own_schools(places)[cohort.school[own]]
    frame = pd.DataFrame({name: getattr(view.pupils, name)[cohort.rows] for name in WHO})
    totals = {"measured": cohort.total["measured"].astype(np.float32), "prior": cohort.prior.astype(np.float32)}
    return frame.assign(stage=np.int8(stage), **totals, **_marks(stage, months, norms))[own].reset_index(drop=True)


def _marks(stage: int, months: np.ndarray, norms: grades.Norms) -> dict[str, np.ndarray]:
    """What each pupil reached at a stage, bool [n] each; False for the marks of the other stage."""
    marks = {name: np.zeros(len(months), bool) for name in MARKS}
    if stage == TESTED_STAGES[0]:
        reached = grades.scaled_scores(months, norms) >= grades.EXPECTED_SCORE
        return marks | {"english": reached[:, 0], "maths": reached[:, 1]}
    found = grades.gcse_grades(months, norms)
    return marks | {"five_good": grades.five_good(found), "five_good_em": grades.five_good_em(found)}


def classes(session: Session) -> pd.DataFrame:
    """One row a class of year 11 in a subject this summer, for one line through the classes of many authorities.

    `size` pupils with both results, `measured` and `prior` their mean months (in the subject; the total of the stage
    before), `prior_square` and `product` sums over them. `teacher` outlasts the year.
    """
    view = _view(session)
    cohort, table = view.cohorts[STAGES_OF_PUPILS[-1]], view.classes
    results, prior = cohort.by_subject["measured"], cohort.prior[:, None]
    seats = np.where(np.isfinite(results + prior), cohort.class_group, -1).ravel()
    months = {"measured": results, "prior": np.broadcast_to(prior, results.shape)}
    sums = {name: grouping.sums(np.nan_to_num(column).ravel(), seats, len(table.school)) for name, column in {
        **months, "prior_square": months["prior"] ** 2, "product": results * prior}.items()}  # fmt: skip
    size = grouping.counts(seats, len(table.school))
    keys = {"school": table.school, "subject": table.subject, "teacher": table.teacher_id}
    frame = pd.DataFrame({**keys, "size": size, **sums})
    frame = frame[(size > 0) & own_schools(session.system.place.schools)[table.school]].reset_index(drop=True)
    return frame.assign(**{name: frame[name] / frame["size"] for name in months})


def schools(session: Session) -> pd.DataFrame:
    """One row a school: its pupils now, and beside them what the place says of the real one (`own_…`).

    Counts of pupils but for: `absence` (share of sessions), `absence_sd` (between its pupils), `result` (mean
    measured result of those tested at `stage`, in SD of measured results; NaN when nobody is); `printed` is the result
    in the tables of this summer.
    """
    view, frame = _view(session), session.system.place.schools
    columns = _present(view) | _tested_now(session, view) | _published(frame)
    labels = {name: frame[name].to_numpy() for name in ("label", "phase", "selective")}
    columns["printed"] = session.system.schools.published_result
    table = pd.DataFrame(labels | columns).assign(school=np.arange(len(frame), dtype=np.int32))
    return table[own_schools(frame)].reset_index(drop=True)


def _view(session: Session) -> YearView:
    return session.recorder.view(session.system)


def _present(view: YearView) -> dict[str, np.ndarray]:
    pupils, count = view.pupils, len(view.schools.phase)
    flags = {"fsm": pupils.fsm, "fsm6": pupils.fsm6, "eal": pupils.eal,
             "sen_support": pupils.sen == 1, "ehcp": pupils.sen == 2}  # fmt: skip
    absence = 1.0 - pupils.attendance_year.astype(np.float64)
    mean = grouping.means(absence, pupils.school, count)
    spread = grouping.means(absence**2, pupils.school, count) - mean**2
    members = {name: grouping.counts(np.where(flag, pupils.school, -1), count) for name, flag in flags.items()}
    roll = roll_by_year_group(pupils.school, pupils.year_group, count).sum(axis=1)
    return {"roll": roll, **members, "absence": mean, "absence_sd": np.sqrt(np.maximum(spread, 0.0))}


def _tested_now(session: Session, view: YearView) -> dict[str, np.ndarray]:
    """Results at the last of the two published stages that a school teaches; 0 for a school that teaches neither."""
    table = view.schools
    count = len(table.phase)
    stage, result, tested = np.zeros(count, np.int8), np.full(count, np.nan), np.zeros(count, np.int64)
    for age in TESTED_STAGES:
        teaches = (table.first_year <= STAGES[age]) & (table.last_year >= STAGES[age])
        cohort = view.cohorts[age]
        months = grouping.means(cohort.total["measured"], cohort.school, count)
        stage = np.where(teaches, np.int8(age), stage)
        result = np.where(teaches, months / _measured_sd(session, cohort), result)
        tested = np.where(teaches, grouping.counts(cohort.school, count), tested)
    return {"stage": stage, "result": result, "tested": tested}


def _measured_sd(session: Session, cohort: Cohort) -> float:
    """National SD (months) of measured totals: that of true ones, and the error of the tests."""
    reliability = session.system.values["assessment"]["total_reliability"]
    return cohort.sd / float(np.sqrt(reliability[list(STAGES).index(cohort.stage)]))


def _published(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """What the place says of each school; NaN where it says nothing."""
    counts = {f"own_{name}": (frame[f"{name}_share"] * frame["roll"]).to_numpy() for name in GROUPS}
    unknown = pd.Series(np.nan, index=frame.index)
    result = frame.get("attainment_published", unknown).to_numpy(np.float64)
    tested = frame.get("attainment_pupils", unknown).to_numpy(np.float64)
    return {"own_roll": frame["roll"].to_numpy(), **counts, "own_absence": frame["absence_share"].to_numpy(),
            "own_result": result, "own_tested": tested}  # fmt: skip


def records(session: Session) -> pd.DataFrame:
    """The yearly metrics that tell of standing still, years 0 to now: year, metric, phase, stage, value."""
    metrics = session.observe().metrics
    wanted = pd.MultiIndex.from_tuples([(name, *key) for name, key in RECORDED.items()])
    chosen = metrics[pd.MultiIndex.from_frame(metrics[["metric", "group", "basis"]]).isin(wanted)]
    return chosen[["year", "metric", "phase", "stage", "value"]].reset_index(drop=True)


def value_added(session: Session) -> pd.DataFrame:
    """Measured value added (pupil SD) of every school in years 0 to now: year, school, stage, value_added."""
    frame = session.system.place.schools
    seen = session.observe().schools
    school = np.tile(np.arange(len(frame), dtype=np.int32), len(seen) // len(frame))
    stage = _view(session).school_year.leaving_stage.astype(np.int8)
    kept = seen[["year", "value_added"]].assign(school=school, stage=stage[school])
    chosen = own_schools(frame)[school] & kept["stage"].isin(TESTED_STAGES).to_numpy()
    return kept[chosen].dropna().reset_index(drop=True)


def absences(session: Session) -> pd.DataFrame:
    """Pupils by year group and free meals, and how many missed a fifth, and a tenth, of the year's sessions or more."""
    pupils = _view(session).pupils
    missed = 1.0 - pupils.attendance_year.astype(np.float64)
    frame = pd.DataFrame({"year_group": pupils.year_group, "fsm": pupils.fsm, "pupils": 1})
    frame = frame.assign(missed_a_fifth=missed >= 1 / 5, missed_a_tenth=missed >= 1 / 10)
    return frame.groupby(["year_group", "fsm"], as_index=False).sum()


def entrants(session: Session) -> pd.DataFrame:
    """What families of the place got this autumn by `year_group` entered, beside `own_first_preference_share`."""
    system = session.system
    rows = [{"year_group": year, **figures} for year, figures in sorted(system.admissions_summary.items())]
    own = {phase: np.nan if share is None else share for phase, share in system.place.facts["first_preference"].items()}
    frame = pd.DataFrame(rows, columns=["year_group", *ADMITTED])
    secondary = frame["year_group"] >= FIRST_SECONDARY_YEAR
    return frame.assign(own_first_preference_share=np.where(secondary, own["secondary"], own["primary"]).astype(float))


def seats(session: Session) -> pd.DataFrame:
    """Pupils, and those with free meals (`poor`), by school, home `ward` and phase of the school."""
    view = _view(session)
    pupils, ward = view.pupils, wards(session.system.place.areas)
    phase = np.array(PHASES)[view.schools.phase[pupils.school]]
    keys = {"phase": phase, "school": pupils.school, "ward": ward[pupils.home_area]}
    return pd.DataFrame({**keys, "poor": pupils.fsm, "pupils": 1}).groupby(list(keys), as_index=False).sum()


def examinations(session: Session) -> pd.DataFrame:
    """Pupils examined at 16 this summer, and how many `reached` five good grades with English and maths.

    One row a school and whether they have free meals (`fsm`).
    """
    view = _view(session)
    cohort = view.cohorts[STAGES_OF_PUPILS[-1]]
    good = cohort.outcomes["measured"]["five_good_em"]
    known = (cohort.school >= 0) & np.isfinite(good)
    keys = {"school": cohort.school[known].astype(np.int32), "fsm": view.pupils.fsm[cohort.rows][known]}
    frame = pd.DataFrame({**keys, "pupils": 1, "reached": good[known]})
    return frame.groupby(list(keys), as_index=False).sum()


def staff(session: Session) -> pd.DataFrame:
    """One row a teacher, those of a halo too (`own` tells): id, school, its phase, age, years taught (`experience`).

    `poor` is the share of the school's pupils with free meals.
    """
    system, frame = session.system, session.system.place.schools
    teachers, pupils = system.teachers, system.pupils
    poor = share_by_school(pupils.school, pupils.fsm, len(frame))[teachers.school]
    phase = np.array(PHASES)[system.schools.phase[teachers.school]]
    who = {"teacher": teachers.id, "school": teachers.school, "age": teachers.age, "experience": teachers.experience}
    return pd.DataFrame({**who, "phase": phase, "poor": poor, "own": own_schools(frame)[teachers.school]})


def wards(areas: pd.DataFrame) -> np.ndarray:
    """Codes [a] of neighbourhoods of some `WARD_AREAS` small areas, as wards have: cut in halves, the longer way."""
    code = np.zeros(len(areas), np.int64)
    where = areas[["easting", "northing"]].to_numpy(np.float64)
    parts = [np.arange(len(areas))]
    while parts:
        rows = parts.pop()
        if len(rows) < 2 * WARD_AREAS:
            code[rows] = rows[0]
            continue
        longer = int(np.ptp(where[rows], axis=0).argmax())
        parts += np.array_split(rows[np.argsort(where[rows, longer], kind="stable")], 2)
    return code


LOOKS: dict[str, Look] = {
    "pupils": pupils, "groups": groups, "classes": classes, "schools": schools, "records": records,
    "value_added": value_added, "absences": absences, "entrants": entrants, "seats": seats,
    "examinations": examinations, "staff": staff, "visited": visited, "spells": spells,
}  # fmt: skip
