"""Variance components, unbiased for groups of any sizes: how much lies between pupils, classes and schools.

The method. For two pupils drawn from a population with nested levels, half the squared difference of their
results has as its mean the sum of the variances of all levels they do *not* share. So the mean half squared
difference over pairs in different schools, less that over pairs in the same school but different classes, is
the variance between schools; and so on down. No mean has to be known, adding a constant changes nothing, and
the estimate is unbiased whatever the sizes of the groups, because the weights of pairs depend on sizes only.
For two subjects, the half product of the two differences holds the variances that subjects have in common.

Estimates may be negative when a variance is near nothing; they are kept so, since clipping would bias their
mean over replicates. A level that cannot be separated (one authority, one class a school) is NaN.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from schoolsim.rules import spreads

PUPIL = "pupil"
_ONE = slice(0, 1)

Levels = Mapping[str, np.ndarray]
"""Codes of groups by name of the level, outermost first."""


@dataclass(frozen=True)
class Components:
    """Variances by level, outermost first, in the squared unit of the results; NaN for what cannot be shown."""

    variances: Mapping[str, float]

    def __getitem__(self, level: str) -> float:
        return self.variances[level]

    @cached_property
    def total(self) -> float:
        """Sum of all levels that can be shown; NaN when none can."""
        known = [value for value in self.variances.values() if isfinite(value)]
        return sum(known) if known else np.nan

    def share(self, level: str) -> float:
        """The level's part of the total (may be negative when there is hardly any variance)."""
        return self.variances[level] / self.total if self.total > 0 else np.nan

    def below(self, level: str) -> float:
        """Sum of the levels inside one unit of `level`; NaN when one of them cannot be shown."""
        names = list(self.variances)
        return sum(self.variances[name] for name in names[names.index(level) + 1 :])

    def clipped(self) -> Components:
        """The same with negative estimates set to zero, for display only."""
        return Components({name: max(value, 0.0) for name, value in self.variances.items()})

    def scaled(self, sd: float) -> Components:
        """The same in units of `sd` squared."""
        return Components({name: value / sd**2 for name, value in self.variances.items()})


def nested_components(results: np.ndarray, levels: Levels) -> Components:
    """Variance between the units of each nested level and between the pupils inside the innermost.

    Args:
        results: one result a pupil [n]; pupils with NaN are left out.
        levels: codes [n] by name, outermost first, say `{"authority": …, "school": …, "class": …}`; -1 for none.
            Equal codes in different outer units are different groups.

    Returns:
        A variance for every level, and for `pupil`.
    """
    return nested_components_of([results], levels)[0]


def nested_components_of(columns: Sequence[np.ndarray], levels: Levels) -> list[Components]:
    """`nested_components` of several results [n] of the same pupils, faster than one by one."""
    grouped = np.all([codes >= 0 for codes in levels.values()], axis=0)
    components: dict[int, Components] = {}
    for known, chosen in _alike([np.isfinite(column) & grouped for column in columns]):
        if not known.any():  # value added where there is no prior: as unknown as it looks, and not worth the walk
            components |= dict.fromkeys(chosen, Components(dict.fromkeys([*levels, PUPIL], np.nan)))
            continue
        rows = slice(None) if known.all() else known  # a view of everybody costs nothing
        values = spreads.centred(np.stack([columns[i][rows] for i in chosen]))
        spread = spreads.spreads_of(values, spreads.nest_levels([codes[rows] for codes in levels.values()]))
        for i, steps in zip(chosen, spread.T.tolist(), strict=True):
            components[i] = Components(_differences([*levels, PUPIL], steps))
    return [components[i] for i in range(len(columns))]


def crossed_components(
    results: np.ndarray,
    school: np.ndarray,
    class_group: np.ndarray,
    *,
    teacher: np.ndarray | None = None,
    authority: np.ndarray | None = None,
) -> Components:
    """Variance of pupil-by-subject results by school, department, (teacher,) class, pupil and pupil's subject.

    School is what a school's subjects have in common, department what is a subject's own in a school, pupil what
    a pupil's subjects have in common, `pupil_subject` the rest (own strengths, and test error when measured).
    Only pairs of different pupils are used, so what a pupil brings never enters the other levels. Departments
    and classes are judged by what is the subject's own in such a pair: sets that put like pupils together in
    all subjects do not pass for teaching (sorting by strength in the one subject still does).

    Args:
        results: [n, s]; pupils with a missing subject or class are left out. Subject means are taken away.
        school: codes [n].
        class_group: codes [n, s] of classes; each subject has its own classes.
        teacher: codes [n, s] of who teaches them; then `teacher` is what different classes of one teacher share.
        authority: codes [n]; then `authority` is what the schools and subjects of one authority share.
    """
    outer = {"school": school} if authority is None else {"authority": authority, "school": school}
    inner = {"class": class_group} if teacher is None else {"teacher": teacher, "class": class_group}
    return crossed_components_of([results], outer, inner)[0]


def crossed_components_of(tables: Sequence[np.ndarray], outer: Levels, inner: Levels) -> list[Components]:
    """`crossed_components` of several tables of results [n, s] of the same pupils, faster than one by one.

    Args:
        outer: codes [n] by name, the last being `school`.
        inner: codes [n, s] by name, inside departments, outermost first.
    """
    grouped = np.all([codes >= 0 for codes in outer.values()], axis=0)
    grouped &= np.all([(codes >= 0).all(axis=1) for codes in inner.values()], axis=0)
    components: dict[int, Components] = {}
    for known, chosen in _alike([np.isfinite(table).all(axis=1) & grouped for table in tables]):
        rows = slice(None) if known.all() else known  # a view of everybody costs nothing
        shared = spreads.nest_levels([codes[rows] for codes in outer.values()])
        inside = [codes.T[:, rows] for codes in inner.values()]
        nested = spreads.within_subjects(shared, inside, len(inside[0]))
        values = np.stack([_one_and_all(spreads.centred(tables[i].T[:, rows])) for i in chosen], axis=1)
        spread = spreads.spreads_of(values, nested, also_inside=len(outer) - 1, against=_ONE)
        for i, own in zip(chosen, spread.T, strict=True):
            components[i] = _crossed(own, tables[i].shape[1], [*outer], [*inner])
    return [components[i] for i in range(len(tables))]


def _one_and_all(values: np.ndarray) -> np.ndarray:
    """From results by subject [s, n]: those of one subject and the sum of all the pupil's subjects [2, s * n]."""
    rows = np.empty((2, *values.shape))
    rows[0], rows[1] = values, values.sum(axis=0)
    return rows.reshape(2, -1)


def _crossed(spread: np.ndarray, subject_count: int, outer: list[str], inner: list[str]) -> Components:
    """Components from the spreads [2, boundaries] of one subject, and of one with the sum of all.

    What one subject shares with the sum of all beyond itself is shared with the others. The last boundary but one
    is the class, the last the whole school.
    """
    one, with_all = spread
    common = (with_all - one) / (subject_count - 1) if subject_count > 1 else np.full(len(one), np.nan)
    own = (one - common)[:-1].tolist()
    shared = _differences([*outer, PUPIL], [*common[: len(outer)].tolist(), float(common[-1])])
    single = _differences(["department", *inner, "pupil_subject"], own[len(outer) - 1 :])
    order = [*outer, "department", *inner, PUPIL, "pupil_subject"]
    return Components({name: (shared | single)[name] for name in order})


def _alike(known: list[np.ndarray]) -> Iterator[tuple[np.ndarray, list[int]]]:
    """Each distinct mask of known pupils [n], with the positions of the results that share it."""
    positions: dict[bytes, list[int]] = {}
    for i, mask in enumerate(known):
        positions.setdefault(mask.tobytes(), []).append(i)
    for chosen in positions.values():
        yield known[chosen[0]], chosen


def _differences(names: list[str], steps: list[float]) -> dict[str, float]:
    """Each level's variance: what its boundary adds to the spread of the boundary inside it."""
    inside = [*steps[1:], 0.0]
    return {name: outer - inner for name, outer, inner in zip(names, steps, inside, strict=True)}


def within_to_between(components: Components) -> float:
    """All variance inside schools, pupils' and families' own included, over that between schools."""
    return _over_school(components.below("school"), components)


def teaching_to_between(components: Components) -> float:
    """Variance between departments, teachers and classes inside schools, over that between schools."""
    teaching = [components[name] for name in ("department", "teacher", "class") if name in components.variances]
    return _over_school(sum(teaching), components)


def department_to_between(components: Components) -> float:
    """Variance between departments inside schools over that between schools."""
    return _over_school(components.variances.get("department", np.nan), components)


def between_school_sd(components: Components) -> float:
    """SD between schools with cohort luck taken off; a negative estimate gives 0."""
    school = components["school"]
    return float(np.sqrt(max(school, 0.0))) if np.isfinite(school) else np.nan


def within_school_sd(components: Components) -> float:
    """SD between pupils of the same school."""
    return float(np.sqrt(components.below("school")))


def _over_school(inside: float, components: Components) -> float:
    return inside / components["school"] if components["school"] > 0 else np.nan
