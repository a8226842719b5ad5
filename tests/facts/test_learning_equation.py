"""The figures that stand under the learning equation hold in a generated town, on the mean of three seeds."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.facts.learning_equation import FIGURES, figures

RANGES = {
    "correlation of tests at 11 and 16": (0.69, 0.76),
    "poverty gap at 5, months": (3.9, 5.0),
    "poverty gap at 11, months": (8.4, 10.0),
    "poverty gap at 16, months": (17.0, 19.5),
    "school share of value added at 16": (0.07, 0.10),
    "school SD of value added at 16": (0.18, 0.23),  # what intakes gain less, given equal results, is in it (S02)
    "classes and departments over schools, value added": (1.7, 2.9),
    "correlation of departments within a school": (0.35, 0.55),  # who goes there is part of what a school adds
    "correlation of tests at 7 and 11": (0.65, 0.80),
    "pupil SD at 16 over the national": (0.95, 1.05),
    "within schools over between, value added": (9.0, 13.5),
}


@pytest.fixture(scope="module")
def means() -> pd.Series:
    """Mean over seeds of every figure, no subject being set."""
    return figures().mean(axis=1)


@pytest.mark.slow
@pytest.mark.parametrize("figure", RANGES)
def test_the_town_shows_the_figure_under_the_learning_equation(means: pd.Series, figure: str) -> None:
    low, high = RANGES[figure]
    assert low <= means[figure] <= high


def test_every_figure_has_a_range() -> None:
    assert set(FIGURES) < set(RANGES)
