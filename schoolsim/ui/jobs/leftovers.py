"""What a killed process leaves behind of its locks, and who clears it away."""

from __future__ import annotations

import os
import sys
from multiprocessing import resource_tracker

_CALM = "ignore:resource_tracker"


def clear_up_quietly() -> None:
    """Start Python's own tracker of locks, which clears away what killed jobs leave, without its warning.

    Ending a job means killing it, so the warning at the end of the server would tell the user of nothing wrong. The
    tracker inherits filters of warnings when it starts; one that runs already keeps its own. Windows needs none.
    """
    if os.name != "posix":
        return
    sys.warnoptions.append(_CALM)
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.remove(_CALM)
