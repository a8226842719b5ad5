"""A server in small, for tests that kill it: `python -m tests.ui.jobs.server FOLDER [SECONDS]`."""

import sys
import time

from schoolsim.ui.jobs.limits import Limits
from schoolsim.ui.jobs.registry import Registry
from tests.ui.jobs.asked import gang_in
from tests.ui.jobs.errands import PATIENCE, announced, until

if __name__ == "__main__":
    folder, seconds = sys.argv[1], float(sys.argv[2] if sys.argv[2:] else PATIENCE)
    registry = Registry(Limits(cores=2, most_running=1))
    registry.start("ann", gang_in(folder))
    until(lambda: len(announced(folder)) == 3)
    time.sleep(seconds)
