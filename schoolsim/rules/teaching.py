"""How much teachers, departments and schools differ, from what their classes gain: the definitions of the facts.

The method. Two classes with no pupil in common vary together by what they share. Two classes of one teacher in one
year share school, department, year and teacher; two classes of one department and year under different teachers share
all but the teacher; so the covariance of the first less that of the second is the variance between teachers. Luck
and who sits in a class belong to one class alone and enter neither. Sets take the able from one class and
give them to another, which pushes all classes of a department apart alike, whoever teaches them: it cancels, as
long as teachers are not matched to sets.

Pupils sit in the classes of all their subjects, so two departments share pupils, not only a school. Department and
school are therefore told apart by classes of *different years*: one subject under different teachers shares school
and department, two subjects share the school. From one year they cannot be shown this way (NaN); with pupils at hand
`variance.crossed_components` can. What a department or school has in one year alone enters neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from schoolsim.rules import grouping

_NO_PAIRS = 1e-6


@dataclass(frozen=True)
class TeachingComponents:
    """Variances in the squared unit of the results, unbiased and so at times negative; NaN for what cannot be shown."""

    school: float
    """What the departments of a school have in common."""
    department: float
    """What is a department's own."""
    teacher: float
    """What different classes of a teacher in one year share beyond their department."""
    lasting: float
    """The part of it that classes of different years share."""
    teacher_count: int
    """Teachers with two classes or more in one year: the estimate rests on them."""

    def teaching_to_school(self) -> float:
        """Teachers and departments over schools; NaN when no variance between schools is found."""
        return (self.teacher + self.department) / self.school if self.school > 0 else np.nan

    def department_correlation(self) -> float:
        """How far one department of a school tells of another; a negative variance counts as none."""
        school, department = max(self.school, 0.0), max(self.department, 0.0)
        return school / (school + department) if school + department > 0 else np.nan


@dataclass(frozen=True)
class TaughtClasses:
    """Classes [c] of one year, or of several stacked.

    Attributes:
        gain: mean value added, any unit; a class with NaN is left out everywhere.
        size: pupils behind each mean, the weight of the class; one with none is left out.
        school, subject, year: codes.
        teacher: codes that last over the years; -1 for nobody, left out.
    """

    gain: np.ndarray
    size: np.ndarray
    school: np.ndarray
    subject: np.ndarray
    teacher: np.ndarray
    year: np.ndarray


def teacher_components(classes: TaughtClasses) -> TeachingComponents:
    """All components, weights being pupils and each school counting by its size."""
    pairs = _Pairs(classes)
    school = pairs.school_covariance()
    return TeachingComponents(
        school=school,
        department=pairs.department_covariance() - school,
        teacher=pairs.teacher_variance(),
        lasting=pairs.lasting_variance(),
        teacher_count=pairs.teacher_count(),
    )


def teacher_variance(classes: TaughtClasses) -> tuple[float, int]:
    """The teacher component alone, and the teachers with two classes or more in a year that it rests on."""
    pairs = _Pairs(classes)
    return pairs.teacher_variance(), pairs.teacher_count()


@dataclass(frozen=True)
class _Sums:
    """Over pairs of classes: sum of the products of their means times their weights, and of the weights."""

    product: float
    weight: float

    def __sub__(self, other: _Sums) -> _Sums:
        return _Sums(self.product - other.product, self.weight - other.weight)

    def mean(self) -> float:
        """Weighted mean product; NaN where there is no such pair."""
        return self.product / self.weight if self.weight > _NO_PAIRS else np.nan


class _Pairs:
    """All pairs of classes [c], by what they share; the mean of each subject and year is taken away first."""

    def __init__(self, classes: TaughtClasses) -> None:
        known = np.isfinite(classes.gain) & (classes.size > 0) & (classes.teacher >= 0)
        self._pupils = classes.size[known].astype(np.float64)
        self._subject, self._year = grouping.compact(classes.subject[known])[0], classes.year[known]
        self._school, school_count = grouping.compact(classes.school[known])
        self._department = _both(self._school, self._subject)
        self._teacher = _both(self._department, classes.teacher[known])
        gain, taught = classes.gain[known].astype(np.float64), _both(self._subject, self._year)
        self._centred = gain - _mean_of_group(gain, self._pupils, taught)
        roll = grouping.sums(self._pupils, self._school, school_count)
        self._even = self._pupils / np.sqrt(roll[self._school])  # a school's pairs count by its size, not its square

    def teacher_variance(self) -> float:
        """Covariance of classes of a teacher in one year, less that of different teachers of the department."""
        itself = self._pairs_in(np.arange(len(self._even)), self._even)
        same = self._pairs_in(self._teacher_in_year, self._even)
        return (same - itself).mean() - (self._same_year(self._department, self._even) - same).mean()

    def lasting_variance(self) -> float:
        """The same for classes of different years."""
        same = self._other_year(self._teacher, self._even)
        return same.mean() - (self._other_year(self._department, self._even) - same).mean()

    def department_covariance(self) -> float:
        """Covariance of classes of a department in different years under different teachers.

        Like that of schools, it is counted from the same of different schools, which lies a little below nothing since
        means are taken away.
        """
        inside = self._other_year(self._department, self._even) - self._other_year(self._teacher, self._even)
        return inside.mean() - self._elsewhere_in_subject().mean()

    def school_covariance(self) -> float:
        """Covariance of classes of a school in different years and subjects."""
        inside = self._other_year(self._school, self._even) - self._other_year(self._department, self._even)
        everybody = np.zeros(len(self._year), np.int64)
        elsewhere = self._other_year(everybody, self._pupils) - self._other_year(self._school, self._pupils)
        return inside.mean() - (elsewhere - self._elsewhere_in_subject()).mean()

    def teacher_count(self) -> int:
        """Teachers with two classes or more in one year."""
        in_year = self._teacher_in_year
        return len(np.unique(self._teacher[np.bincount(in_year)[in_year] > 1]))

    @cached_property
    def _teacher_in_year(self) -> np.ndarray:
        return _both(self._teacher, self._year)

    def _elsewhere_in_subject(self) -> _Sums:
        return self._other_year(self._subject, self._pupils) - self._other_year(self._department, self._pupils)

    def _same_year(self, group: np.ndarray, weight: np.ndarray) -> _Sums:
        return self._pairs_in(_both(group, self._year), weight)

    def _other_year(self, group: np.ndarray, weight: np.ndarray) -> _Sums:
        return self._pairs_in(group, weight) - self._same_year(group, weight)

    def _pairs_in(self, group: np.ndarray, weight: np.ndarray) -> _Sums:
        """Ordered pairs of classes of one group, each class with itself among them."""
        product, own = np.bincount(group, weights=weight * self._centred), np.bincount(group, weights=weight)
        return _Sums(float((product**2).sum()), float((own**2).sum()))


def _both(outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Compact codes of two codes together."""
    return grouping.nest(outer, inner)[0]


def _mean_of_group(values: np.ndarray, weight: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Weighted mean of each one's group [n]."""
    return (np.bincount(group, weights=weight * values) / np.bincount(group, weights=weight))[group]
