"""How a published judgement lets a school be spoken of."""

import numpy as np
import pytest

from tests.little import Little


def spoken_of(grades, levers=None, **columns):
    return Little(levers=levers, schools={"id": np.arange(len(grades)), "inspection_grade": grades} | columns)


def test_failure_is_believed_at_once_and_praise_lifts_over_years():
    stigma = spoken_of([1, 2, 3, 4]).lives("stigma").schools.stigma
    assert (np.diff(stigma) > 0).all()
    assert stigma[3] == pytest.approx(1.0, abs=0.05) and stigma[0] < 0


def test_a_bad_name_is_lived_down_slowly():
    system = spoken_of([4]).lives("stigma")
    system.put("schools", inspection_grade=[2])
    assert 0.4 < system.lives("stigma").schools.stigma[0] < 0.8


def test_what_is_not_published_is_not_known():
    assert spoken_of([4], {"inspection.published": False}).lives("stigma").schools.stigma[0] == 0


def test_who_was_never_inspected_is_spoken_of_as_usual():
    assert spoken_of([0]).lives("stigma").schools.stigma[0] == 0
