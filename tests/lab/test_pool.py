"""Work on several processes: nothing is lost, and nobody is left behind when the parent is killed."""

import subprocess
import sys

import pytest

from schoolsim.lab.pool import finished
from tests.ui.jobs.errands import alive, announced, until


def double(number):
    return str(2 * number)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_done_whatever_the_number_of_workers(workers):
    assert sorted(finished(double, [1, 2, 3], workers), key=int) == ["2", "4", "6"]


def test_workers_end_when_their_parent_is_killed(tmp_path):
    code = "import sys; from tests.ui.jobs.errands import gang\n"
    code += "if __name__ == '__main__': gang(sys.argv[1], lambda *_: None)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.DEVNULL) as parent:
        until(lambda: len(announced(tmp_path)) == 3)
        workers = set(announced(tmp_path)) - {parent.pid}
        parent.kill()
        until(lambda: not any(map(alive, workers)))
