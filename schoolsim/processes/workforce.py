"""Who teaches: the same people next year, but for those who leave, those who move and those hired in their stead."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import ALL_SUBJECTS, SECONDARY_SUBJECTS, class_count
from schoolsim.people.ids import rank_within
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.people.teacher_market import Sight, cut_to_posts, match, strangers
from schoolsim.process import Flows
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

DEPARTMENTS = SECONDARY_SUBJECTS + 1
Rows = dict[str, np.ndarray]
"""Columns by name, of posts or of people."""


def workforce(
    system: SchoolSystem, draws: Draws, *, leaving_chance: list[float], retirement_age: float,
    new_graduate_share: float, classes_per_teacher: float, youngest_age: float, years_since_graduation: list[float],
    moving_share: list[float], quality_seen: float, experience_seen: float, usual_appeal_sd: list[float],
    specialists_short: list[float], short_factor: float, taken_by_others: list[float],
) -> Flows:  # fmt: skip
    """Teachers age, some leave or move, and posts are filled for the classes there are.

    What happens: Each teacher may leave, the more so the higher the leaving_factor; those at retirement age do. Part
        of those who leave look for another post. A department with fewer teachers than its classes need has posts,
        one with more lets go. Posts go rank to rank: what looks best to applicants, by the appeal of the school and
        luck, gets who looks best to schools. Strangers from the nation's teachers fill the places in that queue which
        nobody from around takes. Whom only the own school would have stays. For the posts at the end of the nation's
        queue no specialist applies: some go to somebody of another subject, the others stay vacant for the year (M15).
    Evidence: E331 to E333, E336, P27, P29, P30.
    Leaves out: distance from home, part-time work, leadership posts.
    """
    teachers = system.teachers
    teachers.age[:] += 1
    teachers.experience[:] += 1
    secondary = (teachers.subject != ALL_SUBJECTS).astype(int)
    chance = np.asarray(leaving_chance)[secondary] * teachers.leaving_factor
    leaves = draws.event(teachers.id, chance, "leaves")
    retires = teachers.age >= retirement_age
    needed = teachers_needed(system, classes_per_teacher)
    surplus = _surplus(system, draws, needed, leaves | retires)
    stays = ~(leaves | retires | surplus)
    posts = _posts(system, draws, needed, stays, usual_appeal_sd)
    short = np.asarray(specialists_short) * short_factor
    posts, last = _without_specialists(system, draws, posts, short, taken_by_others)
    sight = Sight(quality_seen, experience_seen)
    looking = leaves & ~retires & draws.event(teachers.id, np.asarray(moving_share)[secondary], "looks for a post")
    movers = _movers(system, draws, looking, posts, sight)
    people = (sight, new_graduate_share, youngest_age, years_since_graduation)
    comers = _strangers(draws, _drawn_by_lot(draws, posts, movers), *people)
    others = _strangers(draws, last, *people)
    gone = {"leaves": leaves & ~retires, "retires": retires, "surplus": surplus}
    return _fill(system, posts, movers, comers, others, gone)


def department_code(school: np.ndarray, subject: np.ndarray) -> np.ndarray:
    """One number for each department of each school; class teachers of a primary are one department."""
    return school.astype(np.int64) * DEPARTMENTS + subject + 1


def teachers_needed(system: SchoolSystem, classes_per_teacher: float) -> np.ndarray:
    """Teachers that the present rolls need, by department code [J * 9]."""
    roll = system.state.staffed_for
    if roll is None:
        roll = roll_by_year_group(system.pupils.school, system.pupils.year_group, len(system.schools))
    count = class_count(roll, system.values["classes"]["class_size"], system.schools.class_rise)
    needed = np.zeros((len(system.schools), DEPARTMENTS), np.int64)
    needed[:, 0] = count[:, :FIRST_SECONDARY_YEAR].sum(axis=1)
    needed[:, 1:] = np.ceil(count[:, FIRST_SECONDARY_YEAR:].sum(axis=1, keepdims=True) / classes_per_teacher)
    return needed.ravel()


def _surplus(system: SchoolSystem, draws: Draws, needed: np.ndarray, going: np.ndarray) -> np.ndarray:
    """Those whose post is gone: of a department's stayers, the ones that the lot falls on [n]."""
    teachers = system.teachers
    code = np.where(going, -1, department_code(teachers.school, teachers.subject))
    rank = rank_within(code, draws.uniform(teachers.id, "keeps the post"))
    return (code >= 0) & (rank >= needed[code])


def _posts(
    system: SchoolSystem, draws: Draws, needed: np.ndarray, stays: np.ndarray, usual_appeal_sd: list[float]
) -> Rows:
    """Open posts: id earned from department, year and order; school, field, and how each looks to applicants [p]."""
    teachers, schools = system.teachers, system.schools
    code = department_code(teachers.school, teachers.subject)[stays]
    code = np.repeat(np.arange(len(needed)), np.maximum(needed - np.bincount(code, minlength=len(needed)), 0))
    ids = (code * 4096 + system.elapsed + 2048) * 256 + rank_within(code)
    school, field = code // DEPARTMENTS, code % DEPARTMENTS
    usual = np.asarray(usual_appeal_sd)[(field > 0).astype(int)]
    looks = (schools.appeal[school] + draws.normal(ids, "luck of the post")) / np.sqrt(1.0 + usual**2)
    return {"id": ids, "school": school, "field": field, "looks": looks}


def _movers(
    system: SchoolSystem, draws: Draws, looking: np.ndarray, posts: Rows, sight: Sight
) -> Rows:
    """Teachers of these schools who look for another post, no more than there are: row, field and standing [m]."""
    teachers = system.teachers
    rows = np.flatnonzero(looking)
    field = teachers.subject[rows].astype(np.int64) + 1
    luck = draws.normal(teachers.id[rows], "impression")
    standing = sight.standing(teachers.quality[rows], teachers.experience[rows], luck)
    kept = cut_to_posts(field, standing, np.bincount(posts["field"], minlength=DEPARTMENTS))
    return {"row": rows[kept], "field": field[kept], "standing": standing[kept]}


def _without_specialists(
    system: SchoolSystem, draws: Draws, posts: Rows, short: np.ndarray, taken_by_others: list[float]
) -> tuple[Rows, Rows]:
    """The posts for which specialists apply, and those that go to somebody of another subject; others stay vacant.

    `short` is the share of the nation's queue of posts, by field, at the end of which no specialist is left [9].
    """
    end = np.array([NormalDist().inv_cdf(share) if share > 0 else -np.inf for share in short])
    none = posts["looks"] < end[posts["field"]]
    other = none & draws.event(posts["id"], np.asarray(taken_by_others)[_secondary(posts["field"])], "another subject")
    vacant = posts["school"] * DEPARTMENTS + posts["field"]
    count = np.bincount(vacant[none & ~other], minlength=len(system.schools) * DEPARTMENTS)
    system.schools.vacant_posts[:] = count.reshape(-1, DEPARTMENTS)
    wanted, last = ({name: column[chosen] for name, column in posts.items()} for chosen in (~none, other))
    return wanted, last


def _secondary(field: np.ndarray) -> np.ndarray:
    """0 for class teachers, 1 for subject teachers [n]."""
    return (field > 0).astype(int)


def _drawn_by_lot(draws: Draws, posts: Rows, movers: Rows) -> Rows:
    """As many of the posts as movers leave: each stranger stands where one of them stands in the nation's queue.

    So a place whose posts look worse than the nation's has applicants to match.
    """
    known = np.bincount(movers["field"], minlength=DEPARTMENTS)
    drawn = strangers(posts["field"], known, draws, posts["id"])
    return {name: column[drawn] for name, column in posts.items()}


def _strangers(
    draws: Draws, posts: Rows, sight: Sight, graduates: float, youngest: float, years: list[float]
) -> Rows:
    """People from elsewhere who stand where some posts stand: who they are, their field and standing [q]."""
    ids, standing = posts["id"], posts["looks"]
    fresh = sight.fresh(standing, draws.normal(ids, "has taught before"), graduates)
    since = draws.uniform(ids, "years since graduation") * np.where(fresh, years[0], years[1])
    experience = np.where(fresh, 0, since * draws.uniform(ids, "years taught"))
    quality = sight.quality_behind(standing, draws.normal(ids, "quality"))
    return {"id": ids, "school": posts["school"], "field": posts["field"], "standing": standing, "quality": quality,
            "age": youngest + since, "experience": experience}  # fmt: skip


def _fill(
    system: SchoolSystem, posts: Rows, movers: Rows, comers: Rows, others: Rows, gone: dict[str, np.ndarray]
) -> Flows:
    """Posts and applicants find one another; the table of teachers follows, and so does the count of what happened."""
    teachers, row = system.teachers, movers["row"]
    applicants = [np.concatenate([movers[name], comers[name]]) for name in ("field", "standing")]
    school = posts["school"][match(posts["field"], posts["looks"], *applicants)]
    stayed = school[: len(row)] == teachers.school[row]
    moved = {name: column[row] for name, column in teachers.arrays().items()}
    moved |= {"school": school[: len(row)], "joined": np.where(stayed, moved["joined"], system.elapsed)}
    moved["specialist"] = moved["specialist"] | ~stayed
    new = _joining(system, comers | {"school": school[len(row) :]}, specialist=True)
    last = _joining(system, others, specialist=False)
    resigned = gone["leaves"].copy()
    resigned[row] = False
    flows = {"resigned": teachers.id[resigned], "moved": teachers.id[row[~stayed]],
             "retired": teachers.id[gone["retires"]], "made redundant": teachers.id[gone["surplus"]],
             "hired": np.concatenate([new["id"], last["id"]])}  # fmt: skip
    teachers.keep(~(gone["leaves"] | gone["retires"] | gone["surplus"]), then=[moved, new, last])
    return flows


def _joining(system: SchoolSystem, people: Rows, *, specialist: bool) -> Rows:
    """Rows of teachers who come to a school this year."""
    kept = {name: people[name] for name in ("id", "school", "quality", "age", "experience")}
    count = len(kept["id"])
    return kept | {"subject": people["field"] - 1, "joined": np.full(count, system.elapsed),
                   "specialist": np.full(count, specialist)}  # fmt: skip
