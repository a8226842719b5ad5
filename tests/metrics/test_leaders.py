"""What leadership has made of schools, counted by hand."""

import pytest

import schoolsim.metrics  # noqa: F401 (registers)
from schoolsim.metrics.registry import METRICS
from schoolsim.metrics.view import YearView
from tests.metrics.tiny_system import NORMS, tiny_pupils, tiny_system


@pytest.mark.parametrize(("name", "mean"), [
    ("staff_trust", 0.65), ("staff_capacity", 0.5), ("pupils_heard", 0.0), ("unsettled_change", 0.3),
    ("helpless_schools", 0.5),
])  # fmt: skip
def test_means_are_those_of_schools(name, mean):
    view = YearView(tiny_system(tiny_pupils(2)), NORMS)
    assert {row[0]: row[4] for row in METRICS[name].rows(view)}["secondary"] == pytest.approx(mean)
