"""What goes to the terminal: tables, JSON, lines, and progress on standard error."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 160  # Columns of a table that nobody sees on a screen.
PROGRESS_LINES = 20  # Lines of progress, at most, where there is no bar to redraw.


class Progress(Protocol):
    """Called with the number of worlds done, of all, and what was just done."""

    def __call__(self, done: int, total: int, message: str) -> None: ...


def say(text: str = "") -> None:
    """One line to standard output."""
    sys.stdout.write(f"{text}\n")


def complain(message: str) -> None:
    """One line to standard error, whatever a quoted file holds."""
    line = " ".join(message.split())
    sys.stderr.write(f"schoolsim: {''.join(sign if sign.isprintable() else '?' for sign in line)}\n")


def lenient_output() -> None:
    """A terminal that cannot show a character gets another in its place, not an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def say_json(content: object) -> None:
    """JSON to standard output; numbers that do not exist become null."""
    sys.stdout.write(json.dumps(_finite(content), indent=1, ensure_ascii=False, default=str) + "\n")


def _finite(content: object) -> object:
    if isinstance(content, Mapping):
        return {str(key): _finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_finite(value) for value in content]
    if isinstance(content, float):
        return content if content - content == 0 else None
    return content


def say_table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers_from: int | None = None) -> None:
    """A table; columns from `numbers_from` on hold figures and are set to the right."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        figures = numbers_from is not None and place >= numbers_from
        table.add_column(column, justify="right" if figures else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    _console().print(table)


def _console() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A bar when somebody looks on, plain lines otherwise."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, message: bar.update(task, completed=done, total=total, description=message)


class _Lines:
    """Progress as lines, thinned out so that a log stays readable."""

    def __init__(self) -> None:
        self.last = -1

    def __call__(self, done: int, total: int, message: str) -> None:
        step = done * PROGRESS_LINES // max(total, 1)
        if step != self.last:
            self.last = step
            sys.stderr.write(f"{done} of {total}: {message}\n")
            sys.stderr.flush()
