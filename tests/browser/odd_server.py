"""A server with one thing odd about it, run as `python -m tests.browser.odd_server PORT RESULTS ODDITY`.

fast-clock: the clock by which absent visitors are judged runs thirty times as fast.
broken-part: the findings of every comparison fail.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

FASTER = 30


def main(port: int, results: Path, oddity: str) -> None:
    """Serve until ended."""
    import uvicorn

    from schoolsim.ui.guard import MOST_FRAME
    from schoolsim.ui.jobs.limits import usual_limits
    from schoolsim.ui.jobs.registry import Registry
    from schoolsim.ui.serve import application

    clock = (lambda: FASTER * time.monotonic()) if oddity == "fast-clock" else time.monotonic
    app = application(results, Registry(usual_limits(2), clock))
    if oddity == "broken-part":
        from schoolsim.lab import findings

        findings.key_findings = broken
    uvicorn.run(app, host="127.0.0.1", port=port, ws_max_size=MOST_FRAME, log_level="warning")


def broken(*_: object) -> None:
    """Fails, with words that no visitor may see."""
    raise ZeroDivisionError("secret of the inside, in /a/path")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
