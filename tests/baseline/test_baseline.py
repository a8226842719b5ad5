"""Results change on purpose only: the frozen numbers hold, to the precision that platforms share."""

from __future__ import annotations

import json

import pytest

from tests.baseline.figures import FILE, measured


def test_the_baseline_holds_to_a_millionth() -> None:
    frozen = json.loads(FILE.read_text(encoding="utf-8"))
    assert measured() == pytest.approx(frozen, rel=1e-6, abs=1e-9)


def test_the_baseline_has_some_thirty_numbers() -> None:
    assert len(json.loads(FILE.read_text(encoding="utf-8"))) >= 30
