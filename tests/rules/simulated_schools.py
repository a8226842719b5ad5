"""Schools of very unequal sizes with results whose variance components are known, for the tests of the estimators."""

from __future__ import annotations

import numpy as np

SIZES = np.array([3, 5, 8, 12, 20, 30, 45, 60, 90, 140])
NESTED = {"authority": 1.5, "school": 2.0, "class": 1.0, "pupil": 6.0}
CROSSED = {"school": 2.0, "department": 1.0, "teacher": 0.8, "class": 0.6, "pupil": 8.0, "pupil_subject": 4.0}


def effects(rng: np.random.Generator, variance: float, *shape: int) -> np.ndarray:
    """Normal effects of that variance."""
    return rng.normal(0.0, np.sqrt(variance), shape)


def nested_town(rng: np.random.Generator) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Results [n] of pupils in four authorities of ten schools, class numbers starting anew in every school."""
    school = np.repeat(np.arange(4 * len(SIZES)), np.tile(SIZES, 4))
    authority = school // len(SIZES)
    class_number = (rng.random(len(school)) ** 2 * (1 + np.tile(SIZES, 4)[school] // 15)).astype(int)
    result = 100 + effects(rng, NESTED["authority"], 4)[authority] + effects(rng, NESTED["school"], 40)[school]
    result += effects(rng, NESTED["class"], 40, 10)[school, class_number] + effects(rng, NESTED["pupil"], len(school))
    return result, {"authority": authority, "school": school, "class": class_number}


def crossed_town(
    rng: np.random.Generator, *, subjects: int = 3, sorted_by: float = 0.0
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Results [n, s] in twenty schools; classes are drawn, or filled in order of the pupils' level and luck.

    A teacher has two classes of a school's department, so that teachers and classes can be told apart.
    """
    school = np.repeat(np.arange(2 * len(SIZES)), np.tile(SIZES, 2))
    level = effects(rng, CROSSED["pupil"], len(school))
    class_count = 2 + 2 * (np.tile(SIZES, 2) // 40)
    number = np.stack([_numbers(rng, school, class_count, sorted_by * level) for _ in range(subjects)], axis=1)
    subject = np.arange(subjects)
    class_group = (school[:, None] * 10 + number) * subjects + subject
    teacher = class_group // (2 * subjects) * subjects + subject
    result = effects(rng, CROSSED["school"], 20)[school][:, None] + level[:, None] + 10.0 * subject
    result = result + effects(rng, CROSSED["department"], 20, subjects)[school]
    result += effects(rng, CROSSED["class"], class_group.max() + 1)[class_group]
    result += effects(rng, CROSSED["teacher"], teacher.max() + 1)[teacher]
    result += effects(rng, CROSSED["pupil_subject"], len(school), subjects)
    return result, {"school": school, "teacher": teacher, "class": class_group}


def _numbers(rng: np.random.Generator, school: np.ndarray, count: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Class numbers [n] in one subject: equal parts of each school in order of level and luck."""
    order = np.lexsort((level + rng.normal(size=len(school)), school))
    first = np.searchsorted(school, school)
    place = np.empty(len(school), int)
    place[order] = np.arange(len(school))
    size = np.bincount(school)[school]
    return (place - first) * count[school] // size
