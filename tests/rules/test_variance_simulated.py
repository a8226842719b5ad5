"""Known variance components are found on average, whatever the sizes of schools and classes."""

import numpy as np
import pytest

from schoolsim.rules import variance
from tests.rules.simulated_schools import CROSSED, NESTED, crossed_town, nested_town


def found(components: list[variance.Components]) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each level over many simulated sets, and the standard error of that mean."""
    table = np.array([list(one.variances.values()) for one in components])
    return table.mean(axis=0), table.std(axis=0, ddof=1) / np.sqrt(len(table))


def assert_unbiased(components: list[variance.Components], truth: dict[str, float]) -> None:
    """Every mean lies within three standard errors of the truth, and the errors are small enough to matter."""
    mean, error = found(components)
    expected = np.array([truth[name] for name in components[0].variances])
    assert (np.abs(mean - expected) < 3 * error).all()
    assert (error < 0.1 * expected).all()


def crossed(town: tuple[np.ndarray, dict[str, np.ndarray]], *, teachers: bool) -> variance.Components:
    result, codes = town
    teacher = codes["teacher"] if teachers else None
    return variance.crossed_components(result, codes["school"], codes["class"], teacher=teacher)


def test_nested_levels_are_found_in_unequal_groups():
    rng = np.random.default_rng(1)
    assert_unbiased([variance.nested_components(*nested_town(rng)) for _ in range(250)], NESTED)


def test_crossed_levels_are_found_in_unequal_groups():
    rng = np.random.default_rng(2)
    assert_unbiased([crossed(crossed_town(rng), teachers=True) for _ in range(200)], CROSSED)


def test_without_teachers_their_variance_counts_as_that_of_classes():
    rng = np.random.default_rng(3)
    mean, error = found([crossed(crossed_town(rng), teachers=False) for _ in range(150)])
    names = ["school", "department", "class", "pupil", "pupil_subject"]
    # two classes of one teacher are pairs of different classes, so part of what teachers add looks like department
    assert mean[names.index("class")] + mean[names.index("department")] == pytest.approx(2.4, abs=0.15)
    assert abs(mean[names.index("pupil_subject")] - CROSSED["pupil_subject"]) < 3 * error[-1]


def test_sets_that_sort_pupils_by_level_do_not_pass_for_teaching():
    rng = np.random.default_rng(4)
    assert_unbiased([crossed(crossed_town(rng, sorted_by=1.0), teachers=True) for _ in range(200)], CROSSED)


def test_noise_alone_gives_no_school_variance_on_average_and_negatives_are_kept():
    rng = np.random.default_rng(5)
    school = np.repeat(np.arange(8), 5)
    estimates = [variance.nested_components(rng.normal(size=40), {"school": school})["school"] for _ in range(600)]
    assert min(estimates) < 0
    assert abs(np.mean(estimates)) < 3 * np.std(estimates) / np.sqrt(600)
