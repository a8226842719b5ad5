"""Teachers, departments and schools are told apart from the gains of their classes, on average and by law."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from schoolsim.rules import variance
from schoolsim.rules.teaching import TaughtClasses, TeachingComponents, teacher_components, teacher_variance

TRUTH = {"school": 0.04, "department": 0.05, "teacher": 0.035, "lasting": 0.02}
TEACHERS, SUBJECTS = 4, 3


def taught(rng: np.random.Generator, *, schools: int = 16, years: int = 3, sets: float = 0.0) -> TaughtClasses:
    """Three to eight classes of 8 to 30 pupils a department and year; the top one lies `sets` above the last.

    Teachers are drawn for each class, so that some have one and some several; a department has a year of its own, too.
    """
    parts = []
    for code in range(schools * SUBJECTS):
        school, count = code // SUBJECTS, 3 + code // SUBJECTS % 6
        for year in range(years):
            who, rank = rng.integers(0, TEACHERS, count), np.arange(count) / (count - 1) - 0.5
            parts.append((code, school, year, who, sets * rank, rng.integers(8, 31, count)))
    school_effect, department = some(rng, "school", schools), some(rng, "department", schools * SUBJECTS)
    lasting = some(rng, "lasting", schools * SUBJECTS, TEACHERS)
    yearly = rng.normal(0, np.sqrt(TRUTH["teacher"] - TRUTH["lasting"]), (schools * SUBJECTS, TEACHERS, years))
    climate = rng.normal(0, 0.2, (schools, years))  # of one year alone: enters nothing
    gain = [
        school_effect[j] + climate[j, y] + department[d] + lasting[d, w] + yearly[d, w, y] + rank
        + rng.normal(size=len(n)) * np.sqrt(0.02 + 0.6 / n)
        for d, j, y, w, rank, n in parts
    ]  # fmt: skip
    every = [np.repeat([part[k] for part in parts], [len(part[3]) for part in parts]) for k in (0, 1, 2)]
    teacher = every[0] * TEACHERS + np.concatenate([part[3] for part in parts])
    size = np.concatenate([part[5] for part in parts])
    return TaughtClasses(np.concatenate(gain), size, every[1], every[0] % SUBJECTS, teacher, every[2])


def some(rng: np.random.Generator, level: str, *shape: int) -> np.ndarray:
    return rng.normal(0, np.sqrt(TRUTH[level]), shape)


def numbers(components: TeachingComponents) -> np.ndarray:
    return np.array(astuple(components)[:4])


@pytest.mark.parametrize("sets", [0.0, 1.0])
def test_components_are_found_in_unequal_classes_with_sets_and_without(sets):
    rng = np.random.default_rng(1)
    table = np.array([numbers(teacher_components(taught(rng, sets=sets))) for _ in range(200)])
    error = table.std(axis=0, ddof=1) / np.sqrt(len(table))
    expected = np.array(list(TRUTH.values()))
    assert (np.abs(table.mean(axis=0) - expected) < 3 * error).all()
    assert (error < 0.1 * expected).all()


def test_sets_inflate_the_naive_class_component_three_to_fourfold_but_not_the_teachers():
    def both(sets):
        rng = np.random.default_rng(2)
        towns = [taught(rng, sets=sets, years=1, schools=30) for _ in range(60)]
        return np.mean([between_classes(town) for town in towns]), np.mean([teacher_variance(t)[0] for t in towns])

    (naive, teacher), (naive_in_sets, teacher_in_sets) = both(0.0), both(0.9)
    assert 3 < naive_in_sets / naive < 4
    assert teacher_in_sets == pytest.approx(teacher, abs=0.008)
    assert teacher == pytest.approx(TRUTH["teacher"], abs=0.008)


def between_classes(town: TaughtClasses) -> float:
    """The naive component: variance of class means within departments, luck taken off."""
    spread = variance.nested_components(town.gain, {"department": town.school * SUBJECTS + town.subject})
    return spread["pupil"] - float(np.mean(0.6 / town.size))


def test_one_year_shows_teachers_but_neither_departments_nor_schools():
    components = teacher_components(taught(np.random.default_rng(3), years=1))
    assert np.isfinite(components.teacher)
    assert np.isnan([components.school, components.department, components.lasting]).all()


def test_a_teacher_with_one_class_tells_nothing_of_teachers():
    classes = TaughtClasses(*(np.array(column) for column in ([1.0, 3.0, 2.0], [9, 9, 9], [0, 0, 0], [0, 0, 0])),
                            teacher=np.arange(3), year=np.zeros(3, int))  # fmt: skip
    assert np.isnan(teacher_variance(classes)[0])
    assert teacher_variance(classes)[1] == 0


def test_two_teachers_with_two_like_classes_each_differ_by_hand():
    gain, teacher = np.array([1.0, 1.0, -1.0, -1.0]), np.array([0, 0, 1, 1])
    same = np.zeros(4, int)
    assert teacher_variance(TaughtClasses(gain, same + 20, same, same, teacher, same)) == (pytest.approx(2.0), 2)


def test_classes_without_teacher_pupils_or_gain_are_left_out():
    town = taught(np.random.default_rng(4))
    odd = [np.array(values) for values in ([9.0, 9.0, np.nan], [20, 0, 20], [0] * 3, [0] * 3, [-1, 1, 1], [0] * 3)]
    more = TaughtClasses(*(np.append(column, extra) for column, extra in zip(columns(town), odd, strict=True)))
    assert astuple(teacher_components(more)) == pytest.approx(astuple(teacher_components(town)))


def test_nobody_gives_nothing():
    empty = np.zeros(0, int)
    assert np.isnan(numbers(teacher_components(TaughtClasses(empty * 1.0, *[empty] * 5)))).all()


def columns(town: TaughtClasses) -> list[np.ndarray]:
    return [town.gain, town.size, town.school, town.subject, town.teacher, town.year]


COUNT = 24
GAINS = arrays(float, COUNT, elements=st.floats(-5, 5))
CODES = arrays(int, COUNT, elements=st.integers(0, 2))


@st.composite
def towns(draw):
    size = draw(arrays(int, COUNT, elements=st.integers(1, 30)))
    return TaughtClasses(draw(GAINS), size, *(draw(CODES) for _ in range(4)))


@given(towns(), st.floats(-100, 100))
def test_a_constant_changes_no_component(town, constant):
    shifted = replace(town, gain=town.gain + constant)
    before, after = numbers(teacher_components(town)), numbers(teacher_components(shifted))
    assert after == pytest.approx(before, abs=1e-6, nan_ok=True)


@given(towns(), st.floats(-10, 10))
def test_scaling_gains_scales_components_by_the_square(town, factor):
    scaled = replace(town, gain=town.gain * factor)
    before, after = numbers(teacher_components(town)), numbers(teacher_components(scaled))
    assert after == pytest.approx(before * factor**2, abs=1e-6, nan_ok=True)


@given(towns(), st.permutations(range(COUNT)))
def test_neither_names_nor_order_matter(town, order):
    names = replace(town, school=90 - town.school, subject=town.subject * 7, teacher=10**6 + 3 * town.teacher,
                    year=2019 - town.year)  # fmt: skip
    moved = TaughtClasses(*(column[order] for column in columns(names)))
    before, after = numbers(teacher_components(town)), numbers(teacher_components(moved))
    assert after == pytest.approx(before, abs=1e-7, nan_ok=True)


def test_ratio_and_correlation_follow_their_definitions():
    found = TeachingComponents(school=2.0, department=3.0, teacher=1.0, lasting=0.5, teacher_count=40)
    assert found.teaching_to_school() == 2.0
    assert found.department_correlation() == 0.4
    none = replace(found, school=-0.1)
    assert np.isnan(none.teaching_to_school())
    assert none.department_correlation() == 0.0
