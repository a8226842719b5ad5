"""Laws of the variance components, and the same numbers by looking at every pair of pupils."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from schoolsim.rules import spreads, variance

COUNT, SUBJECTS = 12, 3
RESULTS = arrays(float, (COUNT, SUBJECTS), elements=st.floats(-50, 50))
SCHOOLS = arrays(int, COUNT, elements=st.integers(0, 3))
CLASSES = arrays(int, (COUNT, SUBJECTS), elements=st.integers(0, 2))
NAMES = ["school", "department", "class", "pupil", "pupil_subject"]


def crossed(results, school, class_group):
    """Components in the order of NAMES."""
    components = variance.crossed_components(results, school, class_group)
    return np.array([components[name] for name in NAMES])


def effective(size: int) -> float:
    return size / (1 + (size - 1) * spreads.WORKING_CORRELATION)


def by_pairs(products, unit, part) -> float:
    """Weighted mean of half products over pairs of the same unit and different parts, one pair at a time.

    `products(i, k)` is the product of the differences of rows i and k; `part` None makes every row a part.
    """
    sizes = {p: list(part).count(p) for p in part} if part is not None else {}
    weight = [effective(sizes[p]) / sizes[p] if part is not None else 1.0 for p in (part if part is not None else unit)]
    totals = {u: sum(w for w, v in zip(weight, unit, strict=True) if v == u) for u in unit}
    above = below = 0.0
    for i, k in combinations(range(len(unit)), 2):
        if unit[i] == unit[k] and (part is None or part[i] != part[k]):
            pair = weight[i] * weight[k] / totals[unit[i]]
            above, below = above + pair * products(i, k) / 2, below + pair
    return above / below if below else np.nan


def nested_by_pairs(result, school, class_group) -> list[float]:
    def square(i, k):
        return (result[i] - result[k]) ** 2

    inner = [f"{s}-{c}" for s, c in zip(school, class_group, strict=True)]
    steps = [by_pairs(square, ["all"] * COUNT, list(school)), by_pairs(square, list(school), inner)]
    steps += [by_pairs(square, inner, None), 0.0]
    return [steps[0] - steps[1], steps[1] - steps[2], steps[2]]


def crossed_by_pairs(results, school, class_group) -> list[float]:
    rows = [(i, s) for s in range(SUBJECTS) for i in range(COUNT)]

    def one(a, b):
        return (results[rows[a]] - results[rows[b]]) ** 2

    def two(a, b):
        (i, s), (k, _) = rows[a], rows[b]
        others = [results[i, t] - results[k, t] for t in range(SUBJECTS) if t != s]
        return (results[i, s] - results[k, s]) * np.mean(others)

    subject = [s for _, s in rows]
    department = [(school[i], s) for i, s in rows]
    group = [(school[i], s, class_group[i, s]) for i, s in rows]
    places = [(subject, department), (department, group), (group, None)]
    own = [by_pairs(one, *place) - by_pairs(two, *place) for place in places]
    within = by_pairs(two, department, None)
    return [by_pairs(two, subject, department) - within, own[0] - own[1], own[1] - own[2], within, own[2]]


@given(RESULTS, SCHOOLS, CLASSES)
def test_nested_components_are_those_of_every_pair(results, school, class_group):
    components = variance.nested_components(results[:, 0], {"school": school, "class": class_group[:, 0]})
    pairs = nested_by_pairs(results[:, 0], school, class_group[:, 0])
    assert list(components.variances.values()) == pytest.approx(pairs, abs=1e-7, nan_ok=True)


@given(RESULTS, SCHOOLS, CLASSES)
def test_crossed_components_are_those_of_every_pair(results, school, class_group):
    pairs = crossed_by_pairs(results, school, class_group)
    assert crossed(results, school, class_group) == pytest.approx(np.array(pairs), abs=1e-7, nan_ok=True)


@given(RESULTS, SCHOOLS, CLASSES, st.floats(-1000, 1000))
def test_a_constant_changes_nothing(results, school, class_group, constant):
    before, after = (crossed(table, school, class_group) for table in (results, results + constant))
    assert after == pytest.approx(before, abs=1e-6, nan_ok=True)


@given(RESULTS, SCHOOLS, CLASSES, st.floats(-10, 10))
def test_scaling_results_scales_variances_by_the_square(results, school, class_group, factor):
    before, after = (crossed(table, school, class_group) for table in (results, results * factor))
    assert after == pytest.approx(before * factor**2, abs=1e-6, nan_ok=True)


@given(RESULTS, SCHOOLS, CLASSES, st.permutations(range(COUNT)))
def test_the_order_of_pupils_does_not_matter(results, school, class_group, order):
    before = crossed(results, school, class_group)
    after = crossed(results[order], school[order], class_group[order])
    assert after == pytest.approx(before, abs=1e-7, nan_ok=True)


@given(RESULTS, SCHOOLS, CLASSES)
def test_the_names_of_schools_and_classes_do_not_matter(results, school, class_group):
    before = crossed(results, school, class_group)
    after = crossed(results, 7000 - 13 * school, class_group * 10**6 + 5)
    assert after == pytest.approx(before, abs=1e-7, nan_ok=True)


def test_the_variance_of_authorities_cannot_be_shown_with_one():
    levels = {"authority": np.zeros(6, int), "school": np.array([0, 0, 0, 1, 1, 1])}
    components = variance.nested_components(np.arange(6.0), levels)
    assert np.isnan(components["authority"])
    assert components.total == pytest.approx(components["school"] + components["pupil"])


def test_a_school_of_one_class_does_not_tell_classes_apart():
    levels = {"school": np.array([0, 0, 0, 1, 1, 1]), "class": np.zeros(6, int)}
    components = variance.nested_components(np.arange(6.0), levels)
    assert np.isnan(components["class"])


def test_pupils_without_school_class_or_result_are_left_out():
    results = np.array([[1.0, 2.0], [3.0, 5.0], [2.0, 2.0], [9.0, 4.0]])
    school, class_group = np.array([0, 0, 1, 1]), np.array([[0, 1], [0, 1], [2, 3], [2, 3]])
    more = np.vstack([results, [[700.0, np.nan], [800.0, 1.0], [900.0, 1.0]]])
    classes = np.vstack([class_group, [[0, 1], [0, 1], [-1, 3]]])
    with_them = variance.crossed_components(more, np.append(school, [0, -1, 1]), classes)
    without = variance.crossed_components(results, school, class_group)
    assert with_them.variances == pytest.approx(without.variances, nan_ok=True)


def test_nobody_gives_no_components():
    empty = variance.crossed_components(np.zeros((0, 3)), np.zeros(0, int), np.zeros((0, 3), int))
    assert all(np.isnan(value) for value in empty.variances.values())


def test_several_results_at_once_give_what_each_gives_alone():
    rng = np.random.default_rng(0)
    columns = [rng.normal(size=30), np.append(rng.normal(size=29), np.nan), rng.normal(size=30)]
    levels = {"school": rng.integers(0, 4, 30)}
    together = variance.nested_components_of(columns, levels)
    assert [one.variances for one in together] == [variance.nested_components(c, levels).variances for c in columns]


COMPONENTS = variance.Components({"school": 2.0, "department": 1.0, "class": 3.0, "pupil": 10.0, "pupil_subject": 4.0})


def test_the_three_ratios_are_kept_apart():
    assert variance.within_to_between(COMPONENTS) == 9.0
    assert variance.teaching_to_between(COMPONENTS) == 2.0
    assert variance.department_to_between(COMPONENTS) == 0.5


@pytest.mark.parametrize("school", [0.0, -1.0, np.nan])
def test_a_ratio_to_no_school_variance_cannot_be_shown(school):
    none = variance.Components({"school": school, "class": 1.0, "pupil": 5.0})
    assert np.isnan(variance.within_to_between(none))


def test_shares_are_of_all_levels_and_clipping_is_for_display():
    components = variance.Components({"school": -1.0, "pupil": 5.0})
    assert components.share("pupil") == 1.25
    assert components.clipped().share("pupil") == 1.0
    assert variance.between_school_sd(components) == 0.0


def test_spread_within_schools_is_the_root_of_what_lies_below():
    assert variance.within_school_sd(COMPONENTS) == pytest.approx(np.sqrt(18.0))
    assert variance.between_school_sd(COMPONENTS.scaled(2.0)) == pytest.approx(np.sqrt(0.5))
