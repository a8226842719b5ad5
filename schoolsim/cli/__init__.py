"""The command line: `schoolsim run | compare | contributions | validate | calibrate | serve | show | check`.

Exit codes are a contract: 0 done, 1 the run failed, 2 the input is wrong, 130 interrupted. Everything
heavy is imported by the verb that needs it, so that help and `show` answer at once.
"""

from __future__ import annotations

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from schoolsim.cli.arguments import parse
from schoolsim.cli.terminal import complain, lenient_output
from schoolsim.errors import SchoolsimError

DONE, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130
STOPPED = (
    "interrupted; finished runs of a comparison, validation or calibration are kept: "
    "the same command goes on from them"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    lenient_output()
    try:
        code = _dispatched(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _complain(STOPPED, INTERRUPTED)
    except SchoolsimError as error:
        return _complain(str(error), error.exit_code)
    except BrokenPipeError:
        return _silenced()
    except OSError as error:
        return _complain(_disk_trouble(error), FAILED)
    except MemoryError:
        return _complain("not enough memory; try fewer workers", FAILED)


def _dispatched(arguments: list[str]) -> int:
    try:
        chosen = parse(arguments)
    except SystemExit as leaving:  # argparse leaves so after --help and --version
        return leaving.code if isinstance(leaving.code, int) else DONE
    return _verb(chosen)


def _verb(chosen: Namespace) -> int:
    match chosen.verb:
        case "run":
            from schoolsim.cli.worlds import run_command as command
        case "compare":
            from schoolsim.cli.worlds import compare_command as command
        case "contributions":
            from schoolsim.cli.contributing import contributions_command as command
        case "validate":
            from schoolsim.cli.validating import validate_command as command
        case "calibrate":
            from schoolsim.cli.calibrating import calibrate_command as command
        case "serve":
            from schoolsim.cli.serving import serve_command as command
        case "check":
            from schoolsim.cli.checking import check_command as command
        case _:
            from schoolsim.cli.showing import show_command as command
    return command(chosen)


def _complain(message: str, code: int) -> int:
    complain(message)
    return code


def _disk_trouble(error: OSError) -> str:
    place = f" {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full, so{place or ' the results'} could not be written"
    return f"cannot use{place or ' a file'}: {error.strerror or error}"


def _silenced() -> int:
    """Whoever read our output has stopped reading (as `head` does): no failure, and nothing more to say."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return DONE
