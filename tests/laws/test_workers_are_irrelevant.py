"""The same numbers to the last byte for any workers, in any order, twice; and without the compiled kernels."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab import compare as comparing
from schoolsim.lab.compare import METRICS, SCHOOLS, compare
from schoolsim.session import Session
from tests.little import plan

PLANS = [plan(years=2), plan(name="neighbourhood", regime="neighbourhood-allocation", years=2)]


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    """The report is tested elsewhere; here it would only take time."""
    monkeypatch.setattr("schoolsim.lab.report.write_report", lambda path, *_: path.write_text("report"))


def written(folder, workers=1, **settings):
    """The bytes of what a comparison writes."""
    done = compare(PLANS, replicates=2, workers=workers, out=folder, name="towns", **settings)
    return [(done.folder / name).read_bytes() for name in (METRICS, SCHOOLS)]


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """What one worker writes, task by task."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolsim.lab.report.write_report", lambda path, *_: path.write_text("report"))
        return written(tmp_path_factory.mktemp("straight"))


def test_two_workers_write_the_same_bytes_as_one(straight, tmp_path):
    assert written(tmp_path, workers=2) == straight


def test_once_more_and_in_another_order_it_writes_the_same_bytes(straight, tmp_path, monkeypatch):
    usual = comparing.finished
    monkeypatch.setattr(comparing, "finished", lambda work, tasks, n: usual(work, list(reversed(tasks)), n))
    assert written(tmp_path) == straight


PROGRAM = """
import sys
from schoolsim.session import Session
from tests.little import plan
Session(plan(years=1)).run().observe().metrics.to_parquet(sys.argv[1])
assert "numba" not in sys.modules, "numba was loaded"
"""


def test_the_plain_kernels_give_the_same_metrics_but_for_a_result_that_rounding_tips(tmp_path):
    root, file = Path(__file__).parents[2], tmp_path / "plain.parquet"
    environment = os.environ | {"SCHOOLSIM_NUMBA": "0", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", PROGRAM, str(file)], check=True, env=environment, cwd=root)
    plain, compiled = pd.read_parquet(file), Session(plan(years=1)).run().observe().metrics
    assert plain["metric"].tolist() == compiled["metric"].tolist()
    # results at 14 and 16 are kept to the thirtieth of a month: one in many lies on the edge of two of them
    np.testing.assert_allclose(plain["value"], compiled["value"], rtol=1e-4, atol=1e-4)
    differ = ~np.isclose(plain["value"], compiled["value"], rtol=1e-6, atol=1e-6, equal_nan=True)
    assert differ.mean() < 0.01
